"""For the mail server: a delivery report on the standard input."""

import sys
from typing import Any

from wlga_portal.kernel.notify.bounces import read_report
from wlga_portal.kernel.rehearsal import RehearsedCommand


class Command(RehearsedCommand):
    """Always exits 0, so that the server does not answer a report with another report."""

    help = "Read a delivery report (DSN) from the standard input and stop mail to addresses that do not exist."

    def change(self, **options: Any) -> None:
        made = read_report(sys.stdin.buffer.read())
        hard = sum(bounce.hard for bounce in made)
        self.stdout.write(
            f"Recorded: {len(made)}, for good: {hard}." if made else "Not a report about our mail: ignored."
        )
