"""Gaps between what a role asks for and what a person can do, and the courses that close them.

A gap is a skill of the role's level at which the person stands lower than asked. A course helps where it teaches the
skill to a level above the person's; it closes the gap where that level is the one asked for, or higher.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .models import (
    OWN_LEVELS,
    Booking,
    CourseSkill,
    Learner,
    Proficiency,
    RoleEntry,
    RoleSkill,
    Session,
    SkillAnswer,
    SkillAssessment,
    SkillEntry,
)

LABELS = dict(OWN_LEVELS)


@dataclass(slots=True)
class Offer:
    """A course for a skill, its next session that can be booked, and whether the person has been there."""

    taught: CourseSkill
    closes: bool
    session: Session | None = None
    attended: bool = False


@dataclass(slots=True)
class Line:
    """One skill of an assessment: what is asked, what the person says, what was agreed."""

    answer: SkillAnswer
    asked: int
    offers: list[Offer] = field(default_factory=list)

    @property
    def entry(self) -> SkillEntry:
        return self.answer.skill_entry

    @property
    def is_gap(self) -> bool:
        return self.answer.level is not None and self.answer.level < self.asked

    @property
    def asked_label(self) -> Any:
        return LABELS[self.asked]

    @property
    def level_label(self) -> Any:
        return LABELS[self.answer.level] if self.answer.level is not None else None


def lines_of(assessment: SkillAssessment) -> list[Line]:
    """Each skill of an assessment with its courses, in a constant number of queries; the widest gap first."""
    asked = dict(RoleSkill.objects.filter(role_level=assessment.role_level_id).values_list("skill_entry_id", "level"))
    answers = SkillAnswer.objects.filter(assessment=assessment).worded()
    lines = [Line(answer, asked[answer.skill_entry_id]) for answer in answers]
    gaps = {line.entry.skill_id: line for line in lines if line.is_gap}
    taught = list(CourseSkill.objects.shown().filter(skill__in=gaps).by_level()) if gaps else []
    courses = {one.course_id for one in taught}
    coming = next_sessions(courses)
    same = Learner.objects.same_as(assessment.learner)
    attended = set(
        Booking.objects.filter(learner__in=same.values("pk"), session__course__in=courses)
        .attended()
        .values_list("session__course", flat=True)
    )
    for one in taught:
        line = gaps[one.skill_id]
        if one.level > (line.answer.level or 0):
            been = one.course_id in attended
            line.offers.append(Offer(one, one.level >= line.asked, coming.get(one.course_id), been))
    return sorted(lines, key=lambda line: (line.answer.level or 0) - line.asked if line.is_gap else 0)


def next_sessions(courses: Iterable[int]) -> dict[int, Session]:
    """The next session of each course that is open for booking."""
    found: dict[int, Session] = {}
    if courses:
        for session in Session.objects.coming().filter(course__in=list(courses)).with_places():
            found.setdefault(session.course_id, session)
    return found


def next_step(lines: list[Line]) -> Offer | None:
    """What comes next: of the widest gap that a course helps with, the lowest course where the person has not been."""
    return next((offer for line in lines for offer in line.offers if not offer.attended), None)


def next_for(user: Any) -> Offer | None:
    """What comes next in a person's pathway, by their newest assessment."""
    latest = SkillAssessment.objects.of(user).with_all().first() if user.is_authenticated else None
    return next_step(lines_of(latest)) if latest is not None else None


@dataclass(slots=True)
class Climb:
    """A skill on the way from one level of a role to the next: from where, to where, and by which courses."""

    entry: SkillEntry
    before: int
    after: int
    courses: list[CourseSkill]

    @property
    def before_label(self) -> Any:
        return LABELS[self.before]

    @property
    def after_label(self) -> Any:
        return LABELS[self.after]


def pathway_of(entry: RoleEntry) -> list[tuple[Any, list[Climb]]]:
    """For each level of a role: the skills that it asks for above the level before, and the courses that lead there.

    A course leads from `before` to `after` where it teaches to a level above the first. Levels are in their order.
    """
    steps = list(entry.levels.order_by("position").prefetch_related("skills__skill_entry__skill"))
    skills = {asked.skill_entry.skill_id for step in steps for asked in step.skills.all()}
    taught: dict[int, list[CourseSkill]] = defaultdict(list)
    for one in CourseSkill.objects.shown().filter(skill__in=skills).by_level():
        taught[one.skill_id].append(one)
    reached: dict[int, int] = {}
    pathway = []
    for step in steps:
        climbs = []
        for asked in sorted(step.skills.all(), key=lambda one: str(one.skill_entry.title).casefold()):
            skill = asked.skill_entry.skill_id
            before = reached.get(skill, 0)
            if asked.level > before:
                courses = [one for one in taught[skill] if one.level > before]
                climbs.append(Climb(asked.skill_entry, before, asked.level, courses))
                reached[skill] = asked.level
        pathway.append((step, climbs))
    return pathway


def described(entry: SkillEntry) -> list[tuple[Any, Any]]:
    """The four levels of a skill with their descriptions; an empty one where the version has none."""
    texts = {level.level: level.description for level in entry.levels.all()}
    return [(level.label, texts.get(level.value)) for level in Proficiency]
