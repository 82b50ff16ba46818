"""What moved from one version of a framework to the next."""

from dataclasses import dataclass, field
from typing import Any

from ..models import Proficiency
from .document import Document, Pair, SkillText


@dataclass(frozen=True, slots=True)
class Asked:
    """A level of a role asks for a skill at another level than before; None: it did not, or does not."""

    role: str
    step: str
    skill: str
    role_title: Pair
    step_title: Pair
    skill_title: Pair
    before: int | None
    after: int | None

    @property
    def before_label(self) -> Any:
        return Proficiency(self.before).label if self.before else ""

    @property
    def after_label(self) -> Any:
        return Proficiency(self.after).label if self.after else ""


@dataclass(slots=True)
class Changes:
    """What came and went (titles by keys), what has another name or other words, and what roles now ask for."""

    roles_new: dict[str, Pair] = field(default_factory=dict)
    roles_gone: dict[str, Pair] = field(default_factory=dict)
    roles_renamed: list[tuple[Pair, Pair]] = field(default_factory=list)
    steps_new: list[tuple[Pair, Pair]] = field(default_factory=list)
    steps_gone: list[tuple[Pair, Pair]] = field(default_factory=list)
    skills_new: dict[str, Pair] = field(default_factory=dict)
    skills_gone: dict[str, Pair] = field(default_factory=dict)
    skills_renamed: list[tuple[Pair, Pair]] = field(default_factory=list)
    skills_reworded: list[Pair] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)

    def asked_of(self, role: str, step: str) -> list[Asked]:
        """What moved for one level of one role, by their keys."""
        return [one for one in self.asked if (one.role, one.step) == (role, step)]


def changes_between(before: Document, after: Document) -> Changes:
    """Compared by the lasting keys of roles and skills, and by the keys of a role's levels."""
    changes = Changes()
    for key, role in after.roles.items():
        if key not in before.roles:
            changes.roles_new[key] = role.title
            continue
        earlier = before.roles[key]
        if earlier.title != role.title:
            changes.roles_renamed.append((earlier.title, role.title))
        changes.steps_new += [
            (role.title, step.title) for name, step in role.steps.items() if name not in earlier.steps
        ]
        changes.steps_gone += [
            (role.title, step.title) for name, step in earlier.steps.items() if name not in role.steps
        ]
    changes.roles_gone = {key: role.title for key, role in before.roles.items() if key not in after.roles}
    compare_skills(before, after, changes)
    compare_asked(before, after, changes)
    return changes


def compare_skills(before: Document, after: Document, changes: Changes) -> None:
    for key, skill in after.skills.items():
        earlier = before.skills.get(key)
        if earlier is None:
            changes.skills_new[key] = skill.title
        elif earlier.title != skill.title:
            changes.skills_renamed.append((earlier.title, skill.title))
        elif words(earlier) != words(skill):
            changes.skills_reworded.append(skill.title)
    changes.skills_gone = {key: skill.title for key, skill in before.skills.items() if key not in after.skills}


def words(skill: SkillText) -> tuple[Pair, list[tuple[int, Pair]]]:
    return skill.description, sorted(skill.levels.items())


def compare_asked(before: Document, after: Document, changes: Changes) -> None:
    """Of the levels that both versions have."""
    for role_key, role in after.roles.items():
        for step_key, step in role.steps.items():
            earlier_role = before.roles.get(role_key)
            earlier = earlier_role.steps.get(step_key) if earlier_role else None
            if earlier is None:
                continue
            for skill in sorted({*earlier.skills, *step.skills}):
                was, now = earlier.skills.get(skill), step.skills.get(skill)
                if was != now:
                    title = (after.skills.get(skill) or before.skills[skill]).title
                    changes.asked.append(Asked(role_key, step_key, skill, role.title, step.title, title, was, now))
