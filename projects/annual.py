"""The annual report of a delivery plan, as data in both languages: what a frozen one keeps is what the page shows.

Each number says what stands behind it: rows of a register of the portal (counted), a source (stated), or nothing; then
it reads "not published", never 0.
"""

import hashlib
import json
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wlga_portal.kernel.bilingual import Text, in_both
from wlga_portal.kernel.figures import Basis, Figure, figure_of

from .models import Deliverable, DeliveryPlan, Project, ProjectCost, Source
from .portfolio_rows import Row, rows_of
from .sections.money import year_of
from .states import CostKind, Measure, Outcome, Phase, Status

SCHEMA = 1  # of `report_of`: a frozen report names the one that it was made by
Data = dict[str, Any]


def both(text: Any) -> Data | None:
    """A text as data; None where there is none in either language."""
    return {"en": text.en, "cy": text.cy} if isinstance(text, Text) and text else None


def both_of(make: Any) -> Data:
    made = in_both(make)
    return {"en": made.en, "cy": made.cy}


def source_of(source: Source | None) -> Data | None:
    """A source with its day, in both languages."""
    return both_of(lambda: source.shown) if source else None


def report_of(plan: DeliveryPlan, *, today: date | None = None) -> Data:
    """What the report of a plan says on a day. A constant number of queries."""
    today = today or timezone.localdate()
    listed = Project.objects.filter(listings__plan=plan).order_by("listings__position")
    rows = rows_of(listed, year=plan.year, today=today, whole=False)
    figures = {
        measure: figure_of(measure, plan.year, demonstration=plan.is_demo)
        for measure in (Measure.OFFICERS, Measure.OPPORTUNITIES)
    }
    return {
        "schema": SCHEMA,
        "made_on": today.isoformat(),
        "plan": {
            "year": plan.year,
            "slug": {"en": plan.slug_en, "cy": plan.slug_cy},
            "title": both(plan.title),
            "starts": plan.starts.isoformat(),
            "ends": plan.ends.isoformat(),
            "agreed_with": both(plan.agreed_with.name) if plan.agreed_with else None,
            "agreed_on": plan.agreed_on.isoformat() if plan.agreed_on else None,
            "status": both(plan.status_note),
            "overall": both(plan.overall),
            "source": source_of(plan.source),
            "demonstration": plan.is_demo,
        },
        "money": money_of(plan, rows),
        "deliverables": [
            deliverable_of(one, figures) for one in plan.deliverables.select_related("source").order_by("position")
        ],
        "training": [training_of(measure, found) for measure, found in figures.items() if found],
        "projects": [project_of(row) for row in rows],
    }


# --- Money ----------------------------------------------------------------------------------------
def money_of(plan: DeliveryPlan, rows: list[Row]) -> Data:
    """Grant, funding lines, and what the plan's projects cost in its year."""
    costs = [cost for row in rows for cost in row.costs]
    return {
        "grant_pence": plan.grant_pence,
        "grant_note": both(plan.grant_note),
        "funding": [
            {
                "from": both(line.title) or both(line.source.name if line.source else None),
                "amount_pence": line.amount_pence,
            }
            for line in plan.funding_lines.select_related("source").order_by("pk")
        ],
        "spend": amounts(plan.year, costs),
        "projects": [
            {"title": both(row.project.title), "slug": slug_of(row), **amounts(plan.year, row.costs)}
            for row in rows
            if any(one.year == plan.year for one in row.costs)
        ],
    }


def amounts(year: str, costs: list[ProjectCost]) -> Data:
    """Pence of a year as first agreed, as expected and as spent; null where no figure is published."""
    found = year_of(year, [cost for cost in costs if cost.year == year])
    return {CostKind.BASELINE: found.baseline, CostKind.FORECAST: found.forecast, CostKind.ACTUAL: found.actual}


def slug_of(row: Row) -> Data:
    return {"en": row.project.slug_en, "cy": row.project.slug_cy}


