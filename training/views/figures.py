"""The figures of a year: how they are counted, their parts, charts and map, and what they are measured by."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.screens import page, screen

from .. import counting, rules
from ..figures import Parts, council_map, month_chart, progress_chart, stream_chart, targets_of
from ..filters import years
from ..forecast import forecast
from ..forms.targets import TargetForm
from ..models import Kind, StatedTotal, Target
from ..years import Year
from .found import posted
from .front import rows_url

HEADINGS = {
    "stream": lambda: _("Stream"),
    "council": lambda: _("Council"),
    "region": lambda: _("Region"),
    "month": lambda: _("Month"),
    "role": lambda: _("Role"),
}


def year_asked(request: HttpRequest) -> Year:
    """The year of `?year=2025-26`; the current one where none, or nonsense, is asked for."""
    return Year.read(request.GET.get("year", "")) or Year.current()


def parts_of(request: HttpRequest, year: Year, *, demonstration: bool) -> Parts:
    figures = counting.figures(year, demonstration=demonstration)
    link = partial(rows_url, request.user, year, demonstration=demonstration)
    return Parts(figures, year, link=link, all_shown=rules.plans(request.user))


def count_page(request: HttpRequest, year: Year, *, demonstration: bool) -> HttpResponse:
    parts = parts_of(request, year, demonstration=demonstration)
    name = "training:demonstration_csv" if demonstration else "training:counting_csv"

    def csv_url(by: str) -> str:
        return f"{reverse(name, kwargs={'by': by})}?year={year}"

    whole, targets = parts.figures.whole, targets_of(year, demonstration=demonstration)
    months, streams, councils = parts.of("month"), parts.of("stream"), parts.of("council")
    opportunities = targets.get(Kind.OPPORTUNITIES)
    tables = [
        ("stream", _("By stream"), _("Stream"), streams, csv_url("stream")),
        ("council", _("By council"), _("Council"), councils, csv_url("council")),
        ("region", _("By region"), _("Region"), parts.of("region"), csv_url("region")),
        ("month", _("By month"), _("Month"), months, csv_url("month")),
        ("role", _("By role"), _("Role"), parts.of("role"), csv_url("role")),
    ]
    link = partial(rows_url, request.user, year, demonstration=demonstration)
    return page(
        request,
        "training/counting.html",
        {
            "year": year,
            "count": whole,
            "officers_url": link(standing="staff"),
            "opportunities_url": link(),
            "tables": [table for table in tables if table[3] and whole.opportunities],
            "charts": [month_chart(months, csv_url("month")), stream_chart(streams, csv_url("stream"))]
            + ([progress_chart(months, opportunities, csv_url("month"))] if opportunities else []),
            "map": council_map(councils, csv_url("council")),
            "target_officers": targets.get(Kind.OFFICERS),
            "target_opportunities": opportunities,
            "forecast": forecast(year, whole, demonstration=demonstration),
            "stated": StatedTotal.objects.filter(plan_year=str(year)),
            "sql": counting.TOTAL,
            "parameters": {"from": year.starts, "until": year.ends},
            "years": years(),
            "demonstration": demonstration,
            "may_plan": rules.plans(request.user),
        },
    )


def csv_file(request: HttpRequest, by: str, *, demonstration: bool) -> HttpResponse:
    if by not in HEADINGS:
        raise Http404
    year = year_asked(request)
    parts = parts_of(request, year, demonstration=demonstration)
    name = _("Training %(year)s by %(part)s") % {"year": year, "part": HEADINGS[by]()}
    return csv_response(name, parts.csv_rows(by, HEADINGS[by]()))


@screen(public=True)
def counting_page(request: HttpRequest) -> HttpResponse:
    """How officers trained and learning opportunities are counted, with the figures of any year."""
    return count_page(request, year_asked(request), demonstration=False)


@screen(public=True, methods=("GET", "HEAD"))
def counting_csv(request: HttpRequest, by: str) -> HttpResponse:
    """One table of the figures as data."""
    return csv_file(request, by, demonstration=False)


def demonstration_only() -> None:
    if not settings.DEMO:
        raise Http404


@screen(public=True)
def demonstration_page(request: HttpRequest) -> HttpResponse:
    """The same count of the invented rows, in demonstration mode alone."""
    demonstration_only()
    return count_page(request, year_asked(request), demonstration=True)


@screen(public=True, methods=("GET", "HEAD"))
def demonstration_csv(request: HttpRequest, by: str) -> HttpResponse:
    """One table of the invented figures as data."""
    demonstration_only()
    return csv_file(request, by, demonstration=True)


def find_target(request: HttpRequest, pk: int) -> Target:
    user: Any = request.user
    return Target.objects.get(pk=pk, is_demo=getattr(user, "is_demo", False))


def plans_target(user: Any, _target: Target) -> bool:
    return rules.plans(user)


@screen(may=rules.plans)
def target_list(request: HttpRequest) -> HttpResponse:
    """The targets of each year."""
    user: Any = request.user
    targets = Target.objects.filter(is_demo=user.is_demo)
    return page(request, "training/target_list.html", {"targets": targets, "demonstration": user.is_demo})


@screen(may=rules.plans)
def target_create(request: HttpRequest) -> HttpResponse:
    """A new target; one of a demonstration person is the demonstration's."""
    user: Any = request.user
    return target_form(request, Target(is_demo=user.is_demo))


@screen(find=find_target, may=plans_target)
def target_edit(request: HttpRequest, target: Target) -> HttpResponse:
    """Change a target."""
    return target_form(request, target)


def target_form(request: HttpRequest, target: Target) -> HttpResponse:
    form = TargetForm(posted(request), instance=target)
    if request.method == "POST" and form.is_valid():
        with audited(by=request.user, why="target set"):
            form.save()
        messages.success(request, pgettext("training", "The target is saved."))
        return redirect("training:target_list")
    context = {"form": form, "target": target, "demonstration": target.is_demo}
    return page(request, "training/target_edit.html", context)
