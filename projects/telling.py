"""The difference of two moments as a reader sees it: what changed, who, why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.versions import shown

from .differences import Difference, Scope, attribute, related
from .models import DeliveryPlan, Project
from .reading import REASONS, FieldShown
from .told import Row

CHANGES: dict[str, Promise | str] = {
    "added": pgettext_lazy("in a list of differences", "added"),
    "removed": pgettext_lazy("in a list of differences", "removed"),
    "changed": pgettext_lazy("in a list of differences", "changed"),
}
COLOURS = {"added": "green", "removed": "red", "changed": "yellow"}
# columns whose own name is not for readers
LABELS: dict[str, Promise | str] = {
    "said_on": _("Said on"),
    "confirmed_on": _("Last confirmed"),
    "since": pgettext_lazy("first day of a phase", "Since"),
    "role": pgettext_lazy("of an organisation in a project", "Role"),
    "kind": pgettext_lazy("of a lineage", "Kind"),
    "later": _("Later project"),
    "project": _("Project"),
    "plan": _("Delivery plan"),
    "printed_ref": _("Printed number"),
    "status": _("Status"),
    "confidence": _("Delivery confidence"),
    "agreed_with": _("Agreed with"),
}
CAUSES = 5  # the latest that are told of one row; the rest are counted


@dataclass(frozen=True, slots=True)
class CauseShown:
    """Who and why, as this reader may know them; both '' for the public where a person gave the reason."""

    at: datetime
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One row that differs."""

    heading: str
    name: str
    lang: str
    change: str
    colour: str
    fields: tuple[FieldShown, ...]
    causes: tuple[CauseShown, ...]
    more: int
    is_change: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A plan or a project with what differs in it."""

    thing: Any
    rows: tuple[DifferenceShown, ...]


class Teller:
    """Turns differences into words; `names` for the team. Reads every name that it needs in a query for each model."""

    def __init__(self, rows: list[Difference], scope: Scope, *, names: bool) -> None:
        self.rows, self.scope, self.names = rows, scope, names
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        wanted[Project] |= set(scope.projects)
        wanted[DeliveryPlan] |= set(scope.plans)
        for model, row_id in related(rows):
            wanted[model].add(row_id)
        self.things = {model: model._default_manager.in_bulk(list(ids)) for model, ids in wanted.items() if ids}
        people = {cause.by_id for one in rows for cause in one.causes if cause.by_id} if names else set()
        self.people = dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}

    def groups(self) -> list[Group]:
        """Plans first, then projects in the order of titles; those in which nothing differs are left out."""
        found: dict[tuple[str, int], list[DifferenceShown]] = defaultdict(list)
        for one in self.rows:
            found[self.scope.owner(one.told, one.after or one.before or {})].append(self.told(one))
        plans = [("plan", pk) for pk in self.scope.plans]
        ordered = plans + [("project", pk) for pk in self.scope.projects]
        kinds: dict[str, type[models.Model]] = {"plan": DeliveryPlan, "project": Project}
        return [Group(self.things[kinds[key[0]]][key[1]], tuple(found[key])) for key in ordered if key in found]

    def told(self, one: Difference) -> DifferenceShown:
        row = one.after or one.before or {}
        name, lang = self.name_of(one, row)
        causes = list(self.causes(one))
        return DifferenceShown(
            str(one.told.heading), name, lang, str(CHANGES[one.change]), COLOURS[one.change],
            tuple(self.fields(one)), tuple(causes[:CAUSES]), max(0, len(causes) - CAUSES), one.change == "changed",
        )  # fmt: skip

    def name_of(self, one: Difference, row: Row) -> tuple[str, str]:
        """What the row is called, with its language where that is not the page's."""
        name = one.told.name
        if not name:
            return "", ""
        if f"{name}_en" in row:
            return text_of(row, name)
        return self.value(one, name, row), ""

    def fields(self, one: Difference) -> Iterable[FieldShown]:
        """Before and after of what differs; of a row that is new or gone, what it says."""
        names = one.moved() or [name for name in (*one.told.texts, *one.told.columns) if name != one.told.name]
        for name in names:
            text = name in one.told.texts
            before, after = (
                self.text(one, state, name) if text else (self.value(one, name, state), "")
                for state in (one.before or {}, one.after or {})
            )
            if before[0] or after[0]:
                label = self.label(one, name)
                yield FieldShown(label, before[0], after[0], before[1] or after[1])

    def text(self, one: Difference, row: Row, stem: str) -> tuple[str, str]:
        """The side of a text that differs: the page's, unless only the other one does."""
        language = page_language()
        before, after = one.before or {}, one.after or {}
        if before.get(f"{stem}_{language}", "") == after.get(f"{stem}_{language}", ""):
            language = "en" if language == "cy" else "cy"
        return str(row.get(f"{stem}_{language}", "")), "" if language == page_language() else language

    def label(self, one: Difference, name: str) -> str:
        if name in one.told.texts:
            return str(getattr(one.told.model, name).label)
        return str(LABELS.get(name) or one.told.column(name).verbose_name)

    def value(self, one: Difference, name: str, row: Row) -> str:
        """A column in words: the name of what it points at, the label of a choice, a day, an amount."""
        column = one.told.column(name)
        raw = row.get(attribute(one.told, name))
        if raw is None:
            return ""
        if column.is_relation:
            return str(self.things.get(column.related_model, {}).get(raw, ""))
        return shown(column, column.to_python(raw))

    def causes(self, one: Difference) -> Iterable[CauseShown]:
        """Newest first; the same person with the same reason once."""
        seen = set()
        for cause in reversed(one.causes):
            if (cause.by_id, cause.why) in seen:
                continue
            seen.add((cause.by_id, cause.why))
            known = REASONS.get(cause.why)
            why = str(known) if known is not None else cause.why if self.names else ""
            yield CauseShown(cause.at, self.people.get(cause.by_id or 0, ""), why)


def text_of(row: Row, stem: str) -> tuple[str, str]:
    """A text in the page's language, or in the other with its name."""
    language = page_language()
    other = "en" if language == "cy" else "cy"
    return (row[f"{stem}_{language}"], "") if row[f"{stem}_{language}"] else (row[f"{stem}_{other}"], other)
