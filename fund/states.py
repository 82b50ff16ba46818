"""When: the statuses of a bid and of a partner's consent, and what moves them. Who may stands in `rules.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class BidStatus(models.TextChoices):
    """Where a bid stands. `progressed` is what is published of the bids of 2022-23: it is not an award."""

    DRAFT = "draft", pgettext_lazy("status of a bid", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("status of a bid", "Submitted")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a bid", "Withdrawn")
    PROGRESSED = "progressed", pgettext_lazy("status of a bid", "Progressed")


COLOURS: dict[str, str] = {  # of the tags; the word says the same
    BidStatus.DRAFT: "grey",
    BidStatus.SUBMITTED: "green",
    BidStatus.WITHDRAWN: "yellow",
    BidStatus.PROGRESSED: "purple",
}
OPEN_STATUSES = frozenset({BidStatus.DRAFT, BidStatus.WITHDRAWN})  # what the councils can still write in
SENT_STATUSES = frozenset({BidStatus.SUBMITTED, BidStatus.WITHDRAWN})  # what the fund manager knows of

BID = Workflow(
    "bid",
    BidStatus,
    [
        Transition(
            "submit",
            OPEN_STATUSES,
            BidStatus.SUBMITTED,
            label=_("Submit the bid"),
            done=pgettext_lazy("what was done", "Bid submitted"),
        ),
        Transition(
            "withdraw",
            {BidStatus.SUBMITTED},
            BidStatus.WITHDRAWN,
            label=_("Withdraw the bid"),
            done=pgettext_lazy("what was done", "Bid withdrawn"),
        ),
    ],
)


class Consent(models.TextChoices):
    """What a partner says to its part in a bid. `unknown`: a bid from outside, whose consents are not published."""

    INVITED = "invited", pgettext_lazy("consent", "Asked")
    AGREED = "agreed", pgettext_lazy("consent", "Agreed in principle")
    DECLINED = "declined", pgettext_lazy("consent", "Declined")
    VOID = "void", pgettext_lazy("consent", "No longer holds")
    UNKNOWN = "unknown", pgettext_lazy("consent", "Not published")


CONSENT_COLOURS: dict[str, str] = {
    Consent.INVITED: "yellow",
    Consent.AGREED: "green",
    Consent.DECLINED: "red",
    Consent.VOID: "orange",
    Consent.UNKNOWN: "grey",
}
TAKING_PART = frozenset({Consent.INVITED, Consent.AGREED, Consent.VOID})

CONSENT = Workflow(
    "consent",
    Consent,
    [
        Transition(
            "agree",
            {Consent.INVITED, Consent.VOID, Consent.DECLINED},
            Consent.AGREED,
            label=_("Agree in principle"),
            done=pgettext_lazy("what was done", "Agreed in principle"),
        ),
        Transition(
            "decline",
            {Consent.INVITED, Consent.VOID, Consent.AGREED},
            Consent.DECLINED,
            label=_("Decline"),
            done=pgettext_lazy("what was done", "Declined"),
        ),
        Transition(
            "void",
            {Consent.AGREED},
            Consent.VOID,
            label=_("Void the agreement"),
            done=pgettext_lazy("what was done", "Agreement void"),
        ),
        Transition(
            "ask_again",
            {Consent.DECLINED},
            Consent.INVITED,
            label=_("Ask again"),
            done=pgettext_lazy("what was done", "Asked again"),
        ),
    ],
)
