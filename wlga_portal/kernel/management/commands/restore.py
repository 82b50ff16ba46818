"""For operators: bring a backup back into a new folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wlga_portal.kernel import backups
from wlga_portal.kernel.backups import moment, stored


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
        parser.add_argument(
            "--into-bucket", action="store_true", help="put the files into the bucket of PORTAL_S3_BUCKET as well"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say whether it is whole")

    def say(self, words: str) -> None:
        """How far it is: beside what a script reads of it."""
        self.stderr.write(words, str)

    def handle(self, *args: Any, **options: Any) -> None:
        said = options["to"]
        try:
            if options["into_bucket"]:
                stored.demand_bucket()
            to = moment.moment_of(said) if said not in {"", "latest"} else None
            folder = moment.newest(to) if str(options["backup"]) == "newest" else options["backup"]
            if options["dry_run"]:
                backups.check(folder)
                self.stdout.write("The backup is whole and the key opens it.")
                if options["into_bucket"]:
                    wanted = backups.names(folder)
                    there = {one.name for one in stored.all_stored()} & wanted
                    self.stdout.write(f"Would put {len(wanted - there)} files into the bucket; {len(there)} are there.")
                return
            if said:
                reached = moment.restore_to(folder, options["into"], to)
                self.stdout.write(
                    f"From {folder.name} up to {reached.moment or 'its own end'}; "
                    f"the archive was kept until {reached.kept_until}."
                )
            else:
                backups.restore(folder, options["into"])
            if options["into_bucket"]:
                count = stored.put(options["into"] / "files", self.say)
                self.stdout.write(f"Put into the bucket and read back: {count} files.")
        except backups.BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Start the portal with PORTAL_VAR={options['into']}. Then erase again who was erased since:\n"
            "  manage.py erasures (where it ran before) | manage.py erasures --again (here)"
        )
