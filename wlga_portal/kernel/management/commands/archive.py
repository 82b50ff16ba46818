"""For operators: keep what is written between two backups, all the time."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wlga_portal.kernel.backups import archive


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C, then makes one last pass; outlives a restart of the database."""

    help = "Keep the database's log and the changed files in the encrypted archive, so that any moment can be restored."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=float, default=archive.EVERY_SECONDS, help="seconds between two passes (default 30)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < options["every"] <= 300:
            raise CommandError("A pass is made every 300 seconds at least: no more than five minutes may be lost.")
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        archive.run(stop.wait, options["every"])
