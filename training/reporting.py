"""What the register counts for the annual report of a plan, and what a source states where it has no rows."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import in_both
from wlga_portal.kernel.figures import Basis, Figure, figure
from wlga_portal.kernel.panels import Panel, panel
from wlga_portal.kernel.wording import day

from . import counting
from .models import Kind, StatedTotal
from .years import Year


def counted_or_stated(kind: str, year: str, *, demonstration: bool) -> Figure | None:
    """The register's figure where a row of it is of that year; else what a source states; else none."""
    known = Year.read(year)
    if known is None:
        return None
    count = counting.count(known, demonstration=demonstration)
    if count.opportunities:
        most = count.officers if kind == Kind.OFFICERS else count.opportunities
        least = count.officers_least if kind == Kind.OFFICERS else most
        return Figure(Basis.COUNTED, least, most, rows=count.opportunities)
    stated = None if demonstration else StatedTotal.objects.filter(plan_year=year, kind=kind).first()
    if stated is None:
        return Figure(Basis.NONE)
    source = in_both(lambda: f"{stated.source}, {day(stated.source_date)}")
    return Figure(Basis.STATED, stated.value, stated.value, stated.over, note=stated.note, source=source)


@figure("officers_trained")
def officers_trained(year: str, demonstration: bool) -> Figure | None:
    return counted_or_stated(Kind.OFFICERS, year, demonstration=demonstration)


@figure("learning_opportunities")
def learning_opportunities(year: str, demonstration: bool) -> Figure | None:
    return counted_or_stated(Kind.OPPORTUNITIES, year, demonstration=demonstration)


@panel("projects.report")
def counted_how(_request: HttpRequest, plan: Any) -> Panel:
    """Where the count of the year is, and how it is made."""
    page = "training:demonstration" if plan.is_demo else "training:counting"
    context = {"url": f"{reverse(page)}?year={plan.year}"}
    return Panel(_("Training"), "training/panel_report.html", context)
