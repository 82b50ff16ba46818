"""What the team plans: courses, and their sessions with trainers."""

from typing import Any

from django import forms

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import save_version

from .. import emails
from ..models import Booking, Course, Session, SessionTrainer
from ..states import SessionStatus
from .offers import move_up

TELLING = {"starts_at", "ends_at", "mode", "place_en", "place_cy", "joining_url", "language"}


def course_create(*, form: forms.ModelForm, by: Any) -> Course:
    """A new course; one that a demonstration person makes is of the demonstration."""
    course: Course = form.instance
    course.set_slugs(form.cleaned_data["title_en"], form.cleaned_data["title_cy"])
    course.is_demo = by.is_demo
    with audited(by=by, why="course created"):
        course.save()
    return course


def session_create(*, form: forms.ModelForm, course: Course, by: Any) -> Session:
    """A new session, planned: nobody sees it before it is opened."""
    session: Session = form.instance
    session.course = course
    with audited(by=by, why="session created"):
        session.save()
        set_trainers(session, form.cleaned_data["trainers"])
    return session


def session_edit(*, form: forms.ModelForm, by: Any) -> Session:
    """Save a session. New places go to the queue; whoever booked is told of a new time or place. Raises Clash."""
    with audited(by=by, why="session changed"):
        before = form.instance.lock()
        session: Session = save_version(form, by=by, why="session changed")
        set_trainers(session, form.cleaned_data["trainers"])
        if session.status == SessionStatus.OPEN:
            if any(getattr(before, name) != getattr(session, name) for name in TELLING):
                for booking in Booking.objects.live().filter(session=session):
                    emails.tell(booking, "training.changed")
            move_up(session)
    return session


def set_trainers(session: Session, trainers: Any) -> None:
    """These give the session, and nobody else."""
    wanted = {user.pk for user in trainers}
    SessionTrainer.objects.filter(session=session).exclude(user_id__in=wanted).delete()
    known = set(session.trainer_links.values_list("user_id", flat=True))
    for user in sorted(wanted - known):
        SessionTrainer.objects.create(session=session, user_id=user)
