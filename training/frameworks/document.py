"""One version of a framework as a document: what a file says, and what the database says, in the same form.

Families, roles, levels and skills stand under their keys, in the order of the file. A key is the slug of the English
title; of a stored version it is the key of the lasting skill or role, so that a renamed one keeps it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.text import slugify

from wlga_portal.kernel.bilingual import Text

from ..models import FrameworkVersion, RoleEntry, RoleLevel, SkillEntry


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in both languages; one from outside may lack the Welsh."""

    en: str = ""
    cy: str = ""

    @property
    def key(self) -> str:
        return slugify(self.en)[:120]

    @property
    def whole(self) -> bool:
        return bool(self.en and self.cy)

    @property
    def text(self) -> Text:
        """For a page: in its language, or marked as in the other."""
        return Text(self.en, self.cy)

    def __str__(self) -> str:
        return str(self.text)


@dataclass(slots=True)
class SkillText:
    """A skill, and what somebody at each level (1 to 4) of it can do."""

    title: Pair
    description: Pair = Pair()
    levels: dict[int, Pair] = field(default_factory=dict)


@dataclass(slots=True)
class Step:
    """A level of a role, and the skills that it asks for: their keys, with their levels."""

    title: Pair
    description: Pair = Pair()
    skills: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class RoleText:
    title: Pair
    description: Pair = Pair()
    kind: Pair = Pair()
    steps: dict[str, Step] = field(default_factory=dict)


@dataclass(slots=True)
class FamilyText:
    title: Pair
    roles: dict[str, RoleText] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """All that one version says."""

    families: dict[str, FamilyText] = field(default_factory=dict)
    skills: dict[str, SkillText] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the content, by titles and without keys; the order of families, roles and levels counts."""
        titles = {key: skill.title.en for key, skill in self.skills.items()}
        skills = {
            skill.title.en: [skill.title, skill.description, dict(sorted(skill.levels.items()))]
            for skill in self.skills.values()
        }
        families = [
            [
                family.title,
                [
                    [
                        role.title,
                        role.description,
                        role.kind,
                        [step_content(step, titles) for step in role.steps.values()],
                    ]
                    for role in family.roles.values()
                ],
            ]
            for family in self.families.values()
        ]
        content = json.dumps([families, dict(sorted(skills.items()))], default=asdict, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def roles(self) -> dict[str, RoleText]:
        return {key: role for family in self.families.values() for key, role in family.roles.items()}

    def texts(self) -> Iterator[Pair]:
        """Every text that a reader meets, but the role types."""
        for family in self.families.values():
            yield family.title
        for role in self.roles.values():
            yield from (role.title, role.description)
            for step in role.steps.values():
                yield from (step.title, step.description)
        for skill in self.skills.values():
            yield from (skill.title, skill.description, *skill.levels.values())

    @property
    def in_both(self) -> bool:
        """Whether every text stands in both languages."""
        return all(text.whole for text in self.texts())


def step_content(step: Step, titles: dict[str, str]) -> list[Any]:
    """A level of a role for the fingerprint: its skills by their titles."""
    return [step.title, step.description, dict(sorted((titles[key], level) for key, level in step.skills.items()))]


def pair(row: Any, name: str) -> Pair:
    return Pair(getattr(row, f"{name}_en"), getattr(row, f"{name}_cy"))


def document_of(version: FrameworkVersion) -> Document:
    """What the database has of a version, in six queries."""
    document = Document()
    for family in version.families.order_by("position", "pk"):
        document.families[family.key] = FamilyText(pair(family, "title"))
    steps: dict[int, Step] = {}
    entries = RoleEntry.objects.filter(family__version=version).select_related("family", "role")
    roles = {entry.pk: entry for entry in entries.order_by("position", "pk")}
    for entry in roles.values():
        told = RoleText(pair(entry, "title"), pair(entry, "description"), pair(entry, "kind"))
        document.families[entry.family.key].roles[entry.role.key] = told
    for level in RoleLevel.objects.filter(entry__in=roles).order_by("position", "pk"):
        entry = roles[level.entry_id]
        step = Step(pair(level, "title"), pair(level, "description"))
        steps[level.pk] = document.families[entry.family.key].roles[entry.role.key].steps[level.key] = step
    told_skills = SkillEntry.objects.filter(version=version).select_related("skill").order_by("title_en", "pk")
    for skill in told_skills.prefetch_related("levels", "asked"):
        text = SkillText(pair(skill, "title"), pair(skill, "description"))
        text.levels = {level.level: pair(level, "description") for level in skill.levels.all()}
        document.skills[skill.skill.key] = text
        for asked in skill.asked.all():
            steps[asked.role_level_id].skills[skill.skill.key] = asked.level
    return document
