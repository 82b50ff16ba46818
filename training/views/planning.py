"""What the team plans: courses and sessions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import Clash, clash_page, resolved, save_version
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..forms import CourseForm, ReasonForm, SessionForm
from ..models import Course, Session
from .found import find_course, find_session, posted


def plans_course(user: object, _course: Course) -> bool:
    return rules.plans(user)


def plans_session(user: object, _session: Session) -> bool:
    return rules.plans(user)


@screen(may=rules.plans)
def course_create(request: HttpRequest) -> HttpResponse:
    """A new course."""
    form = CourseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        course = actions.course_create(form=form, by=request.user)
        messages.success(request, _("The course is saved."))
        return redirect(course)
    return page(request, "training/course_edit.html", {"form": form})


@screen(find=find_course, may=plans_course)
def course_edit(request: HttpRequest, course: Course) -> HttpResponse:
    """Change a course."""
    data = resolved(request.POST, course) if request.method == "POST" else None
    form = CourseForm(data, instance=course)
    if data is not None and form.is_valid():
        try:
            course = save_version(form, by=request.user, why="course changed")
        except Clash as clash:
            return clash_page(request, clash, form)
        messages.success(request, _("The course is saved."))
        return redirect(course)
    context = {"form": form, "course": course, "demonstration": course.is_demo}
    return page(request, "training/course_edit.html", context)


@screen(find=find_course, may=plans_course)
def session_create(request: HttpRequest, course: Course) -> HttpResponse:
    """A new session of a course."""
    form = SessionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        session = actions.session_create(form=form, course=course, by=request.user)
        messages.success(request, _("The session is planned. Open it for booking when it is ready."))
        return redirect(session)
    context = {"form": form, "course": course, "demonstration": course.is_demo}
    return page(request, "training/session_edit.html", context)


@screen(find=find_session, may=plans_session)
def session_edit(request: HttpRequest, session: Session) -> HttpResponse:
    """Change a session."""
    data = resolved(request.POST, session) if request.method == "POST" else None
    form = SessionForm(data, instance=session)
    if data is not None and form.is_valid():
        try:
            session = actions.session_edit(form=form, by=request.user)
        except Clash as clash:
            return clash_page(request, clash, form)
        messages.success(request, _("The session is saved."))
        return redirect(session)
    context = {"form": form, "course": session.course, "session": session, "demonstration": session.course.is_demo}
    return page(request, "training/session_edit.html", context)


@screen(find=find_session, may=plans_session, methods=("POST",))
def session_open(request: HttpRequest, session: Session) -> HttpResponse:
    """Open it for booking."""
    try:
        actions.session_open(session=session, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The session is open for booking."))
    return redirect(session)


@screen(find=find_session, may=plans_session)
def session_cancel(request: HttpRequest, session: Session) -> HttpResponse:
    """Cancel it, with a reason for those who booked."""
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.session_cancel(session=session, why=form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The session is cancelled."))
            return redirect(session)
    context = {"form": form, "session": session, "demonstration": session.course.is_demo}
    return page(request, "training/session_cancel.html", context)
