"""Commands that change data, and can say beforehand what they would do."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction


class RehearsedCommand(BaseCommand):
    """With `--dry-run` all is done in one transaction, told, and taken back. A subclass writes `change`.

    What a dry run takes back includes jobs and messages: nothing is sent.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="do it, say what was done, and take it back")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        if not dry_run:
            self.change(**options)
            return
        with transaction.atomic():
            self.change(**options)
            transaction.set_rollback(True)
        self.stdout.write("Nothing was kept: this was a dry run.")

    def change(self, **options: Any) -> None:
        raise NotImplementedError
