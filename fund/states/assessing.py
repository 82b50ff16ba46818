"""When, in the sift and the panel: the statuses of an assessment, a decision, a review, and what moves them."""

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


class Outcome(models.TextChoices):
    """What is decided: each is the event that moves the bid."""

    INVITE = "invite", pgettext_lazy("outcome", "Invite to propose")
    AWARD = "award", pgettext_lazy("outcome", "Award")
    REFUSE = "refuse", pgettext_lazy("outcome", "Do not take forward")


OUTCOMES_OF = {"sift": (Outcome.INVITE, Outcome.REFUSE), "panel": (Outcome.AWARD, Outcome.REFUSE)}
OUTCOME_COLOURS: dict[str, str] = {Outcome.INVITE: "", Outcome.AWARD: "green", Outcome.REFUSE: "grey"}


class DecisionStatus(models.TextChoices):
    """A decision is pending until all of its stage are applied together."""

    PENDING = "pending", pgettext_lazy("status of a decision", "Pending")
    APPLIED = "applied", pgettext_lazy("status of a decision", "Applied")
    OVERTURNED = "overturned", pgettext_lazy("status of a decision", "Overturned after a review")


DECISION_COLOURS: dict[str, str] = {
    DecisionStatus.PENDING: "yellow",
    DecisionStatus.APPLIED: "green",
    DecisionStatus.OVERTURNED: "red",
}
DECISION = Workflow(
    "fund_decision",
    DecisionStatus,
    [
        Transition(
            "apply",
            {DecisionStatus.PENDING},
            DecisionStatus.APPLIED,
            label=_("Apply the decision"),
            done=pgettext_lazy("what was done", "Decision applied"),
        ),
        Transition(
            "overturn",
            {DecisionStatus.APPLIED},
            DecisionStatus.OVERTURNED,
            label=_("Overturn the decision"),
            done=pgettext_lazy("what was done", "Decision overturned"),
            why_required=True,
        ),
    ],
)


class ReviewStatus(models.TextChoices):
    """A council's request that the decision on its own bid is looked at again."""

    ASKED = "asked", pgettext_lazy("status of a review", "Asked for")
    STANDS = "stands", pgettext_lazy("status of a review", "The decision stands")
    OVERTURNED = "overturned", pgettext_lazy("status of a review", "To be decided again")


REVIEW_COLOURS: dict[str, str] = {
    ReviewStatus.ASKED: "yellow",
    ReviewStatus.STANDS: "grey",
    ReviewStatus.OVERTURNED: "green",
}
REVIEW = Workflow(
    "review",
    ReviewStatus,
    [
        Transition(
            "keep",
            {ReviewStatus.ASKED},
            ReviewStatus.STANDS,
            label=_("Let the decision stand"),
            done=pgettext_lazy("what was done", "The decision stands"),
            why_required=True,
        ),
        Transition(
            "overturn",
            {ReviewStatus.ASKED},
            ReviewStatus.OVERTURNED,
            label=_("Decide the bid again"),
            done=pgettext_lazy("what was done", "The bid is decided again"),
            why_required=True,
        ),
    ],
)
