"""Monitoring reports: sending, accepting, returning, reminding before and after the day they are due."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.emails import awards as emails
from fund.models import Award, MonitoringReport, QuarterlyReturn, ReportReminder
from fund.models.submissions import digest
from fund.quarters import Quarter, rows_of
from fund.states.awards import REPORT_OPEN
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused, advance

REMINDERS = (-14, -3, 1, 7)  # days from the day it is due


def report_plan(*, award: Award, due_on: date, by: Any) -> MonitoringReport:
    """Ask for a report by a day. Raises Refused where one is due that day."""
    with audited(by=by, why="report asked for"):
        award = award.lock()
        if not award.is_open:
            raise Refused(_("The award is not open."))
        if award.reports.filter(due_on=due_on).exists():
            raise Refused(_("A report is due on that day already."))
        return MonitoringReport.objects.create(award=award, due_on=due_on)


def reports_plan(*, awards: Iterable[Award], due_on: date, by: Any) -> int:
    """Ask for a report of each of these awards by a day; gives how many were asked for, those apart that owe one."""
    made = 0
    with audited(by=by, why="reports asked for"):
        for award in awards:
            try:
                report_plan(award=award, due_on=due_on, by=by)
            except Refused:
                continue
            made += 1
    return made


def report_submit(*, report: MonitoringReport, by: Any, at: datetime | None = None) -> MonitoringReport:
    """Send a report. Raises Refused where it does not say what was done."""

    def write(row: MonitoringReport) -> None:
        if not row.progress.strip():
            raise Refused(_("The report does not say what was done."))
        row.submitted_at = at or timezone.now()

    with audited(by=by, why="report sent"):
        done = advance(report, "submit", by=by, also=write)
        emails.tell_managers(done.award, "fund.report_sent", url=done)
    return done


def report_move(*, report: MonitoringReport, event: str, why: str, by: Any) -> MonitoringReport:
    """Accept a report, or return it for changes with the reason."""
    with audited(by=by, why=why or event):
        done = advance(report, event, by=by, why=why)
        if event == "send_back":
            emails.tell_council(done.award, "fund.report_returned", why=why, url=done)
    return done


def due_reminders(today: date) -> Iterator[tuple[MonitoringReport, int]]:
    """The reports of which a reminder is due, with which: the last that the calendar has reached, once."""
    soonest = today - timedelta(days=min(REMINDERS))
    reports = MonitoringReport.objects.filter(status__in=sorted(REPORT_OPEN), due_on__lte=soonest)
    for report in reports.select_related("award__bid__round", "award__bid__lead").prefetch_related("reminders"):
        reached = [days for days in REMINDERS if report.due_on + timedelta(days=days) <= today]
        if reached and reached[-1] not in {one.days for one in report.reminders.all()}:
            yield report, reached[-1]


def report_remind(*, report: MonitoringReport, days: int, at: datetime | None = None) -> None:
    """Remind the lead's officers, once for each day of the plan."""
    with audited(by=None, why="reminder of a report"):
        report = report.lock()
        if report.is_open and not report.reminders.filter(days=days).exists():
            ReportReminder.objects.create(report=report, days=days, sent_at=at or timezone.now())
            emails.remind(report, late=days > 0)


def return_send(*, quarter: Quarter, demonstration: bool, by: Any, at: datetime | None = None) -> QuarterlyReturn:
    """Keep the return of a quarter as it is sent to Welsh Government."""
    with audited(by=by, why="quarterly return sent"):
        content = rows_of(quarter, demonstration=demonstration)
        return QuarterlyReturn.objects.create(
            year=quarter.year,
            quarter=quarter.number,
            is_demo=demonstration,
            content=content,
            sha256=digest({"rows": content}),
            by=by,
            sent_at=at or timezone.now(),
        )
