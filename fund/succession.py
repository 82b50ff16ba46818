"""What becomes of bids, awards and what hangs on them when an organisation ends.

What was sent stays in its submissions as it was sent, under the old name. An open bid, an award under way and what is
said about them go to the successor; a bid that was decided, merged or closed is the past's.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from organisations.succession import Part, Stays, register

from .models import AwardShare, Bid, CostLine, Enquiry, Interest, JoinRequest, Merge, Partner, VariationShare
from .states import BidStatus, EnquiryStatus
from .states.awards import AwardStatus, VariationStatus
from .states.merging import OPEN_MERGES

UNDECIDED = (BidStatus.DRAFT, BidStatus.SUBMITTED, BidStatus.WITHDRAWN, BidStatus.INVITED)
UNDER_WAY = (AwardStatus.OFFERED, AwardStatus.ACCEPTED)


def going_on(path: str = "") -> Q:
    """Bids that are not decided, or whose award is under way. `path`: "bid__" of what hangs on one."""
    return Q(**{f"{path}is_historic": False}) & (
        Q(**{f"{path}status__in": UNDECIDED})
        | Q(**{f"{path}status": BidStatus.AWARDED, f"{path}award__status__in": UNDER_WAY})
    )


def open_bids(ended: Organisation) -> models.QuerySet[Any]:
    return Bid.objects.filter(going_on(), lead=ended)


def carry_bid(bid: Bid, ended: Organisation) -> None:
    """The successor leads it, unless it is a council's partner in it already: then the councils say who leads."""
    if Partner.objects.filter(bid=bid, organisation=ended.successor).exists():
        raise Stays
    Bid.objects.filter(pk=bid.pk).update(lead=ended.successor)


def carry_cost(line: CostLine, ended: Organisation) -> None:
    """It goes with the part in the bid that it belongs to."""
    if line.bid.lead_id == ended.pk or Partner.objects.filter(bid=line.bid_id, organisation=ended).exists():
        raise Stays
    CostLine.objects.filter(pk=line.pk).update(organisation=ended.successor)


def as_asked(_share: VariationShare, _ended: Organisation) -> None:
    """What was asked for stays as it was asked: the change is refused, and asked for anew in the successor's name."""
    raise Stays


register(
    Part("fund.Bid.lead", _("Bids that it leads"), open_bids, carry_bid),
    Part(
        "fund.Partner.organisation",
        _("Parts in bids of others"),
        lambda ended: Partner.objects.filter(going_on("bid__"), organisation=ended),
    ),
    Part(
        "fund.CostLine.organisation",
        _("Lines of the costs of bids"),
        lambda ended: CostLine.objects.filter(going_on("bid__"), organisation=ended).select_related("bid"),
        carry_cost,
    ),
    Part(
        "fund.Interest.organisation",
        _("“We have this problem too”"),
        lambda ended: Interest.objects.filter(going_on("bid__"), organisation=ended),
    ),
    Part(
        "fund.JoinRequest.organisation",
        _("Requests to join a bid"),
        lambda ended: JoinRequest.objects.filter(going_on("bid__"), organisation=ended),
    ),
    Part(
        "fund.Enquiry.organisation",
        _("Questions that wait for an answer"),
        lambda ended: Enquiry.objects.filter(organisation=ended, status=EnquiryStatus.ASKED),
    ),
    Part(
        "fund.AwardShare.organisation",
        _("Shares of awards under way"),
        lambda ended: AwardShare.objects.filter(organisation=ended, award__status__in=UNDER_WAY),
    ),
    Part(
        "fund.VariationShare.organisation",
        _("Shares of changes that are asked for"),
        lambda ended: VariationShare.objects.filter(organisation=ended, variation__status=VariationStatus.ASKED),
        as_asked,
    ),
    Part(
        "fund.Merge.lead",
        _("Proposals to merge bids"),
        lambda ended: Merge.objects.filter(lead=ended, status__in=OPEN_MERGES),
    ),
    Part("fund.MergeConsent.organisation", _("Consents to a merge")),  # to terms that name it: the successor is asked
)
