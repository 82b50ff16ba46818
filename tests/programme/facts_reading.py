"""How the tests of the facts read them, apart from the portal's own loaders."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FACTS = Path(__file__).resolve().parents[2] / "programme" / "facts"
AREAS = ("organisations", "tilemap", "board", "projects", "fund", "training", "update_2022_10_28", "demo")
REAL_PEOPLE = {
    "Jane Mudd", "Neil Prior", "Chris Weaver", "Gill German", "Clive Griffiths", "Paul Matthews", "Huw Ynyr",
}  # fmt: skip
MONTHS = {
    "Ionawr": "January", "Chwefror": "February", "Mawrth": "March", "Ebrill": "April", "Mai": "May",
    "Mehefin": "June", "Gorffennaf": "July", "Awst": "August", "Medi": "September", "Hydref": "October",
    "Tachwedd": "November", "Rhagfyr": "December",
}  # fmt: skip
# Texts that are the same in both languages, and rightly so: names of people and places, numbers, years.
SAME = {
    "SOLACE", "CDPS", "SRS", "Aneurin Bevan", "Paul Matthews", "Huw Ynyr", "Ceredigion", "Gwynedd", "2021-22",
    "2022-23", "RCT", "BGW", "POW", "solace", "aneurin-bevan",
}  # fmt: skip


def load(area: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FACTS / f"{area}.yaml").read_text(encoding="utf-8"))
    return data


def rows(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def walk(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a file with where it stands."""
    yield path, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from walk(child, f"{path}/{key}")


def pairs(area: str) -> Iterator[tuple[str, str, str]]:
    """Every text of a file: where, the English, the Welsh."""
    for path, node in walk(load(area), area):
        if isinstance(node, dict) and {"en", "cy"} & set(node) and not path.endswith("unit_forms"):
            assert set(node) - {"none"} == {"en", "cy"}, path  # "none": an implication that there is not
            yield path, node["en"], node["cy"]


def numbers(text: str) -> list[str]:
    """The numbers and months of a text, in an order that does not depend on the order of its words."""
    for welsh, english in MONTHS.items():
        text = re.sub(rf"\b{welsh}\b", english, text)
    months = re.findall(rf"(?:\d+ )?(?:{'|'.join(MONTHS.values())})(?: \d{{4}})?", text)
    return sorted(re.findall(r"\d[\d,.-]*\d|\d", text) + months)


def by_slug(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["slug"]["en"]: item for item in items}


COUNCILS = {row["slug_en"] for row in rows("councils.csv")}
BODIES = {body["slug_en"] for body in load("organisations")["organisations"]}
