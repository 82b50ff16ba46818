"""Everything that happened to an award: its moves, those of its claims, reports and changes, and from the history of
its rows what was begun, planned, agreed and published; who, when, why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.components import bi
from wlga_portal.kernel.history import event_model
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.wording import day, pounds

from .models import Award, AwardShare, Claim, Instalment, Learning, MonitoringReport, Variation
from .states.awards import AWARD, CLAIM, REPORT, VARIATION
from .timeline import Line

# what an entry is about: the columns of the union of all histories
ABOUT: dict[str, models.Field[Any, Any]] = {
    "about_number": models.IntegerField(),
    "about_day": models.DateField(),
    "about_pence": models.BigIntegerField(),
    "about_en": models.TextField(),
    "about_cy": models.TextField(),
    "about_why": models.TextField(),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Entries of one model's history that are told: which, what they are called, and what they are about."""

    model: type[models.Model]
    entry: str  # insert, update or delete
    label: Any
    about: dict[str, str] = field(default_factory=dict)
    when: dict[str, Any] = field(default_factory=dict)
    once: bool = False  # the first entry of each row alone


BODY = {"about_en": "organisation__name_en", "about_cy": "organisation__name_cy", "about_pence": "amount_pence"}
TITLE = {"about_en": "title_en", "about_cy": "title_cy"}
PUBLISHED = pgettext_lazy("what was done", "Learning published")
PLANNED = {"about_day": "due_on", "about_pence": "amount_pence"}
SOURCES = (
    Source(Award, "insert", pgettext_lazy("what was done", "Awarded"), {"about_pence": "amount_pence"}),
    Source(AwardShare, "update", pgettext_lazy("what was done", "Share agreed to"), BODY, {"agreed_at__isnull": False}),
    Source(AwardShare, "update", pgettext_lazy("what was done", "Share changed"), BODY, {"agreed_at": None}),
    Source(Instalment, "insert", pgettext_lazy("what was done", "Payment planned"), PLANNED),
    Source(Instalment, "delete", pgettext_lazy("what was done", "Planned payment taken out"), PLANNED),
    Source(Claim, "insert", pgettext_lazy("what was done", "Claim begun"), {"about_number": "number"}),
    Source(MonitoringReport, "insert", pgettext_lazy("what was done", "Report asked for"), {"about_day": "due_on"}),
    Source(Variation, "insert", pgettext_lazy("what was done", "Change asked for"), {"about_why": "reason"}),
    Source(Learning, "insert", PUBLISHED, TITLE, {"published_on__isnull": False}, once=True),
    Source(Learning, "update", PUBLISHED, TITLE, {"published_on__isnull": False}, once=True),
)  # fmt: skip


def award_timeline_of(award: Award) -> list[Line]:
    """Newest first. Three queries beside those for the claims and reports of the award, whatever happened."""
    entries = [*moves_of(award), *told_of(award)]
    return sorted(entries, key=lambda one: one.at, reverse=True)


def moves_of(award: Award) -> Iterator[Line]:
    """The changes of status of the award, and of its claims, reports and changes."""
    about: dict[type[models.Model], dict[int, Any]] = {
        Award: {award.pk: ""},
        Claim: {one.pk: claim_name(one.number) for one in award.claims.all()},
        MonitoringReport: {one.pk: day(one.due_on) for one in award.reports.all()},
        Variation: {one.pk: "" for one in award.variations.all()},
    }
    kinds = {kind: about[model] for model, kind in ContentType.objects.get_for_models(*about).items()}
    asked = Q()
    for kind, rows in kinds.items():
        asked |= Q(content_type=kind, object_id__in=list(rows))
    workflows = {workflow.name: workflow for workflow in (AWARD, CLAIM, REPORT, VARIATION)}
    named = {kind.pk: rows for kind, rows in kinds.items()}
    for change in StatusChange.objects.filter(asked).select_related("by"):
        done = workflows[change.workflow].done(change.event)
        yield Line(change.at, done, change.by, change.why, named[change.content_type_id][change.object_id])


def told_of(award: Award) -> list[Line]:
    """What the history of the award's rows tells: one query, and one for the people."""
    first, *others = [rows_of(source, order, award) for order, source in enumerate(SOURCES)]
    rows, seen, kept = list(first.union(*others, all=True).order_by("pgh_created_at", "pgh_id")), set(), []
    for row in rows:
        source = SOURCES[row["told_by"]]
        key = (source.model, row["pgh_obj_id"])
        if not source.once or key not in seen:
            kept.append((source, row))
        if source.once:
            seen.add(key)
    people = User.objects.in_bulk({row["pgh_context"]["by"] for _source, row in kept if row["pgh_context"]["by"]})
    return [
        Line(
            row["pgh_created_at"],
            str(source.label),
            people.get(row["pgh_context"]["by"]),
            row["about_why"] or "",
            words(row),
        )
        for source, row in kept
    ]


def rows_of(source: Source, order: int, award: Award) -> Any:
    """The entries of one source, in columns that those of every source have."""
    events = event_model(source.model)._base_manager.filter(**source.when, pgh_label=source.entry)
    mine = events.filter(pgh_obj_id=award.pk) if source.model is Award else events.filter(award_id=award.pk)
    columns = {
        name: Cast(F(source.about[name]) if name in source.about else Value(None), kind) for name, kind in ABOUT.items()
    }
    told = mine.annotate(told_by=Value(order), **columns)
    return told.values("told_by", "pgh_id", "pgh_obj_id", "pgh_created_at", "pgh_context", *columns)


def words(row: dict[str, Any]) -> str:
    """What the entry is about: a claim, a body or a title, a day, a sum."""
    parts = [
        claim_name(row["about_number"]) if row["about_number"] else "",
        str(bi(Text(row["about_en"], row["about_cy"]))) if row["about_en"] or row["about_cy"] else "",
        day(row["about_day"]) if row["about_day"] else "",
        pounds(row["about_pence"]) if row["about_pence"] is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def claim_name(number: int) -> str:
    return _("claim %(number)s") % {"number": number}
