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
    INVITED = "invited", pgettext_lazy("status of a bid", "Invited to propose")
    UNSUCCESSFUL = "unsuccessful", pgettext_lazy("status of a bid", "Not taken forward")
    AWARDED = "awarded", pgettext_lazy("status of a bid", "Awarded")
    MERGED = "merged", pgettext_lazy("status of a bid", "Merged")
    PROGRESSED = "progressed", pgettext_lazy("status of a bid", "Progressed")


COLOURS: dict[str, str] = {  # of the tags; the word says the same
    BidStatus.DRAFT: "grey",
    BidStatus.SUBMITTED: "green",
    BidStatus.WITHDRAWN: "yellow",
    BidStatus.INVITED: "",
    BidStatus.UNSUCCESSFUL: "grey",
    BidStatus.AWARDED: "green",
    BidStatus.MERGED: "purple",
    BidStatus.PROGRESSED: "purple",
}
# what the councils can still write in; one that is invited is written on as a proposal
OPEN_STATUSES = frozenset({BidStatus.DRAFT, BidStatus.WITHDRAWN, BidStatus.INVITED})
DECIDED_STATUSES = frozenset({BidStatus.UNSUCCESSFUL, BidStatus.AWARDED})
# what the fund manager knows of: by the latest submission alone
SENT_STATUSES = frozenset({BidStatus.SUBMITTED, BidStatus.WITHDRAWN, BidStatus.INVITED}) | DECIDED_STATUSES

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
        Transition(
            "merge",
            {BidStatus.DRAFT, BidStatus.WITHDRAWN, BidStatus.SUBMITTED},
            BidStatus.MERGED,
            label=_("Merge with another bid"),
            done=pgettext_lazy("what was done", "Merged with another bid"),
        ),
        Transition(
            "send_merged",
            {BidStatus.DRAFT},
            BidStatus.SUBMITTED,
            label=_("Send the bid of two that were sent"),
            done=pgettext_lazy("what was done", "Made of two submitted bids"),
        ),
        Transition(
            "invite",
            {BidStatus.SUBMITTED},
            BidStatus.INVITED,
            label=_("Invite to propose"),
            done=pgettext_lazy("what was done", "Invited to propose"),
        ),
        Transition(
            "refuse",
            {BidStatus.SUBMITTED},
            BidStatus.UNSUCCESSFUL,
            label=_("Do not take forward"),
            done=pgettext_lazy("what was done", "Not taken forward"),
        ),
        Transition(
            "award",
            {BidStatus.SUBMITTED},
            BidStatus.AWARDED,
            label=_("Award"),
            done=pgettext_lazy("what was done", "Awarded"),
        ),
        Transition(
            "reopen",
            {BidStatus.UNSUCCESSFUL},
            BidStatus.SUBMITTED,
            label=_("Decide again"),
            done=pgettext_lazy("what was done", "To be decided again"),
            why_required=True,
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
            "sign",
            {Consent.INVITED, Consent.VOID, Consent.DECLINED},
            Consent.AGREED,
            label=_("Agree by the link"),
            done=pgettext_lazy("what was done", "Agreed by the link that was sent to the signatory"),
        ),
        Transition(
            "refuse_by_link",
            {Consent.INVITED, Consent.VOID, Consent.AGREED},
            Consent.DECLINED,
            label=_("Decline by the link"),
            done=pgettext_lazy("what was done", "Declined by the link that was sent to the signatory"),
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


class EnquiryStatus(models.TextChoices):
    """Where a question to the fund manager stands."""

    ASKED = "asked", pgettext_lazy("status of a question", "Waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("status of a question", "Answered")
    SET_ASIDE = "set_aside", pgettext_lazy("status of a question", "Set aside")


ENQUIRY = Workflow(
    "enquiry",
    EnquiryStatus,
    [
        Transition(
            "answer",
            {EnquiryStatus.ASKED, EnquiryStatus.SET_ASIDE},
            EnquiryStatus.ANSWERED,
            label=_("Answer to all councils"),
            done=pgettext_lazy("what was done", "Answered to all councils"),
        ),
        Transition(
            "set_aside",
            {EnquiryStatus.ASKED},
            EnquiryStatus.SET_ASIDE,
            label=_("Set aside"),
            done=pgettext_lazy("what was done", "Set aside"),
            why_required=True,
        ),
    ],
)
