"""For operators: every frozen row against its hash."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wlga_portal.kernel import frozen


class Command(BaseCommand):
    """Says how many rows of each kind were read; ends with an error that names each row that is not what it was."""

    help = "Check that every published edition, submitted bid and kept page still has its hash."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(frozen.broken())
        for label, count in frozen.counted().items():
            self.stdout.write(f"{label}: {count}")
        if found:
            raise CommandError("not what their hash says: " + "; ".join(str(one) for one in found))
        self.stdout.write("All frozen rows are as they were.")
