"""What a page is about, found among what the person may see: everything else is not there (404)."""

from typing import Any

from django.http import HttpRequest

from ..models import (
    Answer,
    Bid,
    BidTranslation,
    Citation,
    Comment,
    CommentLink,
    CostLine,
    Partner,
    Round,
    Submission,
    TranslatedText,
)


def find_round(request: HttpRequest, slug: str) -> Round:
    return Round.find(Round.objects.visible_to(request.user).with_page(), slug)


def find_bid(request: HttpRequest, slug: str) -> Bid:
    """A bid that this person may know of."""
    return Bid.find(Bid.objects.visible_to(request.user).with_page(), slug)


def find_own_bid(request: HttpRequest, slug: str) -> Bid:
    """A bid in which a council of this person takes part."""
    return Bid.find(Bid.objects.of_councils(request.user).with_page(), slug)


def find_answer(request: HttpRequest, slug: str, key: str) -> Answer:
    bid = find_own_bid(request, slug)
    answer = bid.answers_in_order().get(question__key=key)
    answer.bid = bid
    return answer


def find_partner(request: HttpRequest, slug: str, pk: int) -> Partner:
    """A partner whose part this person may change: that of a bid which their council leads."""
    return of_bid(Partner.objects.of_bids(request.user), slug, pk)


def find_consent(request: HttpRequest, slug: str, pk: int) -> Partner:
    """A partner for which this person answers."""
    return of_bid(Partner.objects.for_consent(request.user), slug, pk)


def of_bid(partners: Any, slug: str, pk: int) -> Partner:
    found: Partner = partners.with_bid().get(bid__slug_en=slug, pk=pk)
    return found


def find_submission(request: HttpRequest, slug: str, number: int) -> Submission:
    submissions = Submission.objects.visible_to(request.user).select_related("bid__round", "bid__lead", "by")
    return submissions.get(bid__slug_en=slug, number=number)


def find_cost(request: HttpRequest, slug: str, pk: int) -> CostLine:
    bid = find_own_bid(request, slug)
    line = bid.costs.get(pk=pk)
    line.bid = bid
    return line


def find_citation(request: HttpRequest, slug: str, pk: int) -> Citation:
    bid = find_own_bid(request, slug)
    citation = bid.citations.get(pk=pk)
    citation.bid = bid
    return citation


def find_comment(request: HttpRequest, slug: str, pk: int) -> Comment:
    bid = find_own_bid(request, slug)
    comment = bid.comments.get(pk=pk)
    comment.bid = bid
    return comment


def find_link(request: HttpRequest, slug: str, pk: int) -> CommentLink:
    bid = find_own_bid(request, slug)
    link = bid.comment_links.get(pk=pk)
    link.bid = bid
    return link


def find_commitment(request: HttpRequest, slug: str, pk: int) -> Partner:
    """A partner whose money this person may commit."""
    return of_bid(Partner.objects.for_commitment(request.user), slug, pk)


def find_translation(request: HttpRequest, pk: int) -> BidTranslation:
    translations = BidTranslation.objects.visible_to(request.user)
    return translations.select_related("submission__bid__round", "submission__bid__lead").get(pk=pk)


def find_text(request: HttpRequest, pk: int, order: int) -> TranslatedText:
    texts = TranslatedText.objects.visible_to(request.user).select_related("translation__submission__bid__round")
    return texts.get(translation=pk, order=order)
