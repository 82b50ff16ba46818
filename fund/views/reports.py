"""Monitoring reports, and the quarterly return to Welsh Government."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.actions import reports as actions
from fund.clock import received_at
from fund.finders.awards import find_report
from fund.forms import awards as forms
from fund.models import Award, MonitoringReport, QuarterlyReturn
from fund.quarters import Quarter, quarter_of, rows_of
from fund.rules import awards as rules
from fund.rules import fund_manage
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.exports import csv_response, xlsx_response
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import Clash, clash_page, resolved, save_version
from wlga_portal.kernel.workflow import Refused

from .awards import press, returned_why


@screen(find=find_report)
def report_page(request: HttpRequest, report: MonitoringReport) -> HttpResponse:
    """A report: written by the lead while it is open, read by who sees the award."""
    award, version = report.award, report.version
    writes = rules.report_write(request.user, report) and report.is_open
    posted = request.method == "POST" and writes
    form = forms.ReportForm(resolved(request.POST, report) if posted else None, instance=report) if writes else None
    if posted and form is not None and form.is_valid():
        try:
            kept = save_version(form, by=request.user, why="report written")
            if "send" in request.POST:
                actions.report_submit(report=kept, by=request.user, at=received_at(request))
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=award.is_demo)
        except Refused as error:
            form.add_error("progress", str(error))
        else:
            messages.success(request, _("The report is sent.") if "send" in request.POST else _("Saved."))
            return redirect(report)
    context = {
        "report": report,
        "award": award,
        "bid": award.bid,
        "form": form,
        "version": version,
        "returned": returned_why(report),
        "manages": report.can("accept", request.user),
        "demonstration": award.is_demo,
    }
    return page(request, "fund/report_page.html", context)


@screen(find=find_report, may=rules.report_manage, methods=("POST",))
def report_move(request: HttpRequest, report: MonitoringReport) -> HttpResponse:
    """Accept a report, or return it for changes."""
    event, why = request.POST.get("event", ""), request.POST.get("why", "")[:2000]

    def move() -> Any:
        if event not in {"accept", "send_back"}:
            raise Refused(_("Choose what to do."))
        return actions.report_move(report=report, event=event, why=why, by=request.user)

    return press(request, report, move, _("Saved."))


@screen(may=fund_manage)
def reports_ask(request: HttpRequest) -> HttpResponse:
    """Ask for a report of several awards by one day; one that owes a report that day already is left as it is."""
    user = request.user
    awards = [one for one in Award.objects.visible_to(user).open_ones().with_row() if rules.award_manage(user, one)]
    form = forms.ReportsDueForm(request.POST or None, awards=awards)
    if request.method == "POST" and form.is_valid():
        chosen = {int(pk) for pk in form.cleaned_data["awards"]}
        picked = [award for award in awards if award.pk in chosen]
        made = actions.reports_plan(awards=picked, due_on=form.cleaned_data["due_on"], by=user)
        done = ngettext("%(count)s report is asked for.", "%(count)s reports are asked for.", made)
        messages.success(request, done % {"count": made})
        return redirect("fund:award_own")
    demonstration = bool(getattr(user, "is_demo", False))
    return page(request, "fund/reports_ask.html", {"form": form, "any": awards, "demonstration": demonstration})


COLUMNS = ("awarded_pence", "paid_in_quarter_pence", "paid_pence", "planned_next_pence", "left_pence")


@screen(may=fund_manage)
def return_page(request: HttpRequest, year: int = 0, quarter: int = 0) -> HttpResponse:
    """The return to Welsh Government for a quarter (this one where none is named), as a page, CSV or Excel; sent once
    it is right, it is kept as it was."""
    asked = Quarter(year, quarter) if quarter else quarter_of(timezone.localdate())
    if asked.number not in range(1, 5) or not 2015 <= asked.year <= 2100:
        raise Http404
    demonstration = bool(getattr(request.user, "is_demo", False))
    if request.method == "POST":
        actions.return_send(quarter=asked, demonstration=demonstration, by=request.user, at=received_at(request))
        messages.success(request, _("The return is kept as it is sent."))
        return redirect("fund:return_page", year=asked.year, quarter=asked.number)
    rows = rows_of(asked, demonstration=demonstration)
    if request.GET.get("format") in {"csv", "xlsx"}:
        respond = csv_response if request.GET["format"] == "csv" else xlsx_response
        return respond(_("Return to Welsh Government"), [headers(), *(as_row(row) for row in rows)])
    context = {
        "quarter": asked,
        "rows": rows,
        "lead": f"lead_{page_language()}",
        "totals": {name: sum(row[name] for row in rows) for name in COLUMNS},
        "earlier": neighbours(asked)[0],
        "later": neighbours(asked)[1],
        "sent": list(
            QuarterlyReturn.objects.filter(year=asked.year, quarter=asked.number, is_demo=demonstration).select_related(
                "by"
            )
        ),
        "demonstration": demonstration,
    }
    return page(request, "fund/return_page.html", context)


def neighbours(one: Quarter) -> tuple[Quarter, Quarter]:
    before = Quarter(one.year - (one.number == 1), (one.number - 2) % 4 + 1)
    return before, Quarter(one.year + (one.number == 4), one.number % 4 + 1)


def headers() -> list[Any]:
    return [
        _("Reference"),
        _("Bid"),
        _("Lead council"),
        _("Awarded"),
        _("Paid in the quarter"),
        _("Paid so far"),
        _("Planned for the next quarter"),
        _("Left"),
    ]


def as_row(row: dict[str, Any]) -> list[Any]:
    """Money in pounds."""
    lead = row[f"lead_{page_language()}"]
    return [row["reference"], row["title"], lead, *(row[name] / 100 for name in COLUMNS)]
