"""The fund in public: rounds, what is published of bids, awards with their shares, and what was learned."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.models import Award, Bid, Learning, Round
from fund.states import BidStatus
from fund.states.awards import AwardStatus
from wlga_portal.kernel.bilingual import Text

from . import columns as make
from .sets import NOBODY, DataSet

AREA = pgettext_lazy("data set", "The fund")
ID = make.one("id", _("Name in addresses"), "text", lambda row: row.slug_en)
ROUND = make.one("round", _("Round"), "text", lambda row: row.round.slug_en)

PROCESS = {
    "statements_received": _("Problem statements received"),
    "interest_window_weeks": _("Weeks for councils to say that they were interested"),
    "sift_hours": _("Hours of sifting"),
    "shortlisted": _("Bids shortlisted"),
    "to_panel": _("Bids to panel"),
}
STATED = _("As a source states it of a round of the past.")


def stated(name: str) -> Any:
    return lambda row: getattr(getattr(row, "stated_process", None), name, None)


def rounds(demonstration: bool) -> "QuerySet[Round]":
    found = Round.objects.visible_to(NOBODY).filter(is_demo=demonstration)
    return found.select_related("stated_process").order_by("year", "pk")


def bids(demonstration: bool) -> "QuerySet[Bid]":
    found = Bid.objects.visible_to(NOBODY).filter(round__is_demo=demonstration)
    related = found.select_related("round", "topic", "lead").prefetch_related(Bid.objects.partners())
    return related.order_by("round__year", "order", "pk")


def awards(demonstration: bool) -> "QuerySet[Award]":
    found = Award.objects.accepted().filter(bid__round__is_demo=True) if demonstration else Award.objects.public()
    return found.with_shares().order_by("awarded_on", "pk")


def learning(demonstration: bool) -> "QuerySet[Learning]":
    found = Learning.objects.published().filter(award__bid__round__is_demo=demonstration)
    return found.select_related("award__bid").order_by("published_on", "pk")


def title_of(award: Award) -> Text:
    """A bid's title stands in the language in which it was written."""
    bid = award.bid
    return Text(bid.title, "") if bid.language == "en" else Text("", bid.title)


def slug(body: Any) -> str | None:
    return body.slug_en if body else None


PARTNER = (
    *make.one("organisation", _("Council or body"), "text", lambda row: row.organisation.slug_en),
    *make.both("name", _("Name"), lambda row: row.organisation.name),
    *make.one("possible", _("The source calls it possible"), "truth", lambda row: row.possible),
    *make.one("inferred", _("Our reading, not stated by the source"), "truth", lambda row: row.inferred),
)
SHARE = (
    *make.one("organisation", _("Council or body"), "text", lambda row: row.organisation.slug_en),
    *make.both("name", _("Name"), lambda row: row.organisation.name),
    *make.one("amount", _("Share of the award"), "pounds", lambda row: row.amount_pence),
)


SETS = (
    DataSet(
        "rounds",
        "Round",
        AREA,
        _("Rounds"),
        _("Each year’s round of the Digital Transformation Fund, with its budget."),
        (
            *ID,
            *make.of(Round, "year", "name", "run_as", "applications", "budget_pence", "source", "source_date"),
            *(one for name, label in PROCESS.items() for one in make.one(name, label, "number", stated(name), STATED)),
            *make.addresses(make.page_of),
        ),
        rounds,
        example={"id": "2022-23", "year": "2022-23", "budget": 1000000.0},
    ),
    DataSet(
        "bids",
        "Bid",
        AREA,
        _("Bids"),
        _("What is published of bids: the problem, the topic, the councils. A bid made here is never in it."),
        (
            *ID,
            *ROUND,
            *make.both("topic", _("Topic"), lambda row: row.topic.name),
            *make.one(
                "topic_inferred",
                _("The topic is our reading, not stated by the source"),
                "truth",
                lambda row: row.topic_inferred,
            ),
            *make.of(Bid, "label", "problem", "proposal"),
            *make.one("status", _("Status"), "choice", lambda row: row.status, labels=dict(BidStatus.choices)),
            *make.one("lead", _("Lead council"), "text", lambda row: slug(row.lead)),
            *make.of(Bid, "amount_pence"),
            *make.rows("partners", _("Councils and partners"), PARTNER, lambda row: row.partners.all()),
            *make.addresses(make.page_of),
        ),
        bids,
        only={"round": "round__slug_en", "topic": "topic__slug_en", "council": "partners__organisation__slug_en"},
        example={
            "id": "planning-data",
            "round": "2022-23",
            "status": "progressed",
            "amount": None,
        },
    ),
    DataSet(
        "awards",
        "Award",
        AREA,
        _("Awards"),
        _(
            "Every award that was accepted, with what each council gets of it. The same stands in the file after"
            " 360Giving."
        ),
        (
            *make.one("id", _("Name in addresses"), "text", lambda row: row.bid.slug_en),
            *make.one("reference", _("Reference"), "text", lambda row: row.bid.reference),
            *make.one("round", _("Round"), "text", lambda row: row.bid.round.slug_en),
            *make.both("title", _("Title"), title_of, _("In the language in which the bid was written.")),
            *make.both("topic", _("Topic"), lambda row: row.bid.topic.name),
            *make.one("lead", _("Lead council"), "text", lambda row: slug(row.bid.lead)),
            *make.of(Award, "amount_pence", "awarded_on", "ends_on"),
            *make.one("status", _("Status"), "choice", lambda row: row.status, labels=dict(AwardStatus.choices)),
            *make.rows("shares", _("Shares"), SHARE, lambda row: row.shares.all()),
            *make.addresses(lambda row: row.shown_url),
        ),
        awards,
        key="bid__slug_en",
        only={
            "round": "bid__round__slug_en",
            "topic": "bid__topic__slug_en",
            "council": "shares__organisation__slug_en",
        },
        example={
            "id": "one-front-door",
            "reference": "DTF-2026-004",
            "round": "2026-27",
            "lead": "torfaen",
            "amount": 120000.0,
            "awarded_on": "2026-09-14",
            "status": "accepted",
        },
    ),
    DataSet(
        "learning",
        "Learning",
        AREA,
        pgettext_lazy("data set", "Learning from awards"),
        _("What the work of awards taught, and what others can use again."),
        (
            *make.one("id", _("Number"), "number", lambda row: row.pk),
            *make.one("award", _("Award"), "text", lambda row: row.award.bid.slug_en),
            *make.of(Learning, "kind", "title", "summary", "link"),
            *make.one("published_on", _("Published"), "day", lambda row: row.published_on),
        ),
        learning,
        key="pk",
        only={"award": "award__bid__slug_en", "kind": "kind"},
        example={"id": 3, "award": "one-front-door", "kind": "lesson", "published_on": "2026-10-02"},
    ),
)
