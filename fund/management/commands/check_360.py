"""`manage.py check_360 --schema DIR`: the published awards, and those of the demonstration, against 360Giving's schema.

DIR holds `360-giving-schema.json` and `360-giving-package-schema.json` (of https://standard.threesixtygiving.org/).
Without it only the portal's own checks of the core fields are made, and the command says so.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fund.giving360 import faults, package
from fund.models import Award


class Command(BaseCommand):
    help = "Checks the 360Giving data of the fund."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schema", default="", help="the folder of 360Giving's two schema files")

    def handle(self, *args: Any, **options: Any) -> None:
        data = package(Award.objects.accepted(), address="https://portal.example.org")
        if not data["grants"]:
            raise CommandError("There is no award to check: load the demonstration first (manage.py load_demo).")
        found = faults(data)
        if options["schema"]:
            found += against(data, Path(options["schema"]))
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in {len(data['grants'])} grants.")
        by = "the schema and the core fields" if options["schema"] else "the core fields alone (no --schema was given)"
        self.stdout.write(f"{len(data['grants'])} grants are valid by {by}.")


def against(data: dict[str, Any], folder: Path) -> list[str]:
    """What the schema finds; each fault with its place."""
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # a tool of development
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    files = ("360-giving-schema.json", "360-giving-package-schema.json")
    try:
        grant, whole = (json.loads((folder / name).read_text("utf-8")) for name in files)
    except OSError as error:
        raise CommandError(f"The schema cannot be read: {error}") from error
    for schema in (grant, whole):  # both name draft 2020-12 by an address that the library does not know
        schema.pop("$schema", None)
    # the package names the grant's schema by the address of another patch version
    target = whole["properties"]["grants"]["items"]["$ref"]
    registry: Any = Registry().with_resource(target, DRAFT202012.create_resource(grant))
    checker = Draft202012Validator(whole, registry=registry, format_checker=formats())
    return [f"{'/'.join(str(part) for part in one.path)}: {one.message}" for one in checker.iter_errors(data)]


def formats() -> Any:
    """The formats that the schema names: a day is not a moment (the schema allows either, and asks which)."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())

    @checker.checks("date-time", raises=ValueError)
    def is_moment(value: Any) -> bool:
        return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)

    @checker.checks("uri", raises=ValueError)
    def is_address(value: Any) -> bool:
        return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)

    return checker
