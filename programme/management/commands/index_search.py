"""manage.py index_search"""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from programme.search import keeping
from wlga_portal.kernel.rehearsal import RehearsedCommand


class Command(RehearsedCommand):
    help = "Makes the index of the search anew from all that can be found."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--check", action="store_true", help="change nothing, and say what differs")
        parser.add_argument("--due", action="store_true", help="put only what changed since")

    def change(self, **options: Any) -> None:
        if options["check"]:
            if said := keeping.differences():
                raise CommandError("\n".join(said))
            self.stdout.write("The index says what the rows say.")
        elif options["due"]:
            self.stdout.write(f"{keeping.settle()} rows were put.")
        else:
            self.stdout.write(f"{keeping.rebuild()} texts can be found.")
