"""For operators: bring a backup back into a new folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wlga_portal.kernel import backups


class Command(BaseCommand):
    """The portal starts on the folder with PORTAL_VAR; nothing that runs now is touched."""

    help = "Unpack a backup into a new folder, which is then a PORTAL_VAR."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="the folder of the backup")
        parser.add_argument("into", type=Path, help="a new or empty folder")
        parser.add_argument("--dry-run", action="store_true", help="only say whether it is whole")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["dry_run"]:
                backups.check(options["backup"])
                self.stdout.write("The backup is whole and the key opens it.")
                return
            backups.restore(options["backup"], options["into"])
        except backups.BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Start the portal with PORTAL_VAR={options['into']}. Then erase again who was erased since:\n"
            "  manage.py erasures (where it ran before) | manage.py erasures --again (here)"
        )
