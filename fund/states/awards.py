"""When, after an award: the statuses of an award, a claim, a report and a variation, and what moves them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class AwardStatus(models.TextChoices):
    """Where an award stands. Money moves only in one that the lead has accepted."""

    OFFERED = "offered", pgettext_lazy("status of an award", "Offered")
    ACCEPTED = "accepted", pgettext_lazy("status of an award", "Accepted")
    TURNED_DOWN = "turned_down", pgettext_lazy("status of an award", "Turned down")
    CLOSED = "closed", pgettext_lazy("status of an award", "Closed")


AWARD_COLOURS: dict[str, str] = {
    AwardStatus.OFFERED: "yellow",
    AwardStatus.ACCEPTED: "green",
    AwardStatus.TURNED_DOWN: "red",
    AwardStatus.CLOSED: "grey",
}
AWARD = Workflow(
    "award",
    AwardStatus,
    [
        Transition(
            "accept",
            {AwardStatus.OFFERED},
            AwardStatus.ACCEPTED,
            label=_("Accept the award"),
            done=pgettext_lazy("what was done", "Award accepted"),
        ),
        Transition(
            "turn_down",
            {AwardStatus.OFFERED},
            AwardStatus.TURNED_DOWN,
            label=_("Turn the award down"),
            done=pgettext_lazy("what was done", "Award turned down"),
            why_required=True,
        ),
        Transition(
            "close",
            {AwardStatus.ACCEPTED},
            AwardStatus.CLOSED,
            label=_("Close the award"),
            done=pgettext_lazy("what was done", "Award closed"),
        ),
    ],
)


class ClaimStatus(models.TextChoices):
    """Where a claim stands."""

    DRAFT = "draft", pgettext_lazy("status of a claim", "Being written")
    SUBMITTED = "submitted", pgettext_lazy("status of a claim", "Sent")
    RETURNED = "returned", pgettext_lazy("status of a claim", "Returned for changes")
    APPROVED = "approved", pgettext_lazy("status of a claim", "Approved")
    PAID = "paid", pgettext_lazy("status of a claim", "Paid")


CLAIM_COLOURS: dict[str, str] = {
    ClaimStatus.DRAFT: "grey",
    ClaimStatus.SUBMITTED: "yellow",
    ClaimStatus.RETURNED: "orange",
    ClaimStatus.APPROVED: "",
    ClaimStatus.PAID: "green",
}
CLAIM_OPEN = frozenset({ClaimStatus.DRAFT, ClaimStatus.RETURNED})  # what the council can still write in
CLAIM = Workflow(
    "claim",
    ClaimStatus,
    [
        Transition(
            "submit",
            CLAIM_OPEN,
            ClaimStatus.SUBMITTED,
            label=_("Send the claim"),
            done=pgettext_lazy("what was done", "Claim sent"),
        ),
        Transition(
            "send_back",
            {ClaimStatus.SUBMITTED},
            ClaimStatus.RETURNED,
            label=_("Return for changes"),
            done=pgettext_lazy("what was done", "Returned for changes"),
            why_required=True,
        ),
        Transition(
            "approve",
            {ClaimStatus.SUBMITTED},
            ClaimStatus.APPROVED,
            label=_("Approve the claim"),
            done=pgettext_lazy("what was done", "Claim approved"),
        ),
        Transition(
            "pay",
            {ClaimStatus.APPROVED},
            ClaimStatus.PAID,
            label=_("Record the payment"),
            done=pgettext_lazy("what was done", "Claim paid"),
        ),
    ],
)


class ReportStatus(models.TextChoices):
    """Where a monitoring report stands."""

    DUE = "due", pgettext_lazy("status of a report", "To be written")
    SUBMITTED = "submitted", pgettext_lazy("status of a report", "Sent")
    RETURNED = "returned", pgettext_lazy("status of a report", "Returned for changes")
    ACCEPTED = "accepted", pgettext_lazy("status of a report", "Accepted")


REPORT_COLOURS: dict[str, str] = {
    ReportStatus.DUE: "grey",
    ReportStatus.SUBMITTED: "yellow",
    ReportStatus.RETURNED: "orange",
    ReportStatus.ACCEPTED: "green",
}
REPORT_OPEN = frozenset({ReportStatus.DUE, ReportStatus.RETURNED})
REPORT = Workflow(
    "report",
    ReportStatus,
    [
        Transition(
            "submit",
            REPORT_OPEN,
            ReportStatus.SUBMITTED,
            label=_("Send the report"),
            done=pgettext_lazy("what was done", "Report sent"),
        ),
        Transition(
            "send_back",
            {ReportStatus.SUBMITTED},
            ReportStatus.RETURNED,
            label=_("Return for changes"),
            done=pgettext_lazy("what was done", "Returned for changes"),
            why_required=True,
        ),
        Transition(
            "accept",
            {ReportStatus.SUBMITTED},
            ReportStatus.ACCEPTED,
            label=_("Accept the report"),
            done=pgettext_lazy("what was done", "Report accepted"),
        ),
    ],
)


class VariationStatus(models.TextChoices):
    """Where a request to change an award stands."""

    ASKED = "asked", pgettext_lazy("status of a variation", "Asked for")
    AGREED = "agreed", pgettext_lazy("status of a variation", "Agreed")
    REFUSED = "refused", pgettext_lazy("status of a variation", "Refused")


VARIATION_COLOURS: dict[str, str] = {
    VariationStatus.ASKED: "yellow",
    VariationStatus.AGREED: "green",
    VariationStatus.REFUSED: "red",
}
VARIATION = Workflow(
    "variation",
    VariationStatus,
    [
        Transition(
            "agree",
            {VariationStatus.ASKED},
            VariationStatus.AGREED,
            label=_("Agree to the change"),
            done=pgettext_lazy("what was done", "Change agreed"),
        ),
        Transition(
            "refuse",
            {VariationStatus.ASKED},
            VariationStatus.REFUSED,
            label=_("Refuse the change"),
            done=pgettext_lazy("what was done", "Change refused"),
            why_required=True,
        ),
    ],
)
