"""What may help with the gaps of an assessment: skills, the courses that teach them, and projects.

What a higher app knows (bids to the fund) comes through the panel `training.maturity_themes`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from projects.models import Project
from wlga_portal.kernel.bilingual import sort_column

from .models import Course, CourseSkill, FrameworkVersion, MaturityAnswer, MaturityTheme, SkillEntry

FRAMEWORK = "local-government"  # the framework whose skills the question sets name
COURSES = 6  # of one theme


@dataclass
class Help:
    """For one theme with gaps: its questions, and what may help."""

    theme: MaturityTheme
    answers: list[MaturityAnswer]
    skills: list[SkillEntry] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)


def help_with(answers: Iterable[MaturityAnswer], user: Any) -> list[Help]:
    """The themes of these answers in their order, each with what may help. The same few queries for any number."""
    themes: dict[int, Help] = {}
    for answer in answers:
        theme = answer.question.theme
        themes.setdefault(theme.pk, Help(theme, [])).answers.append(answer)
    found = sorted(themes.values(), key=lambda one: one.theme.order)
    entries = skills_of(found)
    taught = courses_of(found, entries)
    projects = projects_of(found, user)
    for one in found:
        keys = {key for answer in one.answers for key in answer.question.skills}
        one.skills = [entry for entry in entries if entry.skill.key in keys]
        skills = {entry.skill_id for entry in one.skills}
        one.courses = [
            course for course, ids in taught if ids & skills or (not ids and course.stream.slug_en in one.theme.streams)
        ][:COURSES]
        one.projects = [project for project in projects if project.slug_en in one.theme.projects]
    return found


def skills_of(found: list[Help]) -> list[SkillEntry]:
    """The skills that the questions name, in the words of the newest version of their framework."""
    keys = {key for one in found for answer in one.answers for key in answer.question.skills}
    current = FrameworkVersion.objects.current().filter(framework__slug_en=FRAMEWORK)
    rows = SkillEntry.objects.filter(version__in=current.values("pk"), skill__key__in=keys)
    return list(rows.select_related("skill").order_by(sort_column("title")))


def courses_of(found: list[Help], entries: list[SkillEntry]) -> list[tuple[Course, set[int]]]:
    """Courses that teach one of these skills, or that stand in a stream of the themes, with the skills they teach."""
    skills = [entry.skill_id for entry in entries]
    streams = {slug for one in found for slug in one.theme.streams}
    taught: dict[int, set[int]] = {}
    for course_id, skill_id in CourseSkill.objects.filter(skill__in=skills).values_list("course", "skill"):
        taught.setdefault(course_id, set()).add(skill_id)
    rows = Course.objects.shown().filter(Q(pk__in=taught) | Q(stream__slug_en__in=streams))
    return [(course, taught.get(course.pk, set())) for course in rows.select_related("stream").by_title()]


def projects_of(found: list[Help], user: Any) -> list[Project]:
    slugs = {slug for one in found for slug in one.theme.projects}
    return list(Project.objects.visible_to(user).filter(slug_en__in=slugs).order_by(sort_column("title")))
