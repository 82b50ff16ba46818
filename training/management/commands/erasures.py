"""The numbers of erased learners: listed before a backup is brought back, and erased anew after it."""

import sys
from typing import Any

from django.core.management.base import CommandParser

from training.actions.privacy import erase
from training.models import Erasure, Learner
from wlga_portal.kernel.rehearsal import RehearsedCommand


class Command(RehearsedCommand):
    """`erasures > kept.txt` lists them, one a line; `erasures --again < kept.txt` erases those who are back."""

    help = "Lists the numbers of erased learners, or erases those of the standard input again."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--again", action="store_true", help="erase those of the standard input again")

    def change(self, *, again: bool = False, **_options: Any) -> None:
        if not again:
            for number in Erasure.objects.order_by("learner").values_list("learner", flat=True):
                self.stdout.write(str(number))
            return
        numbers = [int(line) for line in sys.stdin if line.strip().isdigit()]
        for learner in Learner.objects.filter(pk__in=numbers, erased_at=None).order_by("pk"):
            erase(learner=learner, reason="asked", by=None)
            self.stdout.write(str(learner.pk))
