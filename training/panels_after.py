"""What follows a session, on the pages of its booking, itself and its course: the certificate and the feedback."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wlga_portal.kernel.panels import Panel, panel

from . import rules
from .models import Booking, Certificate, Course, Feedback, FeedbackGiven, Session
from .models.feedback import GROUP
from .states import SessionStatus
from .views.feedback import averages


@panel("training.booking", order=20)
def booking_certificate(request: HttpRequest, booking: Booking) -> Panel | None:
    """The certificate of an attended booking, or the button that asks for it."""
    if not Booking.objects.attended().filter(pk=booking.pk).exists():
        return None
    context = {
        "booking": booking,
        "certificate": Certificate.objects.live().filter(booking=booking).first(),
        "may_issue": rules.certificate_issue(request.user, booking),
    }
    return Panel(_("Certificate"), "training/certificate_panel.html", context)


@panel("training.booking", order=30)
def booking_feedback(request: HttpRequest, booking: Booking) -> Panel | None:
    """One's own answer about the session."""
    if not rules.feedback_give(request.user, booking) or not Booking.objects.attended().filter(pk=booking.pk).exists():
        return None
    given = FeedbackGiven.objects.filter(booking=booking).exists()
    context = {"booking": booking, "given": given, "group": GROUP}
    return Panel(_("Feedback"), "training/feedback_panel.html", context)


@panel("training.session", order=30)
def session_feedback(request: HttpRequest, session: Session) -> Panel | None:
    """For those who give the session: what was said of it."""
    user: Any = request.user
    held = session.status in {SessionStatus.HELD, SessionStatus.CLOSED}
    if not held or not user.is_authenticated or not rules.register_keep(user, session):
        return None
    number, marks = averages(Feedback.objects.filter(session=session))
    url = reverse("training:feedback_page", kwargs={"pk": session.pk})
    context = {"number": number, "marks": marks, "group": GROUP, "url": url}
    return Panel(_("Feedback"), "training/feedback_marks.html", context)


@panel("training.course", order=40)
def course_feedback(request: HttpRequest, course: Course) -> Panel | None:
    """For everybody: what was said of the course's sessions, once there is a group of answers."""
    number, marks = averages(Feedback.objects.filter(session__course=course))
    if not number:
        return None
    context = {"number": number, "marks": marks, "group": GROUP}
    return Panel(_("What people thought"), "training/feedback_marks.html", context)
