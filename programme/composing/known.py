"""When the portal came to know what a row says, and how its rows are shown to whoever asks where a value comes from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.history import event_models

from .writing import RowKey

KINDS: dict[str, Any] = {
    "board.action": _("Action"),
    "board.agendaitem": _("Agenda item"),
    "board.attendance": _("Attendance"),
    "board.board": _("Board"),
    "board.considered": pgettext_lazy("source row", "Matter considered"),
    "board.meeting": _("Meeting"),
    "board.outcome": _("Outcome"),
    "board.paper": _("Paper"),
    "board.seat": pgettext_lazy("source row", "Seat on a board"),
    "fund.award": pgettext_lazy("source row", "Award"),
    "fund.bid": pgettext_lazy("source row", "Bid"),
    "fund.fund": pgettext_lazy("source row", "Fund"),
    "fund.round": pgettext_lazy("source row", "Round"),
    "fund.statedprocess": _("How the round ran"),
    "fund.topic": _("Topic"),
    "organisations.organisation": _("Council or partner body"),
    "programme.teamstatement": _("People and posts"),
    "projects.deliverable": _("Deliverable"),
    "projects.deliveryplan": _("Delivery plan"),
    "projects.milestone": _("Milestone"),
    "projects.planchange": _("Change of the agreed plan"),
    "projects.planproject": _("Place in a plan"),
    "projects.project": _("Project"),
    "projects.strategy": pgettext_lazy("source row", "Strategy"),
    "projects.theme": _("Strategy theme"),
    "training.statedtotal": pgettext_lazy("source row", "Total that a source states"),
    "training.stream": pgettext_lazy("source row", "Training stream"),
}


def by_model(rows: Iterable[RowKey]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for label, pk in rows:
        found.setdefault(label, set()).add(pk)
    return found


def known_at(rows: Iterable[RowKey]) -> dict[RowKey, datetime]:
    """The moment of the last change of each row, from its history: one query for each kind of row."""
    events, found = event_models(), {}
    for label, pks in by_model(rows).items():
        event = events.get(apps.get_model(label))
        if event is not None:
            last = event._base_manager.filter(pgh_obj_id__in=pks).values_list("pgh_obj_id")
            found.update({(label, pk): at for pk, at in last.annotate(last=Max("pgh_created_at")).order_by()})
    return found


def shown(rows: Iterable[RowKey]) -> dict[RowKey, dict[str, str]]:
    """Each row by its kind, its own words, and its address where it has a page: one query for each kind."""
    found: dict[RowKey, dict[str, str]] = {}
    for label, pks in by_model(rows).items():
        model: Any = apps.get_model(label)
        related = [field.name for field in model._meta.fields if field.many_to_one and not field.null][:3]
        for row in model._base_manager.select_related(*related).filter(pk__in=pks):
            found[(label, row.pk)] = {
                "kind": str(KINDS[label]), "name": str(row), "url": address_of(row),
            }  # fmt: skip
    return found


def address_of(row: Any) -> str:
    """The page of a row that everybody may open, where it has one beside that of its own people."""
    if hasattr(row, "shown_url"):
        return str(row.shown_url)
    return str(row.get_absolute_url()) if hasattr(row, "get_absolute_url") else ""
