"""What a page about similar bids, a merge or interest is about, found among what the person may see."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from ..alike import Seen, readable
from ..models import Bid, Merge
from ..models.rounds import Round
from . import find_bid, find_own_bid


@dataclass(frozen=True, slots=True)
class Pair:
    """A bid of one's own and another that one may know of."""

    bid: Bid
    other: Bid
    seen: Seen


def find_compared(request: HttpRequest, slug: str) -> Bid:
    """A bid made here: of one's own councils, or sent and read by the fund manager."""
    bid = find_bid(request, slug)
    if bid.is_historic:
        raise Http404
    return bid


def find_pair(request: HttpRequest, slug: str, pk: int) -> Pair:
    bid = find_own_bid(request, slug)
    found = readable(request.user, [pk]).get(pk)
    if found is None or bid.pk == pk:
        raise Http404
    return Pair(bid, *found)


def find_merge(request: HttpRequest, pk: int) -> Merge:
    return Merge.objects.visible_to(request.user).with_page().get(pk=pk)


def find_statement(request: HttpRequest, slug: str) -> Bid:
    """A bid whose public answers this person may read."""
    bid = Bid.find(Bid.objects.shown().filter(is_historic=False, latest__isnull=False), slug)
    found = readable(request.user, [bid.pk]).get(bid.pk)
    if found is None or found[1] < Seen.STATEMENT:
        raise Http404
    return found[0]


def find_live_round(request: HttpRequest, slug: str) -> Round:
    """A round made here."""
    rounds = Round.objects.visible_to(request.user).filter(is_historic=False, published_at__isnull=False)
    return Round.find(rounds.prefetch_related("stages"), slug)
