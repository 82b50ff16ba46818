"""Reading a framework from CSV in the shape in which the UK government publishes its own.

Ten columns: role family, role, role description, role level, level description, skill, skill description, skill
level, level description, role type. Both level descriptions may have that one name: the first is the role's, the
second the skill's. Each text may have a second column of the same name with “(Welsh)”. A line without a role
describes a level of a skill that no role asks for. Lines are counted as a spreadsheet does: the header is line 1.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..models import Proficiency
from .document import Document, FamilyText, Pair, RoleText, SkillText, Step

COLUMNS = (
    "role family",
    "role",
    "role description",
    "role level",
    "role level description",
    "skill",
    "skill description",
    "skill level",
    "skill level description",
    "role type",
)
NEEDED = tuple(name for name in COLUMNS if name != "role type")
TITLES = ("role family", "role", "role level", "skill")
ROLE = ("role family", "role", "role level")
LEVELS = {
    **{level.name.lower(): level.value for level in Proficiency},
    "ymwybyddiaeth": 1,
    "gweithio": 2,
    "ymarferydd": 3,
    "arbenigwr": 4,
}
LONGEST_TITLE = 160
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line; line 0 is the file as a whole."""

    line: int
    sentence: str


@dataclass(slots=True)
class Reader:
    """Puts a document together, line by line, and notes what does not fit."""

    document: Document
    faults: list[Fault]

    def fault(self, line: int, sentence: str) -> None:
        self.faults.append(Fault(line, sentence))

    def line(self, number: int, cells: dict[str, Pair]) -> None:
        """One line; nothing of a wrong one is taken."""
        given = [name for name in ROLE if cells[name].en]
        missing = [name for name in (*(ROLE if given else ()), "skill", "skill level") if not cells[name].en]
        for name in missing:
            self.fault(number, _("“%(column)s” is empty.") % {"column": name})
        for name in TITLES:
            if len(cells[name].en) > LONGEST_TITLE or len(cells[name].cy) > LONGEST_TITLE:
                values = {"column": name, "limit": LONGEST_TITLE}
                self.fault(number, _("“%(column)s” is longer than %(limit)d characters.") % values)
                missing.append(name)
        level = LEVELS.get(cells["skill level"].en.lower())
        if cells["skill level"].en and level is None:
            sentence = _("“%(word)s” is no level of a skill: write awareness, working, practitioner or expert.")
            self.fault(number, sentence % {"word": cells["skill level"].en[:60]})
        if missing or level is None:
            return
        key = self.skill(number, cells, level)
        if given:
            self.asked(number, cells, key, level)

    def skill(self, number: int, cells: dict[str, Pair], level: int) -> str:
        key = cells["skill"].key
        skill = self.document.skills.setdefault(key, SkillText(cells["skill"]))
        skill.title = self.same(number, skill.title, cells["skill"])
        skill.description = self.same(number, skill.description, cells["skill description"])
        skill.levels[level] = self.same(number, skill.levels.get(level, Pair()), cells["skill level description"])
        return key

    def asked(self, number: int, cells: dict[str, Pair], skill: str, level: int) -> None:
        family_key, role_key, step_key = (cells[name].key for name in ROLE)
        family = self.document.families.setdefault(family_key, FamilyText(cells["role family"]))
        family.title = self.same(number, family.title, cells["role family"])
        elsewhere = next((key for key, one in self.document.families.items() if role_key in one.roles), family_key)
        if elsewhere != family_key:
            values = {"role": cells["role"].en, "family": self.document.families[elsewhere].title.en}
            self.fault(number, _("The role “%(role)s” stands in another family too: “%(family)s”.") % values)
            return
        role = family.roles.setdefault(role_key, RoleText(cells["role"]))
        role.title = self.same(number, role.title, cells["role"])
        role.description = self.same(number, role.description, cells["role description"])
        role.kind = self.same(number, role.kind, cells["role type"])
        step = role.steps.setdefault(step_key, Step(cells["role level"]))
        step.title = self.same(number, step.title, cells["role level"])
        step.description = self.same(number, step.description, cells["role level description"])
        if skill in step.skills:
            values = {"step": step.title.en, "skill": cells["skill"].en}
            self.fault(number, _("“%(step)s” asks for the skill “%(skill)s” a second time.") % values)
            return
        step.skills[skill] = level

    def same(self, number: int, before: Pair, now: Pair) -> Pair:
        """A text that is said more than once is said in the same words; an empty one says nothing."""
        for one, other in ((before.en, now.en), (before.cy, now.cy)):
            if one and other and one != other:
                self.fault(number, _("An earlier line has other words here: “%(words)s”.") % {"words": one[:80]})
                return before
        return Pair(before.en or now.en, before.cy or now.cy)


def read_csv(content: bytes) -> tuple[Document, list[Fault]]:
    """What the file says, and what is wrong with it. A file with faults is taken as a whole or not at all."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Document(), [Fault(0, _("The file is not UTF-8 text. Save it as “CSV UTF-8”."))]
    lines = csv.reader(io.StringIO(text, newline=""))
    reader = Reader(Document(), [])
    try:
        places = columns_of(next(lines, []))
        absent = [name for name in NEEDED if (name, "en") not in places]
        if absent:
            listed = ", ".join(absent)
            return reader.document, [Fault(1, _("These columns are missing: %(columns)s.") % {"columns": listed})]
        for number, cells in numbered(lines):
            if number > MOST_LINES:
                reader.fault(number, _("The file has more than %(limit)s lines.") % {"limit": f"{MOST_LINES:,}"})
                break
            reader.line(number, {name: pair_in(cells, places, name) for name in COLUMNS})
    except csv.Error:
        reader.fault(0, _("The file is not CSV that can be read."))
    if not reader.document.families and not reader.faults:
        reader.fault(0, _("The file holds no role."))
    return reader.document, reader.faults


def numbered(lines: Any) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something, with their numbers."""
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells):
            yield number, cells


def columns_of(header: list[str]) -> dict[tuple[str, str], int]:
    """Where each column and language stands: the names in any case, in any order, but the two level descriptions."""
    places: dict[tuple[str, str], int] = {}
    for place, cell in enumerate(header):
        name = re.sub(r"[\s_]+", " ", cell).strip().lower()
        language = "cy" if name.endswith("(welsh)") else "en"
        name = name.removesuffix("(welsh)").strip()
        if name == "level description":
            first = ("role level description", language) not in places
            name = "role level description" if first else "skill level description"
        if name in COLUMNS:
            places.setdefault((name, language), place)
    return places


def pair_in(cells: list[str], places: dict[tuple[str, str], int], name: str) -> Pair:
    def cell(language: str) -> str:
        place = places.get((name, language), len(cells))
        return cells[place].strip().replace("\r\n", "\n") if place < len(cells) else ""

    return Pair(cell("en"), cell("cy"))
