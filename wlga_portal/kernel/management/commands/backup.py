"""For operators: make a backup, list those that there are, delete those that have run out."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wlga_portal.kernel import backups
from wlga_portal.kernel.backups import archive, stored


class Command(BaseCommand):
    """Run it each night. A backup that failed leaves nothing behind, and none is deleted then."""

    help = "Make an encrypted backup of the database and the files, and delete the backups that have run out."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=settings.BACKUP_DAYS, help="for how many days it is kept")
        parser.add_argument("--list", action="store_true", help="only say which there are and when each runs out")
        parser.add_argument("--dry-run", action="store_true", help="write and delete nothing; say what would be")

    def say(self, words: str) -> None:
        """How far it is: beside what a script reads of it."""
        self.stderr.write(words, str)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError("A backup is kept for one day at least.")
        try:
            if options["list"]:
                for folder, manifest in backups.made():
                    self.stdout.write(f"{folder.name}  runs out {manifest.runs_out[:16]}")
                return
            if options["dry_run"]:
                backups.key()
                found = stored.all_stored()
                size = sum(one.size for one in found)
                self.stdout.write(
                    f"Would write a backup into {settings.BACKUPS_DIR}, kept for {options['days']} days,"
                    f" with {len(found)} files of {size} bytes."
                )
            else:
                self.stdout.write(f"Written: {backups.make(options['days'], self.say)}")
            for folder in backups.prune(dry_run=options["dry_run"]):
                self.stdout.write(f"{'Would delete' if options['dry_run'] else 'Deleted'}: {folder.name}")
            if not options["dry_run"] and (count := archive.prune()):
                self.stdout.write(f"Deleted: {count} files of the archive that no backup needs.")
        except backups.BackupProblem as problem:
            raise CommandError(str(problem)) from problem
