"""Whose bid it is to look after, and how that passes on."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from fund import emails, rules
from fund.models import Bid, Happening
from fund.states import OPEN_STATUSES
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused


def owner_change(*, bid: Bid, owner: User, by: Any, why: str = "") -> Bid:
    """Give the bid to another officer of the lead council. Raises Refused."""
    with audited(by=by, why=why or "owner changed"):
        row = bid.lock()
        if not rules.bid_hand_over(by, row):
            raise NotAllowed(_("The owner and the digital lead of the lead council hand a bid over."))
        if not rules.bid_lead_officer(owner, row):
            raise Refused(_("%(person)s is not an officer of the lead council.") % {"person": owner})
        row.owner, row.owner_offered_at = owner, None
        row.save()
        Happening.record(row, "owner", by=by, why=why)
        if owner != by:
            emails.tell_owner(row)
    return row


def owners_offer(*, at: datetime | None = None) -> int:
    """Offer each open bid whose owner is no longer an officer of its lead to those who are, once: how many were."""
    at, offered = at or timezone.now(), 0
    bids = Bid.objects.filter(is_historic=False, status__in=OPEN_STATUSES, owner_offered_at=None)
    for bid in bids.without_keeper():
        with audited(by=None, why="the owner left the council"):
            row = bid.lock()
            if row.owner_offered_at is None and rules.keeper_left(row):
                row.owner_offered_at = at
                row.save()
                offers = [*emails.holders(row.lead_id, Role.OFFICER), *emails.holders(row.lead_id, Role.DIGITAL_LEAD)]
                for user in set(offers):
                    emails.offer_bid(row, user)
                offered += 1
    return offered
