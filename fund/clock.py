"""What the clock allows. Nothing here is a job: open and closed follow from the stages of a round and the moment."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.wording import moment
from wlga_portal.kernel.workflow import Refused

from .models import Bid, Round, StageKind
from .states import DECIDED_STATUSES, BidStatus


class Closed(Refused):
    """It is not, or no longer, the time for it."""


def received_at(request: HttpRequest) -> datetime:
    """When the request reached the portal: before the session, any lock or any queue of the database."""
    return getattr(request, "received_at", None) or timezone.now()


def closed_round(one_round: Round, at: datetime) -> str:
    """Why no bid can be started in this round at this moment; '' when one can."""
    if one_round.open_stage(at):
        return ""
    coming = next((stage for stage in one_round.stages.all() if stage.takes_bids and at < stage.opens_at), None)
    if coming:
        return _("The round opens on %(moment)s.") % {"moment": moment(coming.opens_at)}
    return _("The round is not open for bids.")


def closed_bid(bid: Bid, at: datetime) -> str:
    """Why this bid cannot be written, sent or taken back at this moment by the clock of its stage; '' when it can."""
    stage = bid.writing_stage
    if stage is None:
        return _("The round is not open for bids.")
    if at < stage.opens_at:
        return _("The round opens on %(moment)s.") % {"moment": moment(stage.opens_at)}
    if stage.is_over(at):
        return _("The deadline has passed: it was %(deadline)s, and this reached the portal at %(moment)s.") % {
            "deadline": to_the_second(stage.closes_at),
            "moment": to_the_second(at),
        }
    return ""


def closed_commitment(bid: Bid, at: datetime) -> str:
    """Why no money can be committed to this bid at this moment; '' when it can. It is committed to a proposal, until
    the proposals close or, where the round lets commitments follow, until that moment."""
    if bid.stage != StageKind.PROPOSALS:
        return _("Money is committed at the stage of proposals.")
    if bid.status in DECIDED_STATUSES:
        return _("The bid is decided: nothing in it changes any more.")
    due = bid.round.commitments_due_at
    if due is None or not closed_bid(bid, at):
        return closed_bid(bid, at)
    if at <= due:
        return ""
    return _("Commitments of money were due by %(moment)s.") % {"moment": to_the_second(due)}


def locked_bid(bid: Bid, at: datetime) -> str:
    """Why nothing can be written in this bid at this moment; '' when it can."""
    if bid.status == BidStatus.MERGED:
        return _("The bid went on in another: the two were merged.")
    if bid.status == BidStatus.SUBMITTED:
        return _("The bid is submitted. To change it, withdraw it first.")
    if bid.status in DECIDED_STATUSES:
        return _("The bid is decided: nothing in it changes any more.")
    return closed_bid(bid, at)


def demand_open(bid: Bid, at: datetime) -> None:
    """Raises Closed with the reason when nothing can be written in this bid."""
    reason = locked_bid(bid, at)
    if reason:
        raise Closed(reason)


def to_the_second(at: datetime) -> str:
    """24 November 2026, 12:00:01, by the clock in Wales."""
    return f"{moment(at)}:{timezone.localtime(at):%S}"
