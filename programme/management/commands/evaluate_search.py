"""manage.py evaluate_search FILE"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programme.search.evaluation import BadFile, evaluate


class Command(BaseCommand):
    help = "Measures how well texts are found in a labelled file (YAML), and prints one JSON object."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="documents: [{id, language, title, text}], queries: [{q, language, expect: [ids]}]"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(json.dumps(evaluate(options["file"]), ensure_ascii=False))
        except BadFile as fault:
            raise CommandError(str(fault)) from fault
