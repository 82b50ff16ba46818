"""The portal's own copy of the facts of the programme, and the order in which they are loaded."""

import csv
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import LANGUAGES

from .models import TeamStatement

FACTS = Path(__file__).resolve().parent / "facts"
AREAS = ("organisations", "projects", "training", "fund", "board")


def silent(_line: str) -> None:
    """Nobody asks how far it is."""


def read_facts() -> dict[str, Any]:
    """Every file of `facts/` by its stem: YAML as it is, CSV as a list of rows."""
    facts: dict[str, Any] = {}
    for path in sorted(FACTS.iterdir()):
        if path.suffix == ".yaml":
            facts[path.stem] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as handle:
                facts[path.stem] = list(csv.DictReader(handle))
    return facts


def load_programme(say: Callable[[str], object] = silent) -> None:
    """Load the real programme, area by area; loading again changes nothing."""
    facts = read_facts()
    for area in AREAS:
        say(f"{area} …")
        import_module(f"{area}.loading").load(facts)
    load_team(facts["projects"])


def load_team(known: dict[str, Any]) -> None:
    """What the source says of the team and of its Chief Digital Officer, as of the day of the source."""
    office, post = known["office"], known["office"]["chief_digital_officer"]
    texts = {
        "source": known["source"]["title"],
        "team_note": office["team_size_note"],
        "post": post["title"],
        "set_up_as": post["set_up_as"],
        "confirmed_by": post["confirmed_permanent_by"],
        "funding_before": post["funding_before"],
        "funding_after": post["funding_after"],
        "note": office["note"],
        "open_work": office["working_in_the_open"],
    }
    values = {f"{name}_{language}": text[language].strip() for name, text in texts.items() for language in LANGUAGES}
    values |= {
        "team_size": office["team_size"],
        "recruited_month": post["recruited"],
        "permanent_from": post["permanent_from"],
        "sits_within": Organisation.objects.get(slug_en=post["sits_within"]),
    }
    key = {"dated": known["source"]["date"], "is_demo": False}
    with audited(by=None, why="loaded from the facts of the programme"):
        found = TeamStatement.objects.filter(**key).first()
        if found is None:
            TeamStatement.objects.create(**key, **values)


def load_demo(say: Callable[[str], object] = silent) -> None:
    """Load the marked demonstration rows after the programme."""
    from accounts.demo import load_demo as load_people

    demo = read_facts()["demo"]
    people = load_people(demo)
    for area in AREAS:
        if find_spec(f"{area}.demo"):
            say(f"{area} …")
            import_module(f"{area}.demo").load_demo(demo, people)
    import_module("programme.demo").load_demo()
