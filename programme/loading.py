"""The portal's own copy of the facts of the programme, and the order in which they are loaded."""

import csv
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

FACTS = Path(__file__).resolve().parent / "facts"
AREAS = ("organisations", "projects", "training", "fund", "board")


def read_facts() -> dict[str, Any]:
    """Every file of `facts/` by its stem: YAML as it is, CSV as a list of rows."""
    facts: dict[str, Any] = {}
    for path in sorted(FACTS.iterdir()):
        if path.suffix == ".yaml":
            facts[path.stem] = yaml.safe_load(path.read_text(encoding="utf-8"))
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as handle:
                facts[path.stem] = list(csv.DictReader(handle))
    return facts


def load_programme() -> None:
    """Load the real programme, area by area; loading again changes nothing."""
    facts = read_facts()
    for area in AREAS:
        import_module(f"{area}.loading").load(facts)


def load_demo() -> None:
    """Load the marked demonstration rows after the programme."""
    from accounts.demo import load_demo as load_people

    demo = read_facts()["demo"]
    people = load_people(demo)
    for area in AREAS:
        if find_spec(f"{area}.demo"):
            import_module(f"{area}.demo").load_demo(demo, people)
    import_module("programme.demo").load_demo()
