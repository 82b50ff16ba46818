"""What everybody reads of awards: by year, topic and council, as data after 360Giving, and the library of learning."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund import giving360, showing
from fund.council_money import chart_of, money_of
from fund.filters.awards import AwardFilter, LearningFilter
from fund.finders.awards import find_shown, invented, shared
from fund.linking import projects_of
from fund.models import Award, Learning
from fund.rules import fund_manage
from fund.tables.awards import LearningTable, SharedTable
from organisations.models import Organisation
from wlga_portal.kernel.charts import Chart
from wlga_portal.kernel.exports import csv_response, export_url, start_export
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.wording import day, not_published


@screen(public=True)
def award_list(request: HttpRequest) -> HttpResponse:
    """Every award that was accepted, with charts, the map and their tables."""
    awards = list(shared(request).select_related("bid__round", "bid__topic").prefetch_related("shares"))
    csv_url = reverse("fund:award_figures")
    return list_page(
        request,
        queryset=shared(request).with_shares().order_by("-awarded_on", "-pk"),
        table=SharedTable,
        filterset=AwardFilter,
        template="fund/award_list.html",
        charts=[
            showing.by_year(awards, f"{csv_url}?of=year"),
            showing.by_topic(awards, f"{csv_url}?of=topic"),
        ]
        if awards
        else [],
        council_map=showing.by_council(awards, f"{csv_url}?of=council"),
        whole_pence=sum(award.amount_pence for award in awards),
        demonstration=invented(request),
    )


@screen(public=True, find=find_shown)
def award_shown(request: HttpRequest, award: Award) -> HttpResponse:
    """One award as everybody reads it: who has how much, the projects that it serves, what was learned."""
    context = {
        "award": award,
        "bid": award.bid,
        "ends": day(award.ends_on) if award.ends_on else not_published(_("none given")),
        "projects": projects_of(award.bid, request.user),
        "learnings": list(award.learnings.filter(published_on__isnull=False)),
        "own": Award.objects.visible_to(request.user).filter(pk=award.pk).exists(),
        "demonstration": award.is_demo,
    }
    return page(request, "fund/award_shown.html", context)


def find_body(request: HttpRequest, slug: str) -> Organisation:
    return Organisation.find(Organisation.objects.visible_to(request.user), slug)


@screen(public=True, find=find_body, methods=("GET", "HEAD"))
def council_money(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What an organisation was awarded and paid, by year, in pounds."""
    header, *rows = chart_of(money_of(organisation, request.user)).csv_rows()
    pounds_by_year = ([year, *(pence / 100 for pence in sums)] for year, *sums in rows)
    return csv_response(_("Money by year"), [header, *pounds_by_year])


@screen(public=True)
def award_figures(request: HttpRequest) -> HttpResponse:
    """The figures of a chart or of the map as CSV."""
    awards = list(shared(request).select_related("bid__round", "bid__topic").prefetch_related("shares"))
    drawn: dict[str, Any] = {"year": showing.by_year, "topic": showing.by_topic, "council": showing.by_council}
    chart = drawn.get(request.GET.get("of", ""), showing.by_year)(awards, "")
    header, *rows = chart.csv_rows()
    if isinstance(chart, Chart):  # its amounts are kept in pence
        header, rows = [header[0], _("Awarded, in pounds")], [[name, pence / 100] for name, pence in rows]
    return csv_response(chart.title, [header, *rows])


@screen(public=True)
def award_data(request: HttpRequest) -> HttpResponse:
    """The awards after 360Giving, as JSON."""
    data = giving360.package(shared(request), address=request.build_absolute_uri("/").rstrip("/"))
    response = HttpResponse(json.dumps(data, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="awards-360giving.json"'
    return response


@screen(public=True)
def award_table(request: HttpRequest) -> HttpResponse:
    """The same as CSV, with the headings of the standard."""
    data = giving360.package(shared(request), address=request.build_absolute_uri("/").rstrip("/"))
    return csv_response(_("Awards after 360Giving"), giving360.rows_of(data))


@screen(public=True)
def learning_list(request: HttpRequest) -> HttpResponse:
    """The library: what was learned and what can be used again."""
    rows = Learning.objects.published().filter(award__bid__round__is_demo=invented(request))
    return list_page(
        request,
        queryset=rows.select_related("award__bid__lead", "award__bid__topic").order_by("-published_on", "-pk"),
        table=LearningTable,
        filterset=LearningFilter,
        template="fund/learning_list.html",
        demonstration=invented(request),
    )


@screen(may=fund_manage, methods=("POST",))
def export_start(request: HttpRequest) -> HttpResponse:
    """Ask for a file of bids, scores, awards or claims: it is made in the background, with its progress on a page."""
    wanted, kind = request.POST.get("of", ""), request.POST.get("format", "csv")
    names = {
        "bids": _("Bids"), "scores": _("Scores"), "awards": _("Awards"), "claims": _("Claims"),
    }  # fmt: skip
    if wanted not in names or kind not in {"csv", "xlsx"}:
        return redirect("fund:front")
    export = start_export(by=request.user, name=names[wanted], rows_source=f"fund.{wanted}", format=kind)
    return redirect(export_url(export))
