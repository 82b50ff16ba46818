"""Loads the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from programme.loading import load_demo
from programme.search.keeping import settle
from wlga_portal.kernel.rehearsal import RehearsedCommand


class Command(RehearsedCommand):
    help = "Loads the marked demonstration rows; only with PORTAL_DEMO=1."

    def change(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demonstration rows are loaded only with PORTAL_DEMO=1.")
        with transaction.atomic():
            load_demo(say=self.stdout.write)
        settle()
        self.stdout.write("The demonstration is loaded.")
