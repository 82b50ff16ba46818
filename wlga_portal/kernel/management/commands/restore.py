"""For operators: bring a backup back into a new folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wlga_portal.kernel import backups
from wlga_portal.kernel.backups import moment


class Command(BaseCommand):
    """The portal starts on the folder with PORTAL_VAR; nothing that runs now is touched."""

    help = "Unpack a backup into a new folder, which is then a PORTAL_VAR; with --to as it was at a moment after it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="the folder of the backup, or: newest")
        parser.add_argument("into", type=Path, help="a new or empty folder")
        parser.add_argument(
            "--to", default="", help="a moment (2026-11-23T10:15:00+00:00), or: latest, for all that the archive holds"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say whether it is whole")

    def handle(self, *args: Any, **options: Any) -> None:
        said = options["to"]
        try:
            to = moment.moment_of(said) if said not in {"", "latest"} else None
            folder = moment.newest(to) if str(options["backup"]) == "newest" else options["backup"]
            if options["dry_run"]:
                backups.check(folder)
                self.stdout.write("The backup is whole and the key opens it.")
                return
            if said:
                reached = moment.restore_to(folder, options["into"], to)
                self.stdout.write(
                    f"From {folder.name} up to {reached.moment or 'its own end'}; "
                    f"the archive was kept until {reached.kept_until}."
                )
            else:
                backups.restore(folder, options["into"])
        except backups.BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Start the portal with PORTAL_VAR={options['into']}. Then erase again who was erased since:\n"
            "  manage.py erasures (where it ran before) | manage.py erasures --again (here)"
        )
