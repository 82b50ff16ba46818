"""What skills show on a course's page, and which assessments wait for a person."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wlga_portal.kernel.panels import Need, Panel, needs, panel

from . import rules
from .models import Course, CourseSkill, SkillAssessment
from .states import SkillAssessmentStatus


@panel("training.course", order=20)
def course_skills_panel(request: HttpRequest, course: Course) -> Panel | None:
    """Which skills the course teaches, and up to which level."""
    taught = list(CourseSkill.objects.filter(course=course).worded())
    edit_url = reverse("training:course_skills", args=[course.slug]) if rules.course_keep(request.user, course) else ""
    if not taught and not edit_url:
        return None
    context = {"taught": taught, "edit_url": edit_url}
    return Panel(pgettext("course", "Skills taught"), "training/panel_course_skills.html", context)


@needs(where="training_skillassessment WHERE manager_id = %(person)s AND status = 'shared'")
def assessments_to_agree(user: Any) -> Iterator[Need]:
    """For a manager: assessments that people sent."""
    for assessment in SkillAssessment.objects.to_agree(user).with_all().waiting_first():
        text = _("Agree the skills of %(person)s") % {"person": assessment.learner}
        yield Need(text, assessment.get_absolute_url(), assessment.shared_at)


@needs(
    where="training_skillassessment WHERE status = 'draft'"
    " AND learner_id IN (SELECT id FROM training_learner WHERE user_id = %(person)s)"
)
def assessments_to_finish(user: Any) -> Iterator[Need]:
    """One's own draft."""
    for assessment in SkillAssessment.objects.of(user).filter(status=SkillAssessmentStatus.DRAFT).with_all():
        text = _("Finish your skills assessment: %(role)s") % {"role": assessment.role_level.title}
        yield Need(text, assessment.get_absolute_url(), assessment.created_at)
