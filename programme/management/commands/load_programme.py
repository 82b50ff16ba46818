"""Loads the facts of the programme."""

from typing import Any

from django.db import transaction

from programme.loading import load_programme
from programme.search.keeping import settle
from wlga_portal.kernel.rehearsal import RehearsedCommand


class Command(RehearsedCommand):
    help = "Loads the facts of the programme; loading again changes nothing."

    def change(self, **options: Any) -> None:
        with transaction.atomic():
            load_programme(say=self.stdout.write)
        settle()
        self.stdout.write("The programme is loaded.")
