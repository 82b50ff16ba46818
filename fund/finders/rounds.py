"""Rounds and their parts, found for whoever sets them up: what a person may not see is not there (404)."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest

from .. import rules
from ..models import Attachment, Bid, Enquiry, Round
from ..round_parts import RoundPart
from . import find_own_bid, find_round


def find_setup(request: HttpRequest, slug: str) -> Round:
    """A round that this person sets up; to everybody else the page does not exist."""
    one_round = find_round(request, slug)
    if not rules.round_manage(request.user, one_round):
        raise Http404
    return one_round


def part_finder(part: RoundPart) -> Callable[..., Any]:
    """A finder of one part of the round's present form."""

    def find(request: HttpRequest, slug: str, pk: int) -> Any:
        one_round = find_setup(request, slug)
        rows = part.model.objects.filter(round=one_round)
        if part.of_form:
            rows = rows.filter(form_version=one_round.form_version)
        row = rows.get(pk=pk)
        row.round = one_round
        return row

    return find


def find_attachment(request: HttpRequest, slug: str, pk: int) -> Attachment:
    """A file that this person may read or score, once it is open."""
    return Attachment.objects.visible_to(request.user).select_related("bid__round").get(bid__slug_en=slug, pk=pk)


def find_own_attachment(request: HttpRequest, slug: str, pk: int) -> Attachment:
    """A file that is in a bid of this person's councils."""
    bid = find_own_bid(request, slug)
    attachment = bid.attachments.kept().get(pk=pk)
    attachment.bid = bid
    return attachment


def find_enquiry(request: HttpRequest, slug: str, pk: int) -> Enquiry:
    """A question that this person answers; who asked it finds it on the page of all questions."""
    one_round = find_setup(request, slug)
    enquiry = (
        Enquiry.objects.visible_to(request.user).select_related("organisation", "asked_by").get(round=one_round, pk=pk)
    )
    enquiry.round = one_round
    return enquiry


def find_sent_bid(request: HttpRequest, slug: str) -> Bid:
    """A bid that was sent, for whoever manages its round."""
    bid = Bid.objects.visible_to(request.user).sent().with_page().get(slug_en=slug)
    if not rules.bid_extend(request.user, bid):
        raise Http404
    return bid
