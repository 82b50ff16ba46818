"""The demonstration of skills: what its courses teach, a framework with three versions, and people's assessments.

Everything is marked, and nothing is made a second time. The people of the heat map have no account and no address.
"""

from copy import deepcopy
from typing import Any

from django.utils import timezone

from organisations.models import Organisation
from wlga_portal.kernel.workflow import advance

from .actions import learner_of
from .frameworks import Document, Pair, store, supplied
from .frameworks.supplied import dated
from .models import (
    Course,
    CourseSkill,
    Framework,
    FrameworkVersion,
    Learner,
    Origin,
    RoleLevel,
    Skill,
    SkillAnswer,
    SkillAssessment,
)

TEACHES = {
    "demo-journeys-and-screens": {"designing-whole-services": 2, "prototyping": 3},
    "demo-content-from-needs": {"content-design": 3, "user-research": 1},
    "demo-what-makes-a-good-service": {"designing-whole-services": 1, "deciding-with-evidence": 1},
    "demo-talking-to-residents": {"user-research": 2, "accessibility-and-inclusion": 1},
    "demo-short-clear-pages": {"content-design": 2, "bilingual-services": 2, "accessibility-and-inclusion": 2},
}
# council, role, its level, how many people, and how far the group has come: from 0 to 4
GROUPS = (
    ("torfaen", "council-officer", "officer", 9, 2),
    ("torfaen", "content-designer", "content-designer", 6, 3),
    ("torfaen", "data-analyst", "data-analyst", 3, 1),
    ("torfaen", "service-owner", "service-manager", 5, 0),
    ("cardiff", "council-officer", "officer", 12, 3),
    ("cardiff", "content-designer", "associate-content-designer", 7, 1),
    ("cardiff", "data-analyst", "senior-data-analyst", 8, 4),
    ("cardiff", "software-developer", "developer", 5, 2),
    ("conwy", "council-officer", "officer", 6, 1),
    ("conwy", "software-developer", "developer", 6, 0),
    ("powys", "service-owner", "service-manager", 7, 1),
    ("powys", "data-analyst", "data-analyst", 6, 2),
)
# person, manager, status, role, its level
PEOPLE = (
    ("officer-torfaen", "lead-torfaen", "agreed", "content-designer", "associate-content-designer"),
    ("officer-cardiff", "lead-cardiff", "shared", "service-owner", "service-manager"),
    ("lead-torfaen", "", "draft", "digital-lead", "digital-lead"),
    ("finance-torfaen", "", "answered", "council-officer", "officer"),
)


def load_skills(people: dict[str, Any]) -> None:
    """Called within `audited`, after the courses; `people` are the demonstration people by slug."""
    framework = Framework.objects.get(slug_en="local-government")
    for slug, levels in TEACHES.items():
        course = Course.objects.get(slug_en=slug)
        for key, level in levels.items():
            skill = Skill.objects.get(framework=framework, key=key)
            CourseSkill.objects.update_or_create(course=course, skill=skill, defaults={"level": level})
    load_framework()
    if not SkillAssessment.objects.filter(is_demo=True).exists():
        load_assessments(framework, people)


def load_framework() -> None:
    """A small framework with two published versions and a draft, to show what moves."""
    framework, is_new = Framework.objects.get_or_create(
        slug_en="demonstration-framework",
        defaults={
            "slug_cy": "fframwaith-enghreifftiol",
            "title_en": "Demonstration framework",
            "title_cy": "Fframwaith enghreifftiol",
            "summary_en": "A small framework that shows how versions follow each other.",
            "summary_cy": "Fframwaith bach sy’n dangos sut mae fersiynau’n dilyn ei gilydd.",
            "is_demo": True,
        },
    )
    if not is_new:
        return
    first = Document()
    whole = supplied()
    key = next(iter(whole.families))
    first.families = {key: deepcopy(whole.families[key])}
    asked = {skill for role in first.roles.values() for step in role.steps.values() for skill in step.skills}
    first.skills = {name: whole.skills[name] for name in whole.skills if name in asked}
    second = deepcopy(first)
    officer = second.roles["council-officer"].steps["officer"]
    officer.skills |= {"cyber-security": 2, "deciding-with-evidence": 1}
    officer.skills.pop("leading-change")
    third = deepcopy(second)
    security = third.skills["cyber-security"]
    security.title = Pair("Staying safe online", "Cadw’n ddiogel ar-lein")
    for name, document in (("1", first), ("2", second), ("3", third)):
        version = store(document, framework=framework, name=name, origin=Origin.OWN)
        if document is not third:
            advance(version, "publish", by=None, also=dated)


def load_assessments(framework: Framework, people: dict[str, Any]) -> None:
    steps = RoleLevel.objects.filter(entry__family__version__in=FrameworkVersion.objects.current())
    steps = steps.filter(entry__family__version__framework=framework)
    by_keys = {(step.entry.role.key, step.key): step for step in steps.select_related("entry__role")}
    number = 0
    for slug, role, level, size, far in GROUPS:
        council = Organisation.objects.get(slug_en=slug)
        for place in range(size):
            number += 1
            learner = Learner.objects.create(name=f"Enghraifft {number}", language="cy", is_demo=True)
            assessment = begin(learner, council, by_keys[role, level], people["team"])
            answer(assessment, "agreed", far, place)
    for slug, manager, status, role, level in PEOPLE:
        user = people[slug]
        learner = learner_of(user)
        council = Organisation.objects.get(pk=next(iter(user.organisation_ids())))
        answer(begin(learner, council, by_keys[role, level], people.get(manager)), status, 0, 0)


def begin(learner: Learner, council: Organisation, step: RoleLevel, manager: Any) -> SkillAssessment:
    """With a manager it is shared, else a draft."""
    return SkillAssessment.objects.create(
        learner=learner,
        organisation=council,
        role_level=step,
        status="draft" if manager is None else "shared",
        manager=manager,
        shared_at=None if manager is None else timezone.now(),
        is_demo=True,
    )


def answer(assessment: SkillAssessment, status: str, far: int, place: int) -> None:
    """Some skills stand a level below what is asked, fewer where the group has come far. A draft is empty."""
    for number, asked in enumerate(assessment.role_level.skills.order_by("pk")):
        short = (place + 2 * number) % 5 >= (far + number) % 4 + 1
        level = asked.level - 1 if short else min(4, asked.level + number % 2)
        SkillAnswer.objects.create(
            assessment=assessment,
            skill_entry_id=asked.skill_entry_id,
            own_level=None if status == "draft" else level,
            agreed_level=level if status == "agreed" else None,
        )
    if status == "agreed":
        assessment.status, assessment.agreed_at = status, timezone.now()
        assessment.save(update_fields=["status", "agreed_at"])
