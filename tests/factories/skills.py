"""Skills frameworks, what courses teach of them, and people's assessments."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from tests.factories.people import CouncilFactory
from tests.factories.training import CourseFactory, LearnerFactory, officer
from training.models import (
    CourseSkill,
    Framework,
    FrameworkRole,
    FrameworkVersion,
    Learner,
    Origin,
    Proficiency,
    RoleEntry,
    RoleFamily,
    RoleLevel,
    RoleSkill,
    Skill,
    SkillAnswer,
    SkillAssessment,
    SkillEntry,
    SkillLevel,
)
from training.states import FrameworkVersionStatus, SkillAssessmentStatus


class FrameworkFactory(DjangoModelFactory[Framework]):
    class Meta:
        model = Framework

    title_en = factory.Sequence(lambda n: f"Framework {n}")
    title_cy = factory.Sequence(lambda n: f"Fframwaith {n}")
    slug_en = factory.Sequence(lambda n: f"framework-{n}")
    slug_cy = factory.Sequence(lambda n: f"fframwaith-{n}")


class FrameworkVersionFactory(DjangoModelFactory[FrameworkVersion]):
    """A draft, to which rows may be added; `published` publishes it."""

    class Meta:
        model = FrameworkVersion

    framework = factory.SubFactory(FrameworkFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"{n}")
    origin = Origin.OWN
    fingerprint = factory.Sequence(lambda n: f"{n:064x}")


class RoleFamilyFactory(DjangoModelFactory[RoleFamily]):
    class Meta:
        model = RoleFamily

    version = factory.SubFactory(FrameworkVersionFactory)
    key = factory.Sequence(lambda n: f"family-{n}")
    title_en = factory.Sequence(lambda n: f"Family {n}")
    title_cy = factory.Sequence(lambda n: f"Teulu {n}")
    position = 1


class FrameworkRoleFactory(DjangoModelFactory[FrameworkRole]):
    class Meta:
        model = FrameworkRole

    framework = factory.SubFactory(FrameworkFactory)
    key = factory.Sequence(lambda n: f"role-{n}")
    slug_en = factory.Sequence(lambda n: f"role-{n}")
    slug_cy = factory.Sequence(lambda n: f"rol-{n}")


class RoleEntryFactory(DjangoModelFactory[RoleEntry]):
    class Meta:
        model = RoleEntry

    family = factory.SubFactory(RoleFamilyFactory)
    role = factory.LazyAttribute(lambda entry: FrameworkRoleFactory(framework=entry.family.version.framework))
    title_en = factory.Sequence(lambda n: f"Role {n}")
    title_cy = factory.Sequence(lambda n: f"Rôl {n}")
    description_en = "What the role does."
    description_cy = "Beth y mae’r rôl yn ei wneud."
    position = 1


class RoleLevelFactory(DjangoModelFactory[RoleLevel]):
    class Meta:
        model = RoleLevel

    entry = factory.SubFactory(RoleEntryFactory)
    key = factory.Sequence(lambda n: f"level-{n}")
    title_en = factory.Sequence(lambda n: f"Level {n}")
    title_cy = factory.Sequence(lambda n: f"Lefel {n}")
    description_en = "What is done at this level."
    description_cy = "Beth a wneir ar y lefel hon."
    position = 1


class SkillFactory(DjangoModelFactory[Skill]):
    class Meta:
        model = Skill

    framework = factory.SubFactory(FrameworkFactory)
    key = factory.Sequence(lambda n: f"skill-{n}")
    slug_en = factory.Sequence(lambda n: f"skill-{n}")
    slug_cy = factory.Sequence(lambda n: f"sgil-{n}")


class SkillEntryFactory(DjangoModelFactory[SkillEntry]):
    class Meta:
        model = SkillEntry

    version = factory.SubFactory(FrameworkVersionFactory)
    skill = factory.LazyAttribute(lambda entry: SkillFactory(framework=entry.version.framework))
    title_en = factory.Sequence(lambda n: f"Skill {n}")
    title_cy = factory.Sequence(lambda n: f"Sgìl {n}")
    description_en = "What it is."
    description_cy = "Beth ydyw."


class SkillLevelFactory(DjangoModelFactory[SkillLevel]):
    class Meta:
        model = SkillLevel

    entry = factory.SubFactory(SkillEntryFactory)
    level = Proficiency.AWARENESS
    description_en = "You know of it."
    description_cy = "Rydych yn gwybod amdano."


class RoleSkillFactory(DjangoModelFactory[RoleSkill]):
    class Meta:
        model = RoleSkill

    role_level = factory.SubFactory(RoleLevelFactory)
    skill_entry = factory.LazyAttribute(lambda asked: SkillEntryFactory(version=asked.role_level.entry.family.version))
    level = Proficiency.WORKING


class CourseSkillFactory(DjangoModelFactory[CourseSkill]):
    class Meta:
        model = CourseSkill

    course = factory.SubFactory(CourseFactory)
    skill = factory.SubFactory(SkillFactory)
    level = Proficiency.WORKING


class SkillAssessmentFactory(DjangoModelFactory[SkillAssessment]):
    class Meta:
        model = SkillAssessment

    learner = factory.SubFactory(LearnerFactory)
    organisation = factory.SubFactory(CouncilFactory)
    role_level = factory.SubFactory(RoleLevelFactory)


class SkillAnswerFactory(DjangoModelFactory[SkillAnswer]):
    class Meta:
        model = SkillAnswer

    assessment = factory.SubFactory(SkillAssessmentFactory)
    skill_entry = factory.LazyAttribute(
        lambda answer: SkillEntryFactory(version=answer.assessment.role_level.entry.family.version)
    )


def published(version: FrameworkVersion) -> FrameworkVersion:
    """As the database has it after the version was published."""
    FrameworkVersion.objects.filter(pk=version.pk).update(
        status=FrameworkVersionStatus.PUBLISHED, published_at=timezone.now()
    )
    version.refresh_from_db()
    return version


def role_of(*levels: dict[str, int], framework: Framework | None = None, **fields: Any) -> RoleEntry:
    """A role of a published version: each level asks for skills, named by their English title, at these levels."""
    version = FrameworkVersionFactory(framework=framework or FrameworkFactory())
    entry = RoleEntryFactory(family__version=version, **fields)
    skills: dict[str, SkillEntry] = {}
    for position, asked in enumerate(levels, start=1):
        step = RoleLevelFactory(entry=entry, position=position)
        for title, level in asked.items():
            if title not in skills:
                skill = Skill.objects.filter(framework=version.framework, key=title.lower()).first()
                skill = skill or SkillFactory(framework=version.framework, key=title.lower())
                skills[title] = SkillEntryFactory(version=version, title_en=title, title_cy=title, skill=skill)
                for one in Proficiency:
                    SkillLevelFactory(entry=skills[title], level=one)
            RoleSkillFactory(role_level=step, skill_entry=skills[title], level=level)
    published(version)
    return entry


def learner_with_account(**fields: Any) -> Learner:
    return LearnerFactory(user=officer(fields.pop("council", None)), name="", **fields)


def assessed(
    levels: dict[str, int | None], *, step: RoleLevel, user: User | None = None, status: str = "draft", **fields: Any
) -> SkillAssessment:
    """An assessment in which the skills of the role's level have these own levels, by their English title."""
    if user is not None:
        fields.setdefault("learner", Learner.objects.filter(user=user).first() or LearnerFactory(user=user, name=""))
        fields.setdefault("organisation_id", next(iter(user.organisation_ids())))
    if status != SkillAssessmentStatus.DRAFT:
        fields.setdefault("shared_at", timezone.now())
        if "manager" not in fields:
            fields["manager"] = officer()
    agreed = status == SkillAssessmentStatus.AGREED
    assessment: SkillAssessment = SkillAssessmentFactory(
        role_level=step, status=SkillAssessmentStatus.SHARED if agreed else status, **fields
    )
    for asked in step.skills.select_related("skill_entry"):
        level = levels.get(asked.skill_entry.title_en)
        SkillAnswerFactory(
            assessment=assessment,
            skill_entry=asked.skill_entry,
            own_level=level,
            agreed_level=level if agreed else None,
        )
    if agreed:
        SkillAssessment.objects.filter(pk=assessment.pk).update(status="agreed", agreed_at=timezone.now())
        assessment.refresh_from_db()
    return assessment
