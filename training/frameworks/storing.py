"""Keeping a document as a version of a framework: a draft, which nobody but the team sees."""

from ..models import (
    Framework,
    FrameworkRole,
    FrameworkVersion,
    RoleEntry,
    RoleFamily,
    RoleLevel,
    RoleSkill,
    Skill,
    SkillEntry,
    SkillLevel,
)
from .document import Document, Pair, RoleText


def both(name: str, text: Pair) -> dict[str, str]:
    return {f"{name}_en": text.en, f"{name}_cy": text.cy}


def store(document: Document, *, framework: Framework, name: str, origin: str, source: str = "") -> FrameworkVersion:
    """The new draft. Called within `audited`, the framework's row locked.

    A role or a skill that the newest published version has under the same English title is the same one; else the
    one with that key; else it is new.
    """
    version = FrameworkVersion.objects.create(
        framework=framework,
        number=FrameworkVersion.objects.next_number(framework),
        name=name,
        origin=origin,
        source=source,
        fingerprint=document.fingerprint,
    )
    skills = store_skills(document, version)
    families = [
        RoleFamily(version=version, key=key, position=place, **both("title", family.title))
        for place, (key, family) in enumerate(document.families.items(), start=1)
    ]
    RoleFamily.objects.bulk_create(families)
    known = roles_by_title(version)
    entries: list[tuple[RoleEntry, RoleText]] = []
    for row, family in zip(families, document.families.values(), strict=True):
        for place, (key, role) in enumerate(family.roles.items(), start=1):
            entry = RoleEntry(
                family=row,
                role=known.get(role.title.en) or role_of(framework, key, role.title),
                position=place,
                **both("title", role.title),
                **both("description", role.description),
                **both("kind", role.kind),
            )
            entries.append((entry, role))
    RoleEntry.objects.bulk_create([entry for entry, _role in entries])
    store_levels(entries, skills)
    return version


def store_skills(document: Document, version: FrameworkVersion) -> dict[str, SkillEntry]:
    """The skills with their described levels; by the key that the document has for each."""
    current = SkillEntry.objects.filter(version__in=FrameworkVersion.objects.current().values("pk"))
    titled = current.filter(version__framework=version.framework).select_related("skill")
    known = {entry.title.en: entry.skill for entry in titled}
    entries = {
        key: SkillEntry(
            version=version,
            skill=known.get(told.title.en) or skill_of(version.framework, key, told.title),
            **both("title", told.title),
            **both("description", told.description),
        )
        for key, told in document.skills.items()
    }
    SkillEntry.objects.bulk_create(entries.values())
    SkillLevel.objects.bulk_create(
        SkillLevel(entry=entries[key], level=level, **both("description", text))
        for key, told in document.skills.items()
        for level, text in sorted(told.levels.items())
    )
    return entries


def store_levels(entries: list[tuple[RoleEntry, RoleText]], skills: dict[str, SkillEntry]) -> None:
    """The levels of the roles, and what each asks for."""
    levels = [
        (
            RoleLevel(
                entry=entry,
                key=key,
                position=place,
                **both("title", step.title),
                **both("description", step.description),
            ),
            step,
        )
        for entry, role in entries
        for place, (key, step) in enumerate(role.steps.items(), start=1)
    ]
    RoleLevel.objects.bulk_create([row for row, _step in levels])
    RoleSkill.objects.bulk_create(
        RoleSkill(role_level=row, skill_entry=skills[key], level=level)
        for row, step in levels
        for key, level in step.skills.items()
    )


def roles_by_title(version: FrameworkVersion) -> dict[str, FrameworkRole]:
    current = FrameworkVersion.objects.current().filter(framework=version.framework_id)
    entries = RoleEntry.objects.filter(family__version__in=current.values("pk")).select_related("role")
    return {entry.title.en: entry.role for entry in entries}


def role_of(framework: Framework, key: str, title: Pair) -> FrameworkRole:
    found = FrameworkRole.objects.filter(framework=framework, key=key).first()
    if found is not None:
        return found
    role = FrameworkRole(framework=framework, key=key)
    role.set_slugs(title.en, title.cy)
    role.save()
    return role


def skill_of(framework: Framework, key: str, title: Pair) -> Skill:
    found = Skill.objects.filter(framework=framework, key=key).first()
    if found is not None:
        return found
    skill = Skill(framework=framework, key=key)
    skill.set_slugs(title.en, title.cy)
    skill.save()
    return skill
