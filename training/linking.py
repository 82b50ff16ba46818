"""The courses of a project, on its page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, roles_of
from projects.linking import LinkKind, Shown, links_screen, unlink_screen
from projects.models import Project
from wlga_portal.kernel.panels import Panel, panel

from .models import Course, CourseProject


def may_link(user: Any) -> bool:
    """The digital team says which courses belong to a project."""
    return roles_of(user).has(Role.TEAM, Role.HEAD_OF_DELIVERY)


def seen(_user: Any) -> Any:
    """Courses are public."""
    return Course.objects.shown()


def choices(user: Any, project: Project) -> Any:
    """Courses, of the demonstration only for its own projects."""
    return seen(user).filter(is_demo=project.is_demo).by_title()


COURSES = LinkKind(
    app="training",
    noun="course",
    model=CourseProject,
    column="course",
    heading=_("Courses"),
    choose=_("Course"),
    link=_("Link a course"),
    seen=seen,
    choices=choices,
    label=lambda course: str(course.title),
    show=lambda course: Shown(course.title, course.get_absolute_url()),
    may=may_link,
)
course_links, course_unlink = links_screen(COURSES), unlink_screen(COURSES)


@panel("projects.project", order=20)
def courses_of_project(request: HttpRequest, project: Project) -> Panel | None:
    return COURSES.panel(request, project)
