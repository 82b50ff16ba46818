"""The public ids of erased people: listed before a backup is brought back, and erased anew after it."""

import sys
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser

from accounts.actions.erasing import erase_account
from accounts.actions.memberships import close_account
from accounts.models import User
from accounts.models.person import ERASED
from wlga_portal.kernel.rehearsal import RehearsedCommand


class Command(RehearsedCommand):
    """`erase_person > kept.txt` lists them, one a line; `erase_person --again < kept.txt` erases those who are back."""

    help = "Lists the public ids of erased people, or erases those of the standard input again."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--again", action="store_true", help="erase those of the standard input again")

    def change(self, *, again: bool = False, **_options: Any) -> None:
        if not again:
            for user in User.objects.filter(email__endswith=ERASED).order_by("pk"):
                self.stdout.write(str(user.public_id))
            return
        try:
            numbers = [UUID(line.strip()) for line in sys.stdin if line.strip()]
        except ValueError as error:
            raise CommandError("Each line is the public id of a person, as the list gives it.") from error
        for user in User.objects.filter(public_id__in=numbers).exclude(email__endswith=ERASED).order_by("pk"):
            close_account(user, by=None, why="erased before")
            erase_account(user, by=None)
            self.stdout.write(str(user.public_id))
