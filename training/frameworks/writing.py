"""A framework as CSV in the shape that `reading` reads, with a Welsh column beside each text."""

from collections.abc import Iterator

from ..models import Proficiency
from .document import Document, Pair

HEADER = (
    "Role family",
    "Role",
    "Role description",
    "Role level",
    "Role level description",
    "Skill",
    "Skill description",
    "Skill level",
    "Skill level description",
    "Role type",
)
NO_WELSH = "Skill level"
EMPTY = Pair()


def csv_rows(document: Document) -> Iterator[list[str]]:
    """One line for each skill that a level of a role asks for; then the described levels that none asks for."""
    yield [*HEADER, *(f"{name} (Welsh)" for name in HEADER if name != NO_WELSH)]
    asked: set[tuple[str, int]] = set()
    for family in document.families.values():
        for role in family.roles.values():
            for step in role.steps.values():
                for key, level in step.skills.items():
                    asked.add((key, level))
                    of_role = [family.title, role.title, role.description, step.title, step.description]
                    yield line(document, of_role, key, level, role.kind)
    for key, skill in document.skills.items():
        for level in skill.levels:
            if (key, level) not in asked:
                yield line(document, [EMPTY] * 5, key, level, EMPTY)


def line(document: Document, of_role: list[Pair], key: str, level: int, kind: Pair) -> list[str]:
    skill = document.skills[key]
    described = skill.levels.get(level, EMPTY)
    texts = [*of_role, skill.title, skill.description, described, kind]
    english = [text.en for text in texts]
    english.insert(HEADER.index(NO_WELSH), Proficiency(level).name.lower())
    return [*english, *(text.cy for text in texts)]
