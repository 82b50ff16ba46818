"""What a page of the sift or the panel is about, found among what the person may see."""

from dataclasses import dataclass

from django.http import HttpRequest

from .models import Assessment, Round, Score


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