# --- Deliverables ---------------------------------------------------------------------------------
def deliverable_of(one: Deliverable, figures: dict[Measure, Figure | None]) -> Data:
    """A promise with its target, what came of it and what shows that."""
    measured = figures.get(Measure(one.measured_by)) if one.measured_by else None
    counted = measured if measured and measured.basis == Basis.COUNTED else None
    if counted:
        actual, basis = both_of(lambda: counted_text(one, counted)), Basis.COUNTED
    elif one.actual is not None:
        actual, basis = both_of(lambda: one.actual_shown), Basis.STATED
    elif measured and measured.basis == Basis.STATED and figure_text(measured):
        actual, basis = both_of(lambda: figure_text(measured)), Basis.STATED
    else:
        actual, basis = None, Basis.STATED if one.outcome else Basis.NONE
    return {
        "anchor": {"en": one.slug_en, "cy": one.slug_cy},
        "title": both(one.title),
        "target": both_of(lambda: one.target_shown) if one.target is not None else None,
        "actual": actual,
        "basis": str(basis),
        "rows": counted.rows if counted else 0,
        "outcome": both_of(lambda: Outcome(one.outcome).label) if one.outcome else None,
        "outcome_code": one.outcome,
        "note": both(one.note),
        "evidence": both(one.evidence),
        "evidence_url": one.evidence_url,
        "source": source_of(one.source),
    }


def counted_text(one: Deliverable, found: Figure) -> str:
    """ "255 officers", or "248 to 255 officers" while doubles are not reviewed."""
    most = one.counted(found.most)
    if found.least == found.most:
        return most
    return _("%(least)s to %(most)s") % {"least": f"{found.least:,}", "most": most}


# --- Training -------------------------------------------------------------------------------------
def figure_text(found: Figure) -> str:
    """A figure without its unit; '' where none is published."""
    if found.over is not None:
        return _("over %(number)s") % {"number": f"{found.over:,}"}
    if found.most is None:
        return ""
    if found.least == found.most:
        return f"{found.most:,}"
    return _("%(least)s to %(most)s") % {"least": f"{found.least:,}", "most": f"{found.most:,}"}


def training_of(measure: Measure, found: Figure) -> Data:
    labels = {
        Measure.OFFICERS: gettext_lazy("Officers trained"),
        Measure.OPPORTUNITIES: gettext_lazy("Learning opportunities"),
    }
    return {
        "measure": str(measure),
        "label": both_of(lambda: labels[measure]),
        "figure": both_of(lambda: figure_text(found)) if figure_text(found) else None,
        "basis": str(found.basis),
        "rows": found.rows,
        "note": both(found.note),
        "source": both(found.source),
    }


# --- Projects -------------------------------------------------------------------------------------
def project_of(row: Row) -> Data:
    project = row.project
    milestones = [one for one in project.milestones.all() if one.dropped_on is None]
    return {
        "title": both(project.title),
        "slug": slug_of(row),
        "phase": both_of(lambda: Phase(project.phase).label) if project.phase else None,
        "status": None if project.status == Status.UNSTATED else both_of(lambda: Status(project.status).label),
        "confidence": row.confidence,
        "said": project.now.confidence if project.now else None,
        "commentary": both(project.now.update.reason) if project.now else None,
        "confirmed_on": project.now.confirmed_on.isoformat() if project.now else None,
        "milestones": len(milestones),
        "reached": sum(1 for one in milestones if one.actual),
    }


# --- Frozen ---------------------------------------------------------------------------------------
def written(report: Data) -> str:
    """The report as the text whose hash is kept: keys in order, so that the same report has the same hash."""
    return json.dumps(report, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(content: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def in_language(data: Any, language: str) -> Any:
    """The report with the one side of each text; the other where that is empty."""
    if isinstance(data, dict):
        if data.keys() == {"en", "cy"}:
            return data[language] or data["cy" if language == "en" else "en"]
        return {key: in_language(value, language) for key, value in data.items()}
    return [in_language(one, language) for one in data] if isinstance(data, list) else data
