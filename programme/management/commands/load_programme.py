"""Loads the facts of the programme."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from programme.loading import load_programme
from programme.search.keeping import settle


class Command(BaseCommand):
    help = "Loads the facts of the programme; loading again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            load_programme()
        settle()
        self.stdout.write("The programme is loaded.")
