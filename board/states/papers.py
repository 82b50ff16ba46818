"""When: the statuses of papers and meetings, and what takes one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class PaperStatus(models.TextChoices):
    """Where the words of a paper are. What is published stands in its editions, whatever the words do meanwhile."""

    DRAFT = "draft", pgettext_lazy("status of a paper", "Draft")
    REVIEW = "review", pgettext_lazy("status of a paper", "In review")
    RETURNED = "returned", pgettext_lazy("status of a paper", "Returned")
    CLEARED = "cleared", pgettext_lazy("status of a paper", "Cleared")
    TRANSLATION = "translation", pgettext_lazy("status of a paper", "In translation")
    PUBLISHED = "published", pgettext_lazy("status of a paper", "Published")
    SUPERSEDED = "superseded", pgettext_lazy("status of a paper", "Superseded")


DRAFTING = frozenset({PaperStatus.DRAFT, PaperStatus.RETURNED})
FROZEN = frozenset({PaperStatus.PUBLISHED, PaperStatus.SUPERSEDED})

PAPER = Workflow(
    "paper",
    PaperStatus,
    [
        Transition(
            "submit",
            DRAFTING,
            PaperStatus.REVIEW,
            label=_("Send to review"),
            done=pgettext_lazy("what was done", "Sent to review"),
        ),
        Transition(
            "clear",
            {PaperStatus.REVIEW},
            PaperStatus.CLEARED,
            label=_("Clear the paper"),
            done=pgettext_lazy("what was done", "Paper cleared"),
        ),
        Transition(
            "send_back",
            {PaperStatus.REVIEW},
            PaperStatus.RETURNED,
            label=_("Return to the author"),
            done=pgettext_lazy("what was done", "Returned to the author"),
            why_required=True,
        ),
        Transition(
            "translate",
            {PaperStatus.CLEARED},
            PaperStatus.TRANSLATION,
            label=_("Send to translation"),
            done=pgettext_lazy("what was done", "Sent to translation"),
        ),
        Transition(
            "translated",
            {PaperStatus.TRANSLATION},
            PaperStatus.CLEARED,
            label=_("Translation is finished"),
            done=pgettext_lazy("what was done", "Translation finished"),
        ),
        Transition(
            "reopen",
            {PaperStatus.REVIEW, PaperStatus.CLEARED, PaperStatus.TRANSLATION},
            PaperStatus.DRAFT,
            label=_("Take back to draft"),
            done=pgettext_lazy("what was done", "Taken back to draft"),
            why_required=True,
        ),
        Transition(
            "publish",
            {PaperStatus.CLEARED, PaperStatus.TRANSLATION},
            PaperStatus.PUBLISHED,
            label=_("Publish"),
            done=pgettext_lazy("what was done", "Published"),
        ),
        Transition(
            "approve",
            {*DRAFTING, PaperStatus.REVIEW, PaperStatus.CLEARED, PaperStatus.TRANSLATION},
            PaperStatus.PUBLISHED,
            label=_("Record that the minutes were approved"),
            done=pgettext_lazy("what was done", "Minutes approved"),
        ),
        Transition(
            "correct",
            {PaperStatus.PUBLISHED},
            PaperStatus.DRAFT,
            label=_("Begin a correction"),
            done=pgettext_lazy("what was done", "Correction begun"),
            why_required=True,
        ),
        Transition(
            "abandon",
            DRAFTING,
            PaperStatus.PUBLISHED,
            label=_("Give up the correction"),
            done=pgettext_lazy("what was done", "Correction given up"),
        ),
        Transition(
            "supersede",
            {PaperStatus.PUBLISHED},
            PaperStatus.SUPERSEDED,
            label=_("Mark as superseded"),
            done=pgettext_lazy("what was done", "Marked as superseded"),
            why_required=True,
        ),
        Transition(
            "record",
            {PaperStatus.DRAFT},
            PaperStatus.PUBLISHED,
            label=_("Record from its source"),
            done=pgettext_lazy("what was done", "Recorded from its source"),
        ),
    ],
)


class MeetingStatus(models.TextChoices):
    """Whether a meeting is only foreseen, called, over, or not to be."""

    PLANNED = "planned", pgettext_lazy("status of a meeting", "Planned")
    CALLED = "called", pgettext_lazy("status of a meeting", "Called")
    HELD = "held", pgettext_lazy("status of a meeting", "Held")
    CANCELLED = "cancelled", pgettext_lazy("status of a meeting", "Cancelled")


MEETING = Workflow(
    "meeting",
    MeetingStatus,
    [
        Transition(
            "call",
            {MeetingStatus.PLANNED},
            MeetingStatus.CALLED,
            label=_("Call the meeting"),
            done=pgettext_lazy("what was done", "Meeting called"),
        ),
        Transition(
            "hold",
            {MeetingStatus.CALLED},
            MeetingStatus.HELD,
            label=_("Record that it was held"),
            done=pgettext_lazy("what was done", "Recorded as held"),
        ),
        Transition(
            "cancel",
            {MeetingStatus.PLANNED, MeetingStatus.CALLED},
            MeetingStatus.CANCELLED,
            label=_("Cancel the meeting"),
            done=pgettext_lazy("what was done", "Meeting cancelled"),
            why_required=True,
        ),
        Transition(
            "record",
            {MeetingStatus.PLANNED},
            MeetingStatus.HELD,
            label=_("Record from its source"),
            done=pgettext_lazy("what was done", "Recorded from its source"),
        ),
    ],
)
