"""What a project can be, and when it may move: phases, statuses, delivery confidence."""

from datetime import date, timedelta

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class Phase(models.TextChoices):
    """The phase of the work, in the order in which projects go through them."""

    DISCOVERY = "discovery", pgettext_lazy("phase", "Discovery")
    ALPHA = "alpha", pgettext_lazy("phase", "Alpha")
    BETA = "beta", pgettext_lazy("phase", "Beta")
    LIVE = "live", pgettext_lazy("phase", "Live")


class Status(models.TextChoices):
    """Where a project stands. `unstated`: a historic project whose present state no source gives."""

    ACTIVE = "active", pgettext_lazy("status of a project", "Active")
    BACKLOG = "backlog", pgettext_lazy("status of a project", "In the backlog")
    CONTINUED = "continued", pgettext_lazy("status of a project", "Continued in another project")
    CLOSED = "closed", pgettext_lazy("status of a project", "Closed")
    UNSTATED = "unstated", pgettext_lazy("status of a project", "Not published")


OPEN = frozenset({Status.ACTIVE, Status.BACKLOG})

WORKFLOW = Workflow(
    "project",
    Status,
    [
        Transition(
            "start", {Status.BACKLOG, Status.UNSTATED}, Status.ACTIVE, label=_("Start work"), done=_("Work started")
        ),
        Transition(
            "hold",
            {Status.ACTIVE, Status.UNSTATED},
            Status.BACKLOG,
            label=_("Move to the backlog"),
            done=_("Moved to the backlog"),
            why_required=True,
        ),
        Transition(
            "close",
            {*OPEN, Status.UNSTATED},
            Status.CLOSED,
            label=_("Close the project"),
            done=_("Project closed"),
            why_required=True,
        ),
        Transition(
            "reopen",
            {Status.CLOSED},
            Status.ACTIVE,
            label=_("Reopen the project"),
            done=_("Project reopened"),
            why_required=True,
        ),
        # by a lineage action alone: it ends a project in another, and its undoing brings it back to where it stood
        Transition(
            "continue",
            {*OPEN, Status.UNSTATED},
            Status.CONTINUED,
            label=_("Continue in another project"),
            done=_("Continued in another project"),
            why_required=True,
        ),
        *(
            Transition(
                f"return_{status}",
                {Status.CONTINUED},
                status,
                label=_("Take it up again by itself"),
                done=_("Taken up again by itself"),
                why_required=True,
            )
            for status in (Status.ACTIVE, Status.BACKLOG, Status.UNSTATED)
        ),
    ],
)

BY_LINEAGE = frozenset({"continue", "return_active", "return_backlog", "return_unstated"})


