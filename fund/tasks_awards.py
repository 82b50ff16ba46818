"""What the clock does after an award: reminds of reports."""

from django.utils import timezone

from wlga_portal.kernel.queue import task

from .actions.reports import due_reminders, report_remind


@task(every="30 4 * * *")
def remind_of_reports(*, timestamp: int) -> None:
    """Those that are due today, each in a transaction of its own, before the digest of the morning is made."""
    for report, days in due_reminders(timezone.localdate()):
        report_remind(report=report, days=days)
