"""manage.py evaluate_similar FILE"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fund.similar.evaluation import BadFile, evaluate, write_means


class Command(BaseCommand):
    help = "Measures how well similar bids are found in a labelled file (YAML), and prints one JSON object."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="statements: [{id, language, title, problem}], same: [[id, id], …]")
        parser.add_argument(
            "--write-means", type=Path, nargs="+", help="first write the means of the languages anew, from these files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["write_means"]:
                write_means(options["write_means"])
            self.stdout.write(json.dumps(evaluate(options["file"])))
        except BadFile as fault:
            raise CommandError(str(fault)) from fault
