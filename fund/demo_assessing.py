"""Two more rounds of the demonstration: one at the sift, one whose bids were decided, so that assessors, the fund
manager, digital leads and finance approvers find work. Loaded once; a second time changes nothing."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from organisations.models import Organisation
from projects.linking import link_in_demo

from .actions import assessments, awards, decisions, scores, snapshot_of
from .demo_awards import after_award
from .linking import BIDS
from .models import (
    Award,
    Bid,
    Commitment,
    Decision,
    Fund,
    Partner,
    Question,
    Round,
    Section,
    Stage,
    StageKind,
    Submission,
    Topic,
)
from .models.commitments import Authority, Post
from .models.submissions import digest
from .reading import digest_of
from .standard import give_criteria
from .states import BidStatus, Consent

NEEDED = {
    "fund-manager", "assessor", "assessor-second", "assessor-third", "officer-torfaen", "officer-cardiff",
    "lead-torfaen", "lead-cardiff", "finance-torfaen",
}  # fmt: skip
DAY = timedelta(days=1)
QUESTIONS = (
    ("problem", Section.PROBLEM, "What is the problem?", "Beth yw’r broblem?"),
    ("proposal", Section.PROPOSAL, "What do you propose?", "Beth yw’ch cynnig?"),
)
# who writes, in which language, title, the two answers, the amount in pounds
SIFTED = (
    ("torfaen", "en", "Bins that say when they are full", "Lorries drive to empty bins.", "Try sensors.", 40_000),
    ("cardiff", "cy", "Ceisiadau cynllunio heb bapur", "Mae cynlluniau’n mynd ar goll.", "Un ffurflen.", 60_000),
    ("torfaen", "en", "One sign-in for school meals", "Parents sign in to six systems.", "Try one.", 90_000),
    ("cardiff", "cy", "Mapiau o fannau gwefru", "Nid oes neb yn gwybod ble maent.", "Un map agored.", 30_000),
)
DECIDED = (
    ("torfaen", "en", "Letters that people understand", "People call about letters.", "Test and rewrite.", 50_000),
    ("cardiff", "cy", "Atebion gan y ganolfan gyswllt", "Mae pobl yn aros.", "Cronfa o atebion.", 45_000),
    ("torfaen", "en", "Repairs that tell you when", "Tenants wait at home.", "Text messages.", 35_000),
    ("cardiff", "cy", "Ffurflenni hygyrch", "Ni all pawb ddarllen ein PDFau.", "Tudalennau yn lle PDF.", 70_000),
    ("torfaen", "cy", "Rhybuddion llifogydd mewn un lle", "Mae’r rhybuddion mewn pum lle.", "Un dudalen.", 30_000),
)
RANKS = (0, 1, 2, 4, 1)  # the one before the last is not taken forward
SAYS = {"en": "The problem is shown with evidence.", "cy": "Dangosir y broblem gyda thystiolaeth."}


def load_demo(people: Mapping[str, Any]) -> None:
    """Where the people that it needs are there, and it is not loaded yet."""
    if not people.keys() >= NEEDED or Round.objects.filter(reference_stem="DEMOSIFT").exists():
        return
    load_sift(people)
    load_decided(people)


def make_round(stem: str, names: tuple[str, str], slugs: tuple[str, str], stage: str, closed: int) -> Round:
    """A published round of the demonstration whose stage for writing closed so many days ago."""
    now = timezone.now()
    one_round = Round.objects.create(
        fund=Fund.objects.earliest("pk"),
        slug_en=slugs[0],
        slug_cy=slugs[1],
        name_en=names[0],
        name_cy=names[1],
        year=year_of(timezone.localdate()),
        budget_pence=200_000_00,
        reference_stem=stem,
        published_at=now,
        is_demo=True,
        consent_required=False,
    )
    closes = now - closed * DAY
    Stage.objects.create(round=one_round, kind=stage, opens_at=closes - 30 * DAY, closes_at=closes)
    scored = StageKind.SIFT if stage == StageKind.STATEMENTS else StageKind.PANEL
    Stage.objects.create(round=one_round, kind=scored, opens_at=closes, closes_at=closes + 20 * DAY)
    give_criteria(one_round)
    for order, (key, section, label_en, label_cy) in enumerate(QUESTIONS, 1):
        Question.objects.create(
            round=one_round, key=key, section=section, stage=stage, order=order, label_en=label_en, label_cy=label_cy
        )
    Topic.objects.create(
        round=one_round,
        slug_en="services",
        slug_cy="gwasanaethau",
        name_en="Services for residents",
        name_cy="Gwasanaethau i breswylwyr",
    )
    return one_round


def year_of(day: date) -> str:
    begins = day.year if day.month >= 4 else day.year - 1
    return f"{begins}-{(begins + 1) % 100:02d}"


def make_bid(
    one_round: Round, fact: tuple[Any, ...], people: Mapping[str, Any], at: datetime, *, alone: bool = False
) -> Bid:
    """A bid as it was sent, with the other council as a partner that has agreed to a tenth.

    It is written straight into its rows: what a round asks for before it is sent is tried on the round that is open.
    """
    council, language, title, problem, proposal, pounds = fact
    other = "cardiff" if council == "torfaen" else "torfaen"
    number = one_round.bids.count() + 1
    reference = f"{one_round.reference_stem}-{number:03d}"
    stage = one_round.stages.order_by("opens_at").first()
    bid = Bid.objects.create(
        round=one_round,
        topic=one_round.topics.get(),
        lead=Organisation.objects.get(slug_en=council),
        reference=reference,
        slug_en=reference.lower(),
        slug_cy=reference.lower(),
        stage=stage.kind if stage else StageKind.STATEMENTS,
        title=title,
        language=language,
        amount_pence=pounds * 100,
        started_by=people[f"officer-{council}"],
    )
    texts = {"problem": problem, "proposal": proposal}
    for question in one_round.questions.all():
        bid.answers.create(question=question, text=texts[question.key])
    if number % 2 and not alone:  # every other bid has a partner
        partner = Partner.objects.create(
            bid=bid,
            organisation=Organisation.objects.get(slug_en=other),
            role={"en": "Tries it out", "cy": "Yn rhoi cynnig arni"}[language],
            share_pence=pounds * 10,
            status=Consent.AGREED,
            invited_at=at,
            decided_at=at,
            decided_by=people[f"lead-{other}"],
        )
        if bid.stage == StageKind.PROPOSALS:
            Commitment.objects.create(
                partner=partner,
                role=partner.role,
                share_pence=pounds * 10,
                approver="Demonstration approver",
                post=Post.SECTION_151,
                decided_on=timezone.localdate(at) - 3 * DAY,
                authority=Authority.DELEGATION,
                reference=f"DEMO/S151/{number}",
                recorded_at=at,
                recorded_by=people[f"lead-{other}"],
            )
    snapshot = snapshot_of(bid, number=1, by=bid.started_by, at=at)
    sent = Submission.objects.create(
        bid=bid,
        stage=bid.stage,
        reference=reference,
        topic=bid.topic,
        title=title,
        language=language,
        amount_pence=bid.amount_pence,
        snapshot=snapshot,
        sha256=digest(snapshot),
        received_at=at,
        by=bid.started_by,  # type: ignore[misc]  # a bid made here was started by somebody
    )
    Bid.objects.filter(pk=bid.pk).update(status=BidStatus.SUBMITTED, latest=sent)
    return Bid.objects.select_related("round").get(pk=bid.pk)


def score(bid: Bid, assessor: Any, points: tuple[int, ...], by: Any) -> None:
    """Give the bid to an assessor who hands in these points, again from the first where there are more criteria."""
    one = assessments.assessment_assign(bid=bid, assessor=assessor, by=by)
    criteria = list(one.bid.round.criteria_of(one.stage))
    language = assessor.language
    given = {criterion: (points[place % len(points)], SAYS[language]) for place, criterion in enumerate(criteria)}
    scores.scores_hand_in(assessment=one, given=given, language=language, read=digest_of(one, language), by=assessor)


def decide(bid: Bid, outcome: str, amount: int | None = None) -> Decision:
    """A pending decision with its drafted letter."""
    from .letters import draft_letter

    feedback = {"en": "Say earlier what it costs.", "cy": "Dywedwch yn gynharach beth yw’r gost."}
    decision = Decision(
        bid=bid,
        stage=assessments.stage_of(bid),
        outcome=outcome,
        amount_pence=amount,
        language=bid.language,
        reason="Its place in the ranking, and what is left of the budget.",
        feedback=feedback[bid.language],
    )
    decision.letter = draft_letter(decision)
    decision.save()
    return decision


def load_sift(people: Mapping[str, Any]) -> None:
    """Bids at the sift: two assessors have handed in, the third has work to do; one decision is pending."""
    names = ("Demonstration round at the sift", "Rownd enghreifftiol wrth ddidoli")
    slugs = ("demonstration-sift", "didoli-enghreifftiol")
    one_round, manager = make_round("DEMOSIFT", names, slugs, StageKind.STATEMENTS, 5), people["fund-manager"]
    bids = [make_bid(one_round, fact, people, timezone.now() - 6 * DAY) for fact in SIFTED]
    for place, bid in enumerate(bids):
        score(bid, people["assessor-second"], (5 - place, 4, 3), manager)
    score(bids[2], people["assessor"], (4, 2, 5), manager)
    for bid in bids[:2]:
        assessments.assessment_assign(bid=bid, assessor=people["assessor"], by=manager)
    decisions.moderation_record(
        bid=bids[1], stage="sift", hundredths=325, reason="The panel read the annex together.", by=manager
    )
    decide(bids[0], "invite")


def load_decided(people: Mapping[str, Any]) -> None:
    """Decided bids: an award under way, one to accept, one not taken forward whose council asks for a review."""
    names = ("Demonstration round that was decided", "Rownd enghreifftiol y penderfynwyd arni")
    slugs = ("demonstration-decided", "penderfynwyd-enghreifftiol")
    one_round, manager = make_round("DEMOPANEL", names, slugs, StageKind.PROPOSALS, 60), people["fund-manager"]
    bids = [make_bid(one_round, fact, people, timezone.now() - 61 * DAY) for fact in DECIDED]
    for rank, bid in zip(RANKS, bids, strict=True):
        score(bid, people["assessor"], (5, 4 - rank, 4), manager)
        score(bid, people["assessor-second"], (4, 4, 5 - rank), manager)
    decisions.agreement_record(
        one_round=one_round,
        name="Demonstration official",
        agreed_on=timezone.localdate() - 30 * DAY,
        reference="DEMO/WG/1",
        by=manager,
    )
    for bid, pounds in zip([*bids[:3], bids[4]], (50_000, 45_000, 35_000, 30_000), strict=True):
        decide(bid, "award", pounds * 100)
    refused = decide(bids[3], "refuse")
    decisions.decisions_apply(one_round=one_round, stage="panel", by=manager)
    refused.refresh_from_db()
    decisions.review_ask(decision=refused, reason="Mae’r gost yn yr atodiad.", by=people["officer-cardiff"])
    link_in_demo(BIDS, bids[:1])
    under_way, shared, _offered = (Award.objects.get(bid=bid) for bid in bids[:3])
    awards.award_accept(award=under_way, by=people["lead-torfaen"])
    for share in under_way.shares.filter(agreed_at=None):
        awards.share_agree(share=share, by=people["lead-cardiff"])
    awards.award_accept(award=shared, by=people["lead-cardiff"])
    after_award(Award.objects.get(pk=under_way.pk), people)
