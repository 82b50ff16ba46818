"""Everything that happened to a bid: its own moves and those of its partners' consents, who, when, why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from wlga_portal.kernel.models import StatusChange

from .models import Bid, Partner
from .states import BID, CONSENT


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened; `about` is the partner that it happened to, or None for the bid itself."""

    at: datetime
    label: str
    by: Any
    why: str
    about: Partner | None = None


def timeline_of(bid: Bid) -> list[Happening]:
    """Newest first; a submission stands at the moment when it was received. Two queries beside the page's."""
    kinds = ContentType.objects.get_for_models(Bid, Partner)
    partners = {partner.pk: partner for partner in bid.partners.all()}
    changes = StatusChange.objects.filter(
        Q(content_type=kinds[Bid], object_id=bid.pk) | Q(content_type=kinds[Partner], object_id__in=partners)
    )
    sent = iter(bid.submissions.order_by("-number").values_list("received_at", flat=True))
    workflows = {workflow.name: workflow for workflow in (BID, CONSENT)}
    return [
        Happening(
            next(sent) if change.event == "submit" else change.at,
            workflows[change.workflow].done(change.event),
            change.by,
            change.why,
            partners.get(change.object_id) if change.workflow == CONSENT.name else None,
        )
        for change in changes.select_related("by").order_by("-at", "-pk")
    ]
