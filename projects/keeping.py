"""Pages of the past kept word for word, so that a link to one stays true whatever becomes of the tables.

`said_of` draws what the public page of a project, a plan or the portfolio said at a moment, in both languages, as plain
tables of words. A kept page carries the version of that form; the reader of each version stays here for good, and the
tests hold a page of each version to what it looked like when it was kept.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from wlga_portal.kernel.bilingual import LANGUAGES, Text
from wlga_portal.kernel.wording import day as in_words
from wlga_portal.kernel.wording import pounds

from .knowing import knowing
from .models import DeliveryPlan, Project, Snapshot
from .reading import lineage_of, standing_text
from .states import CostKind, Kept, Phase, Status
from .tables import councils_counted

SCHEMA = 1
Said = dict[str, Any]
Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """One part of a kept page: a heading, the names of its columns (none: names and values), and its rows of words."""

    heading: Any
    columns: list[Any]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Page:
    """A kept page."""

    title: Any
    tables: list[Table]


def words(value: Any) -> str:
    """A value in plain words; what is not there is not published."""
    if isinstance(value, date):
        return str(in_words(value))
    if value is None or str(value) == "":
        return _("not published")
    return unescape(strip_tags(value)) if isinstance(value, SafeString) else str(value)


def table(heading: str, columns: list[str], rows: Iterable[Iterable[Any]]) -> Table:
    return Table(heading, columns, [[words(cell) for cell in row] for row in rows])


# --- What each kind of page says ------------------------------------------------------------------
def phase(project: Project) -> str:
    return str(Phase(project.phase).label) if project.phase else ""


def status(project: Project) -> str:
    return "" if project.status == Status.UNSTATED else str(Status(project.status).label)


def project_page(project: Project, today: date) -> Page:
    standing = project.now
    names = [str(one.organisation.name) for one in project.partners.select_related("organisation").order_by("pk")]
    stated = councils_counted(project.councils_stated) if project.councils_stated else ""
    plans = project.listings.select_related("plan").order_by("plan__starts")
    facts = [
        (_("Aim"), project.aim),
        (_("Delivery confidence"), standing_text(standing, today)),
        (_("Reason"), standing.update.reason if standing else ""),
        (_("Last confirmed"), standing.confirmed_on if standing else ""),
        (_("Phase"), phase(project)),
        (_("Status"), status(project)),
        (_("Delivery plans"), ", ".join(str(one.plan.title) for one in plans)),
        (_("Councils and partners"), ", ".join(names) or stated),
        (_("Source"), project.source.shown if project.source else ""),
    ]
    costs = [(one.year, CostKind(one.kind).label, pounds(one.amount_pence)) for one in project.costs.all()]
    risks = project.risks.filter(is_public=True, closed_on=None)
    parts = [
        table(_("Facts"), [], facts),
        table(
            _("Updates"),
            [_("Date"), _("Delivery confidence"), _("Reason"), _("Public text")],
            [(one.for_date, one.get_confidence_display(), one.reason, one.text) for one in project.updates.timeline()],
        ),
        table(
            _("Milestones"),
            [_("Milestone"), _("Baseline"), _("Forecast"), _("Actual")],
            [(one.title, one.baseline, one.forecast, one.actual) for one in project.milestones.all()],
        ),
        deliverables(project),
        table(_("Risks and issues"), [_("Title")], [(one.title,) for one in risks]),
        table(_("Budget and spend"), [_("Year"), _("Kind"), _("Amount")], costs),
        table(_("Where it came from and what became of it"), [""], [(one,) for one in lineage_of(project)]),
    ]
    return Page(str(project.title), [one for one in parts if one.rows])


def deliverables(thing: Any) -> Table:
    rows = thing.deliverables.in_order()
    columns = [_("Deliverable"), _("Target"), _("Actual"), _("Outcome")]
    return table(
        _("Deliverables"),
        columns,
        [(one.title, one.target_shown, one.actual_shown, one.get_outcome_display()) for one in rows],
    )


def plan_page(plan: DeliveryPlan, today: date) -> Page:
    listed = plan.listings.select_related("project__standing").order_by("position")
    facts = [
        (_("Agreed with"), plan.agreed_with.name if plan.agreed_with else ""),
        (_("Agreed on"), plan.agreed_on),
        (_("Status"), plan.status_note),
        (_("Grant"), "" if plan.grant_pence is None else pounds(plan.grant_pence)),
        (_("Overall outcome"), plan.overall),
    ]
    funding = [
        (str(one), "" if one.amount_pence is None else pounds(one.amount_pence))
        for one in plan.funding_lines.select_related("source")
    ]
    parts = [
        table(_("Facts"), [], facts),
        table(_("Funding"), [_("Title"), _("Amount")], funding),
        portfolio_table([one.project for one in listed], today),
        deliverables(plan),
    ]
    return Page(str(plan.title), [one for one in parts if one.rows])


def portfolio_table(projects: Iterable[Project], today: date) -> Table:
    columns = [_("Project"), _("Phase"), _("Status"), _("Delivery confidence"), _("Last confirmed")]
    rows = [
        (one.title, phase(one), status(one), standing_text(one.now, today), one.now.confirmed_on if one.now else "")
        for one in projects
    ]
    return table(_("Projects"), columns, rows)


def portfolio_page(_thing: None, today: date) -> Page:
    found = Project.objects.real().with_standing().order_by("title_key_en", "pk")
    return Page(_("All projects"), [portfolio_table(found, today)])


MAKERS: dict[str, Callable[[Any, date], Page]] = {
    Kept.PROJECT: project_page,
    Kept.PLAN: plan_page,
    Kept.PORTFOLIO: portfolio_page,
}


def thing_then(kind: str, pk: int) -> Any:
    """The project or plan as it is read in this block; None for the portfolio. Raises DoesNotExist before it was."""
    if kind == Kept.PROJECT:
        return Project.objects.with_standing().select_related("source").get(pk=pk)
    if kind == Kept.PLAN:
        return DeliveryPlan.objects.select_related("agreed_with").get(pk=pk)
    return None


def said_of(kind: str, pk: int, moment: datetime) -> Said:
    """What the public page said at a moment, in both languages; `pk` is 0 for the portfolio.

    Raises DoesNotExist before the thing was there.
    """
    sides = []
    with knowing(moment):
        for language in LANGUAGES:
            with override(language):
                sides.append(MAKERS[kind](thing_then(kind, pk), timezone.localdate(moment)))
    english, welsh = sides
    return {
        "title": pair(english.title, welsh.title),
        "tables": [
            {
                "heading": pair(one.heading, other.heading),
                "columns": [pair(*names) for names in zip(one.columns, other.columns, strict=True)],
                "rows": [
                    [pair(*cells) for cells in zip(*rows, strict=True)]
                    for rows in zip(one.rows, other.rows, strict=True)
                ],
            }
            for one, other in zip(english.tables, welsh.tables, strict=True)
        ],
    }


def pair(en: str, cy: str) -> dict[str, str]:
    return {"en": str(en), "cy": str(cy)}


def hashed(said: Said) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# --- Readers: one for each version, never changed -------------------------------------------------
def read_1(said: Said) -> Page:
    """Version 1: a title, and tables of cells in both languages."""

    def text(cell: dict[str, str]) -> Text:
        return Text(cell["en"], cell["cy"])

    tables = [
        Table(text(one["heading"]), list(map(text, one["columns"])), [list(map(text, row)) for row in one["rows"]])
        for one in said["tables"]
    ]
    return Page(text(said["title"]), tables)


READERS: dict[int, Callable[[Said], Page]] = {1: read_1}


def read(snapshot: Snapshot) -> Page:
    """A kept page, by the reader of its version."""
    return READERS[snapshot.schema](snapshot.said)
