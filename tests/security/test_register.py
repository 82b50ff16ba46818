"""The register of ASVS 5.0: each requirement of levels 1 and 2 once, each test and page that it names is there."""

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR, "docs/security")
STATES = {"test", "document", "not applicable", "open"}
# how many requirements each chapter has at levels 1 and 2
CHAPTERS = {
    "V1": 27, "V2": 11, "V3": 19, "V4": 10, "V5": 9, "V6": 35, "V7": 18, "V8": 7, "V9": 7, "V10": 29, "V11":
    14, "V12": 9, "V13": 13, "V14": 9, "V15": 13, "V16": 16, "V17": 7,
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    with (FOLDER / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse(Path(settings.BASE_DIR, path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def is_there(reference: str) -> bool:
    """Whether `tests/…/test_x.py::test_y` is a test of ours."""
    path, _colons, name = reference.partition("::")
    return Path(settings.BASE_DIR, path).is_file() and (not name or name in names_in(path))


def heading_is_there(reference: str) -> bool:
    path, _hash, heading = reference.partition("#")
    page = Path(settings.BASE_DIR, path)
    anchors = {
        line.lstrip("# ").lower().replace(" ", "-") for line in page.read_text("utf-8").splitlines() if line[:1] == "#"
    }
    return not heading or heading in anchors


def test_all_253_requirements_of_levels_1_and_2_are_registered_once():
    found = [row["requirement"] for row in rows()]
    assert len(found) == len(set(found)) == 253
    assert Counter(name.split(".")[0] for name in found) == CHAPTERS
    assert {row["level"] for row in rows()} == {"1", "2"}


def test_each_says_by_what_it_is_shown_or_why_it_does_not_apply():
    for row in rows():
        assert row["state"] in STATES, row
        if row["state"] == "test":
            assert is_there(row["shown by"]), row
        elif row["state"] == "document":
            assert heading_is_there(row["shown by"]), row
        else:
            assert len(row["note"]) > 10, row


def test_the_page_says_how_many_are_open_and_no_more_become_so():
    found = Counter(row["state"] for row in rows())
    said = (FOLDER / "asvs.md").read_text("utf-8")
    for state in STATES:
        assert f"| {state} | {found[state]} |" in said, (state, found[state])
    named = set(re.findall(r"V\d+\.\d+\.\d+", said.partition("## Open")[2]))
    assert named == {row["requirement"] for row in rows() if row["state"] == "open"}


def test_every_test_that_the_threat_model_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", (FOLDER / "threat-model.md").read_text("utf-8"))
    assert len(named) >= 12
    assert [one for one in named if not is_there(one)] == []
