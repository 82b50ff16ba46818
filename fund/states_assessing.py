"""When, in the sift and the panel: the statuses of an assessment, and what moves them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class AssessmentStatus(models.TextChoices):
    """Where one assessor stands with one bid."""

    ASSIGNED = "assigned", pgettext_lazy("status of an assessment", "To be scored")
    HANDED_IN = "handed_in", pgettext_lazy("status of an assessment", "Handed in")
    CONFLICT = "conflict", pgettext_lazy("status of an assessment", "Conflict of interest")
    DECLINED = "declined", pgettext_lazy("status of an assessment", "Declined")
    REMOVED = "removed", pgettext_lazy("status of an assessment", "Taken back")


ASSESSMENT_COLOURS: dict[str, str] = {
    AssessmentStatus.ASSIGNED: "yellow",
    AssessmentStatus.HANDED_IN: "green",
    AssessmentStatus.CONFLICT: "red",
    AssessmentStatus.DECLINED: "orange",
    AssessmentStatus.REMOVED: "grey",
}
HELD_STATUSES = frozenset({AssessmentStatus.ASSIGNED, AssessmentStatus.HANDED_IN})  # what an assessor sees
FREE_STATUSES = frozenset({AssessmentStatus.DECLINED, AssessmentStatus.REMOVED})  # what may be assigned again

ASSESSMENT = Workflow(
    "assessment",
    AssessmentStatus,
    [
        Transition(
            "hand_in",
            {AssessmentStatus.ASSIGNED},
            AssessmentStatus.HANDED_IN,
            label=_("Hand in the scores"),
            done=pgettext_lazy("what was done", "Scores handed in"),
        ),
        Transition(
            "declare",
            HELD_STATUSES,
            AssessmentStatus.CONFLICT,
            label=_("Declare a conflict of interest"),
            done=pgettext_lazy("what was done", "Conflict of interest declared"),
            why_required=True,
        ),
        Transition(
            "decline",
            {AssessmentStatus.ASSIGNED},
            AssessmentStatus.DECLINED,
            label=_("Decline to score"),
            done=pgettext_lazy("what was done", "Assessor declined"),
            why_required=True,
        ),
        Transition(
            "remove",
            {AssessmentStatus.ASSIGNED},
            AssessmentStatus.REMOVED,
            label=_("Take the bid back"),
            done=pgettext_lazy("what was done", "Bid taken back from the assessor"),
        ),
        Transition(
            "assign_again",
            FREE_STATUSES,
            AssessmentStatus.ASSIGNED,
            label=_("Assign again"),
            done=pgettext_lazy("what was done", "Assigned again"),
        ),
    ],
)
