"""Clarifications after a bid was sent."""

import hashlib
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund import emails, rules
from fund.models import Addendum, Bid, Happening
from fund.states import BidStatus
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused


def addendum_send(*, bid: Bid, about: str, content: str, by: Any, at: datetime | None = None) -> Addendum:
    """Add a clarification to the latest submission, which stays as it is. Raises Refused.

    It is for what is being read: not for a draft, one that was withdrawn, or one that is decided.
    """
    at = at or timezone.now()
    with audited(by=by, why="clarification sent"):
        row = bid.lock()
        if not rules.bid_lead_officer(by, row):
            raise NotAllowed(_("Only officers of the lead council send a clarification."))
        if row.status != BidStatus.SUBMITTED or row.latest is None:
            raise Refused(_("A clarification belongs to a submitted bid that is not decided yet."))
        addendum = Addendum.objects.create(
            bid=row,
            submission=row.latest,
            number=row.addenda.count() + 1,
            about=about,
            content=content,
            language=row.latest.language,
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            at=at,
            by=by,
        )
        Happening.record(row, "addendum", by=by, about=about, at=at)
        emails.tell_addendum(addendum)
    return addendum
