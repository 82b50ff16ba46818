"""When: the statuses of sessions and bookings, and the one table of what moves each."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class SessionStatus(models.TextChoices):
    """Of one session of a course."""

    PLANNED = "planned", pgettext_lazy("session", "Planned")
    OPEN = "open", pgettext_lazy("session", "Open")
    HELD = "held", pgettext_lazy("session", "Held")  # its register is open
    CLOSED = "closed", pgettext_lazy("session", "Closed")  # its register is closed
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


class BookingStatus(models.TextChoices):
    """Of one person's booking of one session."""

    BOOKED = "booked", pgettext_lazy("booking", "Booked")
    REQUESTED = "requested", pgettext_lazy("booking", "Waiting for approval")
    WAITING = "waiting", pgettext_lazy("booking", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("booking", "Place offered")
    ATTENDED = "attended", pgettext_lazy("booking", "Attended")
    ABSENT = "did_not_attend", pgettext_lazy("booking", "Did not attend")
    CANCELLED = "cancelled", pgettext_lazy("booking", "Cancelled")
    LATE = "cancelled_late", pgettext_lazy("booking", "Cancelled late")
    REFUSED = "refused", pgettext_lazy("booking", "Not approved")


# what takes a place of the session: the database counts the same, without those who walked in
TAKING = (BookingStatus.BOOKED, BookingStatus.OFFERED, BookingStatus.ATTENDED, BookingStatus.ABSENT)
# what the register holds
IN_REGISTER = (BookingStatus.BOOKED, BookingStatus.ATTENDED, BookingStatus.ABSENT)
# what may still become attendance, and what never will
LIVE = (BookingStatus.BOOKED, BookingStatus.REQUESTED, BookingStatus.WAITING, BookingStatus.OFFERED)
ENDED = (BookingStatus.CANCELLED, BookingStatus.LATE, BookingStatus.REFUSED)

SESSION = Workflow(
    "session",
    SessionStatus,
    [
        Transition("open", {SessionStatus.PLANNED}, SessionStatus.OPEN, label=_("Open for booking")),
        Transition("hold", {SessionStatus.OPEN}, SessionStatus.HELD, label=_("Start the register")),
        Transition("close", {SessionStatus.HELD}, SessionStatus.CLOSED, label=_("Close the register")),
        Transition(
            "cancel",
            {SessionStatus.PLANNED, SessionStatus.OPEN},
            SessionStatus.CANCELLED,
            label=_("Cancel the session"),
            why_required=True,
        ),
    ],
)

BOOKING = Workflow(
    "booking",
    BookingStatus,
    [
        # whoever is approved joins the queue at the place of their request, and has a free place at once
        Transition("approve", {BookingStatus.REQUESTED}, BookingStatus.WAITING, label=_("Approve the request")),
        Transition(
            "refuse",
            {BookingStatus.REQUESTED},
            BookingStatus.REFUSED,
            label=_("Do not approve the request"),
            why_required=True,
        ),
        Transition("promote", {BookingStatus.WAITING}, BookingStatus.BOOKED, label=_("Give a free place")),
        Transition("offer", {BookingStatus.WAITING}, BookingStatus.OFFERED, label=_("Offer a free place")),
        Transition("accept", {BookingStatus.OFFERED}, BookingStatus.BOOKED, label=_("Take the place")),
        Transition("decline", {BookingStatus.OFFERED}, BookingStatus.CANCELLED, label=_("Decline the place")),
        Transition("expire", {BookingStatus.OFFERED}, BookingStatus.CANCELLED, label=_("End the offer")),
        Transition(
            "cancel",
            {BookingStatus.BOOKED, BookingStatus.WAITING, BookingStatus.REQUESTED},
            BookingStatus.CANCELLED,
            label=_("Cancel the booking"),
        ),
        # after the cut-off: counted, and the place stays empty
        Transition("cancel_late", {BookingStatus.BOOKED}, BookingStatus.LATE, label=_("Cancel the booking late")),
        Transition(
            "attend", {BookingStatus.BOOKED, BookingStatus.ABSENT}, BookingStatus.ATTENDED, label=_("Record as present")
        ),
        Transition(
            "miss", {BookingStatus.BOOKED, BookingStatus.ATTENDED}, BookingStatus.ABSENT, label=_("Record as absent")
        ),
        # somebody who walked in was entered by mistake
        Transition(
            "remove",
            {BookingStatus.ATTENDED, BookingStatus.ABSENT},
            BookingStatus.CANCELLED,
            label=_("Take off the register"),
        ),
        # the session began without a place for them, or was cancelled
        Transition("lapse", LIVE, BookingStatus.CANCELLED, label=_("End the booking")),
    ],
)


class FrameworkVersionStatus(models.TextChoices):
    """Of one version of a skills framework. A published one is frozen."""

    DRAFT = "draft", pgettext_lazy("framework version", "Draft")
    PUBLISHED = "published", pgettext_lazy("framework version", "Published")


class SkillAssessmentStatus(models.TextChoices):
    """Of one person's assessment of their own skills. An agreed one is frozen."""

    DRAFT = "draft", pgettext_lazy("skills assessment", "Draft")
    SHARED = "shared", pgettext_lazy("skills assessment", "With the manager")
    AGREED = "agreed", pgettext_lazy("skills assessment", "Agreed")


FRAMEWORK_VERSION = Workflow(
    "framework_version",
    FrameworkVersionStatus,
    [
        Transition(
            "publish",
            {FrameworkVersionStatus.DRAFT},
            FrameworkVersionStatus.PUBLISHED,
            label=pgettext_lazy("framework version", "Publish"),
        )
    ],
)

SKILL_ASSESSMENT = Workflow(
    "skill_assessment",
    SkillAssessmentStatus,
    [
        Transition(
            "share", {SkillAssessmentStatus.DRAFT}, SkillAssessmentStatus.SHARED, label=_("Send it to your manager")
        ),
        Transition("withdraw", {SkillAssessmentStatus.SHARED}, SkillAssessmentStatus.DRAFT, label=_("Take it back")),
        Transition(
            "return",
            {SkillAssessmentStatus.SHARED},
            SkillAssessmentStatus.DRAFT,
            label=_("Give it back"),
            why_required=True,
        ),
        Transition("agree", {SkillAssessmentStatus.SHARED}, SkillAssessmentStatus.AGREED, label=_("Agree the levels")),
    ],
)
