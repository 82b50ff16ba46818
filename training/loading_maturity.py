"""Loads the question sets of the repository. A number that was loaded never changes; a changed file is refused."""

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

import yaml

from wlga_portal.kernel.audit import audited

from .models import MaturityEvidence, MaturityQuestion, MaturitySet, MaturityTheme

FOLDER = Path(__file__).parent / "question_sets"


class Changed(ValueError):
    """A file of a number that was loaded says something else now."""


@functools.cache
def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def digest(data: dict[str, Any]) -> str:
    """Of all that is loaded: everything but the example."""
    kept = {key: value for key, value in data.items() if key != "example"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def load_question_sets(by: Any = None) -> None:
    with audited(by=by, why="loaded from the question sets of the programme"):
        for path in sorted(FOLDER.glob("*.yaml")):
            load_set(read(path))


def load_set(data: dict[str, Any]) -> MaturitySet:
    """The set of this file, made where it is not there yet. Raises Changed."""
    known = MaturitySet.objects.filter(code=data["code"], number=data["number"]).first()
    if known is not None:
        if known.digest != digest(data):
            raise Changed(f"question set {data['code']} {data['number']} was changed: give it the next number")
        return known
    made = MaturitySet(code=data["code"], number=data["number"], published_on=data["published_on"], digest=digest(data))
    write(made, title=data["title"], about=data["about"], changes=data["changes"])
    for order, part in enumerate(data["themes"], start=1):
        load_theme(made, order, part)
    return made


def load_theme(made: MaturitySet, order: int, data: dict[str, Any]) -> None:
    theme = MaturityTheme(
        question_set=made,
        order=order,
        code=data["code"],
        projects=data["projects"],
        streams=data["streams"],
        topics=data["topics"],
    )
    write(theme, title=data["title"], about=data["about"])
    for place, asked in enumerate(data["questions"], start=1):
        question = MaturityQuestion(theme=theme, order=place, code=asked["code"], skills=asked["skills"])
        write(question, text=asked["text"])
        for level, text in enumerate(asked["levels"], start=1):
            write(MaturityEvidence(question=question, level=level), text=text)


def write(row: Any, **texts: dict[str, str]) -> None:
    """Save a row with its texts in both languages."""
    for name, sides in texts.items():
        setattr(row, name, (sides["en"], sides["cy"]))
    row.save()


def example_of(question_set: MaturitySet) -> dict[str, Any] | None:
    """The marked example that comes with a question set, or None."""
    for path in FOLDER.glob("*.yaml"):
        data = read(path)
        if (data["code"], data["number"]) == (question_set.code, question_set.number):
            found: dict[str, Any] | None = data.get("example")
            return found
    return None