class PostStatus(models.TextChoices):
    """Where a post of the team stands."""

    DRAFT = "draft", pgettext_lazy("status of a post", "Draft")
    PUBLISHED = "published", pgettext_lazy("status of a post", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a post", "Withdrawn")


POSTING = Workflow(
    "post",
    PostStatus,
    [
        Transition(
            "publish",
            {PostStatus.DRAFT, PostStatus.WITHDRAWN},
            PostStatus.PUBLISHED,
            label=pgettext_lazy("of a post", "Publish the post"),
        ),
        Transition(
            "withdraw",
            {PostStatus.PUBLISHED},
            PostStatus.WITHDRAWN,
            label=pgettext_lazy("of a post", "Withdraw the post"),
            why_required=True,
        ),
    ],
)


class Confidence(models.TextChoices):
    """Delivery confidence on the three-point scale."""

    GREEN = "green", pgettext_lazy("delivery confidence", "Green")
    AMBER = "amber", pgettext_lazy("delivery confidence", "Amber")
    RED = "red", pgettext_lazy("delivery confidence", "Red")


# What each point of the scale means, by the version of the scale that an update was given on.
SCALE = 1
MEANINGS: dict[int, dict[str, Promise | str]] = {
    1: {
        Confidence.GREEN: _("Delivery is highly likely."),
        Confidence.AMBER: _("Delivery is feasible, but there are significant issues."),
        Confidence.RED: _("Delivery looks unachievable unless the project is re-scoped."),
    }
}
FRESH_DAYS = 14


def oldest_fresh(today: date) -> date:
    """The earliest day of confirmation that still holds on `today`: 14 days ago."""
    return today - timedelta(days=FRESH_DAYS)


class Outcome(models.TextChoices):
    """What came of a deliverable, where that is published."""

    MET = "met", pgettext_lazy("outcome of a deliverable", "Met")
    NOT_MET = "not_met", pgettext_lazy("outcome of a deliverable", "Not met")


class Measure(models.TextChoices):
    """A register of the portal that counts what a deliverable promises: see `kernel.figures`."""

    OFFICERS = "officers_trained", _("Officers trained, by the training register")
    OPPORTUNITIES = "learning_opportunities", _("Learning opportunities, by the training register")


class ListedAs(models.TextChoices):
    """How a delivery plan lists a piece of work."""

    PROJECT = "project", pgettext_lazy("listed as", "Project")
    DISCOVERY = "discovery", pgettext_lazy("listed as", "Discovery project")
    DELIVERABLE = "deliverable", pgettext_lazy("listed as", "Deliverable")


class Descent(models.TextChoices):
    """How a later project comes from an earlier one."""

    SUCCEEDS = "succeeds", pgettext_lazy("lineage", "Succeeds")
    MERGED = "merged_from", pgettext_lazy("lineage", "Merged from")
    SPLIT = "split_from", pgettext_lazy("lineage", "Split from")


class RiskKind(models.TextChoices):
    """What may happen, or has happened."""

    RISK = "risk", pgettext_lazy("kind of a risk", "Risk")
    ISSUE = "issue", pgettext_lazy("kind of a risk", "Issue")


class CostKind(models.TextChoices):
    """Which of a year's costs a figure is."""

    BASELINE = "baseline", pgettext_lazy("kind of a cost", "Baseline")
    FORECAST = "forecast", pgettext_lazy("kind of a cost", "Forecast")
    ACTUAL = "actual", pgettext_lazy("kind of a cost", "Actual")


class GateOutcome(models.TextChoices):
    """What an assessment at the end of a phase found."""

    PASSED = "passed", pgettext_lazy("outcome of a gate", "Go on")
    CONDITIONS = "conditions", pgettext_lazy("outcome of a gate", "Go on, with conditions")
    NOT_PASSED = "not_passed", pgettext_lazy("outcome of a gate", "Not yet")


class ChangeKind(models.TextChoices):
    """What a change of an agreed plan does."""

    ADDED = "project_added", pgettext_lazy("change of a plan", "Project added")
    DROPPED = "project_dropped", pgettext_lazy("change of a plan", "Project dropped")
    TARGET = "target_moved", pgettext_lazy("change of a plan", "Target moved")
    BASELINE = "baseline_moved", pgettext_lazy("change of a plan", "Milestone baseline moved")


class ChangeStatus(models.TextChoices):
    """How far a change of an agreed plan has come."""

    PROPOSED = "proposed", pgettext_lazy("status of a plan change", "Proposed")
    AGREED = "agreed", pgettext_lazy("status of a plan change", "Agreed")
    REFUSED = "refused", pgettext_lazy("status of a plan change", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a plan change", "Withdrawn")


CHANGES = Workflow(
    "planchange",
    ChangeStatus,
    [
        Transition(
            "agree",
            {ChangeStatus.PROPOSED},
            ChangeStatus.AGREED,
            label=_("Record that it is agreed"),
            done=_("Agreed with Welsh Government"),
        ),
        Transition(
            "refuse",
            {ChangeStatus.PROPOSED},
            ChangeStatus.REFUSED,
            label=_("Record that it is refused"),
            done=_("Refused by Welsh Government"),
            why_required=True,
        ),
        Transition(
            "withdraw",
            {ChangeStatus.PROPOSED},
            ChangeStatus.WITHDRAWN,
            label=_("Withdraw the change"),
            done=_("Change withdrawn"),
            why_required=True,
        ),
    ],
)


class PartnerRole(models.TextChoices):
    """What an organisation does in a project."""

    LEAD = "lead", pgettext_lazy("role in a project", "Lead")
    PARTNER = "partner", pgettext_lazy("role in a project", "Partner")


class BacklogDecision(models.TextChoices):
    """What a meeting decides about a project in the backlog; `dated`: only the day of its review was set."""

    KEEP = "keep", pgettext_lazy("decision about the backlog", "Keep in the backlog")
    START = "start", pgettext_lazy("decision about the backlog", "Start work")
    DROP = "drop", pgettext_lazy("decision about the backlog", "Drop")
    DATED = "dated", pgettext_lazy("decision about the backlog", "Day of review set")


class Kept(models.TextChoices):
    """Of what a page is kept word for word."""

    PROJECT = "project", pgettext_lazy("a kept page", "Project")
    PLAN = "plan", pgettext_lazy("a kept page", "Delivery plan")
    PORTFOLIO = "portfolio", pgettext_lazy("a kept page", "All projects")
