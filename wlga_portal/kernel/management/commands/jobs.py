"""For operators: what the queue holds, and another try for what failed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from procrastinate.contrib.django.models import ProcrastinateJob

from wlga_portal.kernel import queue


class Command(BaseCommand):
    """`jobs` tells the state and lists the failed; `jobs --retry 12 15` or `--retry all` lets them run again."""

    help = "Show the background jobs that wait, run or failed; --retry NUMBER… (or all) runs failed ones again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", nargs="+", metavar="NUMBER", default=[], help="numbers of failed jobs, or all")
        parser.add_argument("--dry-run", action="store_true", help="with --retry: only say how many would be tried")

    def handle(self, *args: Any, retry: list[str], dry_run: bool = False, **options: Any) -> None:
        failed = ProcrastinateJob.objects.filter(status="failed").order_by("id")
        if retry:
            self.retry(failed, retry, dry_run)
            return
        now = queue.state()
        self.stdout.write(
            f"waiting {now.waiting} (the oldest is late by {now.late_seconds} s), running {now.running}, "
            f"failed {now.failed}, workers {now.workers}"
        )
        for job in failed:
            self.stdout.write(f"{job.id}  {job.task_name}  {job.args}  after {job.attempts} tries")

    def retry(self, failed: Any, words: list[str], dry_run: bool) -> None:
        numbers = None
        if words != ["all"]:
            if not all(word.isdecimal() for word in words):
                raise CommandError("Name jobs by their numbers, or all of them by: --retry all")
            numbers = [int(word) for word in words]
            failed = failed.filter(pk__in=numbers)
        if dry_run:
            self.stdout.write(f"{failed.count()} would be tried again.")
            return
        self.stdout.write(f"{queue.try_again(numbers)} to be tried again.")
