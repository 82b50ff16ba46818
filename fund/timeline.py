"""Everything that happened to a bid: its own moves, those of its partners' consents, and all else; who, when, why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import pgettext

from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.components import bi
from wlga_portal.kernel.history import event_model
from wlga_portal.kernel.models import StatusChange

from .models import Bid, Partner
from .states import BID, CONSENT


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; `about` is the part of the bid that it happened to, or '' for the bid itself."""

    at: datetime
    label: str
    by: Any
    why: str
    about: Any = ""


def timeline_of(bid: Bid) -> list[Line]:
    """Newest first; a submission stands at the moment when it was received. Three queries beside the page's."""
    rows = [*moves_of(bid), *(Line(one.at, one.label, one.by, one.why, bi(one.about)) for one in told_of(bid))]
    rows.append(Line(bid.started_at, pgettext("what was done", "Bid started"), bid.started_by, ""))
    return sorted(rows, key=lambda one: one.at, reverse=True)


def told_of(bid: Bid) -> Any:
    return bid.happenings.select_related("by")


def partners_ever(bid: Bid) -> dict[int, Text]:
    """The names of its partners, those that were taken out again too."""
    asked = event_model(Partner)._base_manager.filter(bid_id=bid.pk, pgh_label="insert")
    columns = ("pgh_obj_id", "organisation__name_en", "organisation__name_cy")
    return {key: Text(en, cy) for key, en, cy in asked.values_list(*columns)}


def moves_of(bid: Bid) -> list[Line]:
    """The changes of status, newest first."""
    kinds = ContentType.objects.get_for_models(Bid, Partner)
    partners = partners_ever(bid)
    changes = StatusChange.objects.filter(
        Q(content_type=kinds[Bid], object_id=bid.pk) | Q(content_type=kinds[Partner], object_id__in=partners)
    )
    sent = iter(bid.submissions.order_by("-number").values_list("received_at", flat=True))
    workflows = {workflow.name: workflow for workflow in (BID, CONSENT)}
    return [
        Line(
            next(sent) if change.event == "submit" else change.at,
            workflows[change.workflow].done(change.event),
            change.by,
            change.why,
            bi(partners[change.object_id]) if change.workflow == CONSENT.name else "",
        )
        for change in changes.select_related("by").order_by("-at", "-pk")
    ]
