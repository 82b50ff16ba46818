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


class DoubleStatus(models.TextChoices):
    """Of two learners who may be one person."""

    OPEN = "open", pgettext_lazy("double", "Not reviewed")
    SAME = "same", pgettext_lazy("double", "One person")
    DIFFERENT = "different", pgettext_lazy("double", "Two people")


class ImportStatus(models.TextChoices):
    """Of one file of attendance."""

    READING = "reading", pgettext_lazy("import", "Being checked")
    CHECKED = "checked", pgettext_lazy("import", "Checked, nothing written yet")
    RUNNING = "running", pgettext_lazy("import", "Being put in")
    DONE = "done", pgettext_lazy("import", "In the register")
    SETTLED = "settled", pgettext_lazy("import", "In the register, and closed")
    UNDOING = "undoing", pgettext_lazy("import", "Being undone")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
    DROPPED = "dropped", pgettext_lazy("import", "Thrown away")
    FAILED = "failed", pgettext_lazy("import", "Could not be read")


class PrivacyStatus(models.TextChoices):
    """Of what somebody asked about their own data."""

    ASKED = "asked", pgettext_lazy("privacy", "Asked")
    DONE = "done", pgettext_lazy("privacy", "Done")
    DECLINED = "declined", pgettext_lazy("privacy", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("privacy", "Withdrawn")


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
        # an import that marked it is undone
        Transition(
            "unmark",
            {BookingStatus.ATTENDED, BookingStatus.ABSENT},
            BookingStatus.BOOKED,
            label=_("Take the mark back"),
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

DOUBLE = Workflow(
    "double",
    DoubleStatus,
    [
        Transition(
            "merge", {DoubleStatus.OPEN, DoubleStatus.DIFFERENT}, DoubleStatus.SAME, label=_("They are one person")
        ),
        Transition("part", {DoubleStatus.OPEN}, DoubleStatus.DIFFERENT, label=_("They are two people")),
        Transition(
            "reopen",
            {DoubleStatus.SAME, DoubleStatus.DIFFERENT},
            DoubleStatus.OPEN,
            label=_("Take the decision back"),
            why_required=True,
        ),
    ],
)

IMPORT = Workflow(
    "import",
    ImportStatus,
    [
        Transition("check", {ImportStatus.READING}, ImportStatus.CHECKED, label=_("Record what the check found")),
        Transition(
            "fail",
            {ImportStatus.READING, ImportStatus.RUNNING, ImportStatus.UNDOING},
            ImportStatus.FAILED,
            label=_("Record that it failed"),
        ),
        Transition("start", {ImportStatus.CHECKED}, ImportStatus.RUNNING, label=_("Put the good rows in")),
        Transition("finish", {ImportStatus.RUNNING}, ImportStatus.DONE, label=_("Record that all rows are in")),
        Transition("settle", {ImportStatus.DONE}, ImportStatus.SETTLED, label=_("Close its registers")),
        Transition("undo", {ImportStatus.DONE}, ImportStatus.UNDOING, label=_("Undo the import")),
        Transition("unmade", {ImportStatus.UNDOING}, ImportStatus.UNDONE, label=_("Record that it is undone")),
        Transition(
            "again",
            {ImportStatus.CHECKED, ImportStatus.UNDONE, ImportStatus.FAILED},
            ImportStatus.READING,
            label=_("Check the file again"),
        ),
        Transition(
            "drop",
            {ImportStatus.CHECKED, ImportStatus.UNDONE, ImportStatus.FAILED},
            ImportStatus.DROPPED,
            label=_("Throw the file away"),
        ),
    ],
)

PRIVACY = Workflow(
    "privacy_request",
    PrivacyStatus,
    [
        Transition("answer", {PrivacyStatus.ASKED}, PrivacyStatus.DONE, label=_("Record that it is done")),
        Transition("decline", {PrivacyStatus.ASKED}, PrivacyStatus.DECLINED, label=_("Decline"), why_required=True),
        Transition("withdraw", {PrivacyStatus.ASKED}, PrivacyStatus.WITHDRAWN, label=_("Withdraw the request")),
    ],
)


class MaturityStatus(models.TextChoices):
    """Of one council's assessment of its digital maturity."""

    OPEN = "open", pgettext_lazy("maturity assessment", "Open")
    AGREED = "agreed", pgettext_lazy("maturity assessment", "Agreed")
    DROPPED = "dropped", pgettext_lazy("maturity assessment", "Dropped")


MATURITY = Workflow(
    "maturity",
    MaturityStatus,
    [
        Transition("agree", {MaturityStatus.OPEN}, MaturityStatus.AGREED, label=_("Agree the assessment")),
        Transition(
            "drop", {MaturityStatus.OPEN}, MaturityStatus.DROPPED, label=_("Drop the assessment"), why_required=True
        ),
    ],
)
