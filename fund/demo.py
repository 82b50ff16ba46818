"""Loads the demonstration round and its invented bids (`programme/facts/demo.yaml`). A second time adds no bid; a round
whose statements have closed since is moved forward, so that there is always one to try."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from organisations.models import Organisation
from projects.linking import link_in_demo
from wlga_portal.kernel.audit import audited

from . import actions, demo_assessing, demo_likeness, demo_writing
from .costs import financial_year
from .forms import ConsentForm
from .linking import BIDS
from .loading import Facts, load_topic, sides
from .models import Bid, Fund, Question, Round, Section, Stage, StageKind, Topic
from .standard import give_costs, give_criteria, give_files, give_questions

WHY = "loaded with the demonstration"
SECTIONS = {
    "problem": Section.PROBLEM,
    "who-is-affected": Section.AFFECTED,
    "evidence": Section.EVIDENCE,
    "proposal": Section.PROPOSAL,
    "benefits": Section.BENEFITS,
}
ROLES = {"en": "Tries it out with its own staff", "cy": "Yn rhoi cynnig arni gyda’i staff ei hun"}
WRITTEN_IN = timedelta(days=1)  # begun so long before it was sent
# How many days after the statements close each later stage closes; it opens when the one before it closes.
LATER = {
    StageKind.INTEREST: 14,
    StageKind.SIFT: 21,
    StageKind.PROPOSALS: 49,
    StageKind.PANEL: 56,
    StageKind.DECISION: 63,
}


def load_demo(demo: Mapping[str, Any], people: Mapping[str, Any], by: Any = None) -> None:
    """`demo` is the whole file, `people` the demonstration people by slug."""
    given = demo["round"]
    with audited(by=by, why=WHY):
        one_round = load_round(given)
        facts = enumerate(given["topics"], 1)
        topics = {fact["slug"]["en"]: load_topic(fact, one_round, order) for order, fact in facts}
        load_stages(given, one_round)
        if not one_round.criteria.exists():
            give_criteria(one_round)
            give_costs(one_round)
            give_files(one_round)
        demo_assessing.load_demo(people)
        demo_likeness.load_demo(people)
        if not one_round.bids.exists():
            for order, fact in enumerate(given["questions"], 1):
                load_question(fact, one_round, order)
            give_questions(one_round, leave={"affected", *SECTIONS}, after=len(given["questions"]))
            for fact in given["bids"]:
                load_bid(fact, one_round, topics, people)
            link_in_demo(BIDS, one_round.bids.sent()[:1])
        demo_writing.load_demo(one_round, people)


def load_round(fact: Facts) -> Round:
    fund = Fund.objects.order_by("pk").first()
    if fund is None:
        raise LookupError("the facts of the programme are loaded before the demonstration")
    always = {
        "slug_cy": fact["slug"]["cy"],
        "fund": fund,
        "budget_pence": fact["budget_pence"],
        "reference_stem": "DEMO",
        "is_demo": True,
        **sides("name", fact["title"]),
        **sides("guidance", fact["note"]),
    }
    first = {"year": financial_year(timezone.localdate()), "published_at": timezone.now()}
    one_round, _made = Round.objects.update_or_create(
        slug_en=fact["slug"]["en"], defaults=always, create_defaults=always | first
    )
    return one_round


def at_local(in_days: int, hour: int) -> datetime:
    """A full hour by the clock in Wales, so many days from today."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=in_days), time(hour)))


def load_stages(fact: Facts, one_round: Round) -> None:
    """The stages of the round, unless its statements are still open."""
    kept = one_round.stages.filter(kind=StageKind.STATEMENTS).first()
    if kept and not kept.is_over():
        return
    closes = fact["closes_in_days"]
    moments = {StageKind.STATEMENTS: (at_local(fact["opens_in_days"], 9), at_local(closes, 12))}
    before = closes
    for kind, days in LATER.items():
        moments[kind] = (at_local(before, 12), at_local(closes + days, 12))
        before = closes + days
    for kind, (opens_at, closes_at) in moments.items():
        Stage.objects.update_or_create(
            round=one_round, kind=kind, defaults={"opens_at": opens_at, "closes_at": closes_at}
        )


def load_question(fact: Facts, one_round: Round, order: int) -> None:
    Question.objects.update_or_create(
        round=one_round,
        form_version=one_round.form_version,
        key=fact["key"],
        defaults={
            "section": SECTIONS[fact["key"]],
            "order": order,
            "word_limit": fact["word_limit"],
            **sides("label", fact["title"]),
            **sides("guidance", fact["guidance"]),
        },
    )


def load_bid(fact: Facts, one_round: Round, topics: Mapping[str, Topic], people: Mapping[str, Any]) -> None:
    """A bid, written, its partners asked, sent and taken back as the file says, each by the same way as on the page."""
    officer, language = people[fact["by"]], fact["language"]
    sent = None if fact["submitted_in_days"] is None else at_local(fact["submitted_in_days"], 11)
    bid = actions.bid_start(
        one_round=one_round,
        lead=Organisation.objects.get(slug_en=fact["lead"]),
        topic=topics[fact["topic"]],
        title=fact["title"][language],
        language=language,
        by=officer,
        at=sent,
    )
    Bid.objects.filter(pk=bid.pk).update(amount_pence=fact["amount_pence"])
    if sent:
        Bid.objects.filter(pk=bid.pk).update(started_at=sent - WRITTEN_IN)
    for answer in bid.answers.select_related("question"):
        text = fact["answers"].get(answer.question.key)
        if text:
            answer.text = text[language]
            answer.save()
    for partner in fact["partners"]:
        load_partner(partner, bid, officer, people, sent)
    if sent:
        actions.bid_submit(bid=bid, by=officer, at=sent)
    if fact["withdrawn_in_days"] is not None:
        at = at_local(fact["withdrawn_in_days"], 15)
        actions.bid_withdraw(bid=bid, by=officer, why=fact["withdrawn_reason"][language], at=at)


def load_partner(fact: Facts, bid: Bid, officer: Any, people: Mapping[str, Any], at: datetime | None) -> None:
    partner = actions.partner_invite(
        bid=bid,
        organisation=Organisation.objects.get(slug_en=fact["organisation"]),
        role=ROLES[bid.language],
        share_pence=fact["share_pence"],
        by=officer,
        at=at,
    )
    if fact["consent"] == "agreed":
        form = ConsentForm({"version": str(partner.version), "event": "agree"}, partner=partner)
        actions.partner_agree(form, by=people[f"lead-{fact['organisation']}"], at=at)
