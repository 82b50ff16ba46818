"""What a page of the sift or the panel is about, found among what the person may see."""

from dataclasses import dataclass

from django.http import HttpRequest

from ..models import Assessment, Bid, Decision, Review, Round, Score


@dataclass(frozen=True, slots=True)
class Scored:
    """One scored stage of a round: the sift or the panel."""

    round: Round
    stage: str


def find_scored(request: HttpRequest, slug: str, stage: str) -> Scored:
    """A stage of a round whose bids are scored in the portal."""
    rounds = Round.objects.visible_to(request.user).filter(is_historic=False).with_page()
    return Scored(Round.find(rounds, slug), stage)


def find_assessment(request: HttpRequest, pk: int) -> Assessment:
    """An assessor's own; somebody else's is not there."""
    return Assessment.objects.held_by(request.user).with_page().get(pk=pk)


def find_managed(request: HttpRequest, pk: int) -> Assessment:
    """Any assessment, for the fund manager."""
    return Assessment.objects.visible_to(request.user).with_page().get(pk=pk)


def find_score(request: HttpRequest, pk: int, number: int) -> Score:
    """A score of an assessor's own, as it stands."""
    own = Assessment.objects.held_by(request.user).filter(pk=pk)
    rows = Score.objects.current().filter(assessment__in=own)
    return rows.select_related("assessment__bid__round", "assessment__submission", "criterion").get(pk=number)


@dataclass(frozen=True, slots=True)
class ScoredBid:
    """A submitted bid at one scored stage."""

    bid: Bid
    stage: str


def find_scored_bid(request: HttpRequest, slug: str, stage: str) -> ScoredBid:
    """A bid that was submitted, for the fund manager."""
    bids = Bid.objects.visible_to(request.user).sent().filter(is_historic=False)
    return ScoredBid(Bid.find(bids.with_page(), slug), stage)


def find_decision(request: HttpRequest, pk: int) -> Decision:
    """A decision that this person may know of: the council's own once it is applied."""
    return Decision.objects.visible_to(request.user).with_page().get(pk=pk)


def find_review(request: HttpRequest, pk: int) -> Review:
    """The review of a decision."""
    decision = find_decision(request, pk)
    review: Review = decision.review
    review.decision = decision
    return review
