"""For operators: what the queue holds, and another try for what failed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from procrastinate import sql
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from wlga_portal.kernel import queue


class Command(BaseCommand):
    """`jobs` tells the state and lists the failed; `jobs --retry 12 15` or `--retry all` lets them run again."""

    help = "Show the background jobs that wait, run or failed; --retry NUMBER… (or all) runs failed ones again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", nargs="+", metavar="NUMBER", default=[], help="numbers of failed jobs, or all")

    def handle(self, *args: Any, retry: list[str], **options: Any) -> None:
        failed = ProcrastinateJob.objects.filter(status="failed").order_by("id")
        if retry:
            self.retry(failed, retry)
            return
        now = queue.state()
        self.stdout.write(
            f"waiting {now.waiting} (the oldest is late by {now.late_seconds} s), running {now.running}, "
            f"failed {now.failed}, workers {now.workers}"
        )
        for job in failed:
            self.stdout.write(f"{job.id}  {job.task_name}  {job.args}  after {job.attempts} tries")

    def retry(self, failed: Any, numbers: list[str]) -> None:
        if numbers != ["all"]:
            if not all(number.isdecimal() for number in numbers):
                raise CommandError("Name jobs by their numbers, or all of them by: --retry all")
            failed = failed.filter(pk__in=numbers)
        chosen = list(failed.values_list("id", flat=True))
        for number in chosen:
            DjangoConnector().execute_query(
                query=sql.queries["retry_job"], job_id=number, retry_at=timezone.now(),
                new_priority=None, new_queue_name=None, new_lock=None,
            )  # fmt: skip
        self.stdout.write(f"{len(chosen)} to be tried again.")
