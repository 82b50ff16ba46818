"""Deciding: the panel's screen, moderation, pending decisions applied together, letters, replay and review."""

import json
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from accounts.roles import Role
from fund.actions import decisions as actions
from fund.models import Bid, Decision, GovernmentAgreement, Moderation, Review
from fund.panel import panel_of
from fund.replay import replay_of
from fund.states.assessing import DECISION, REVIEW, DecisionStatus, ReviewStatus
from tests.factories.fund import PartnerFactory, StageFactory
from tests.factories.fund_assessing import (
    DecisionFactory,
    GovernmentAgreementFactory,
    ModerationFactory,
    ReviewFactory,
    assessor,
    closed_round,
    scored,
    sent,
)
from tests.factories.people import person
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState, advance

from .conftest import url
from .test_constraints import changed, refused

pytestmark = pytest.mark.django_db
REASON = {"reason": "The panel agreed."}


def manager():
    return person(Role.FUND_MANAGER)


def agreed(one_round):
    return GovernmentAgreementFactory(round=one_round)


def pending(bid, outcome="refuse", **more):
    stage = "sift" if bid.stage == "statements" else "panel"
    return DecisionFactory(bid=bid, stage=stage, outcome=outcome, **more)


@pytest.mark.parametrize("status", DecisionStatus.values)
@pytest.mark.parametrize("event", ["apply", "overturn"])
def test_a_decision_moves_only_along_the_table(status, event):
    assert set(DECISION.transitions) == set(DECISION.rules) == {"apply", "overturn"}
    done = {"applied_at": timezone.now(), "applied_by": manager(), "standing": {}} if status != "pending" else {}
    row = DecisionFactory(status=status, **done)
    with pytest.raises(NotAllowed):
        advance(row, event, by=row.bid.started_by, why="x")
    if (event, status) in {("apply", "pending"), ("overturn", "applied")}:
        by = manager()

        def write(one):
            one.applied_at, one.applied_by, one.standing = timezone.now(), by, {}

        assert (
            advance(row, event, by=by, why="x", also=write if event == "apply" else None).status
            == {
                "apply": "applied",
                "overturn": "overturned",
            }[event]
        )
    else:
        with pytest.raises(WrongState):
            advance(row, event, by=manager(), why="x")


@pytest.mark.parametrize("status", ReviewStatus.values)
@pytest.mark.parametrize("event", ["keep", "overturn"])
def test_a_review_moves_only_along_the_table(status, event):
    assert set(REVIEW.transitions) == set(REVIEW.rules) == {"keep", "overturn"}
    done = {"answered_at": timezone.now(), "answer": "No"} if status != "asked" else {}
    row = ReviewFactory(status=status, **done)
    with pytest.raises(NotAllowed):
        advance(row, event, by=row.asked_by, why="x")
    if status == "asked":

        def write(one):
            one.answer, one.answered_at = "Words", timezone.now()

        assert advance(row, event, by=manager(), why="x", also=write).status in {"stands", "overturned"}
    else:
        with pytest.raises(WrongState):
            advance(row, event, by=manager(), why="x")


def test_the_panel_sees_ranking_spread_budget_line_plot_and_what_each_assessor_weighs(signed_in):
    one_round = closed_round(budget_pence=100_000_00)
    one, two = assessor(name="Ann Other"), assessor(name="Ben Other")
    best = sent(one_round, amount_pence=80_000_00, title="The best of all")
    next_best = sent(one_round, amount_pence=50_000_00)
    for who, points in ((one, (5, 5)), (two, (3, 3))):
        scored(best, who, *points)
    for who, points in ((one, (1, 1)), (two, (4, 4))):
        scored(next_best, who, *points)
    panel = panel_of(one_round, "sift")
    assert [(line.bid.pk, line.rank, line.mean, line.spread) for line in panel.lines] == [
        (best.pk, 1, 4, 2),
        (next_best.pk, 2, 2.5, 3),
    ]
    assert panel.left_out[one][next_best].rank == 1
    page = signed_in(manager()).get(url("panel_page", slug=one_round.slug_en, stage="sift")).content.decode()
    assert "The best of all" in page
    assert "Here the budget of £100,000 ends" in page
    assert "without Ann Other" in page
    assert page.count("<path") >= 8
    assert "£130,000" in page


def test_the_panel_costs_the_same_at_two_bids_and_at_twelve(signed_in, django_assert_max_num_queries):
    one_round, one = closed_round(criteria=1), assessor()
    client, officer, counts = signed_in(manager()), person(Role.OFFICER), []
    for more in (2, 10):
        for _number in range(more):
            bid = sent(one_round, officer)
            scored(bid, one)
            pending(bid)
        for name in ("panel_page", "decision_list"):
            with django_assert_max_num_queries(22) as asked:
                client.get(url(name, slug=one_round.slug_en, stage="sift"))
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_what_the_panel_agrees_is_recorded_with_its_reason_and_ranks(signed_in):
    bid = sent()
    scored(bid, assessor(), 1, 1)
    client, address = signed_in(manager()), url("moderation_add", slug=bid.slug, stage="sift")
    assert "Enter “Reason”." in client.post(address, {"score": "3.25"}).content.decode()
    client.post(address, {"score": "3.25", "reason": "One assessor missed the annex."})
    assert Moderation.objects.get().hundredths == 325
    assert float(panel_of(bid.round, "sift").lines[0].score) == 3.25
    client.post(address, {"score": "", "reason": "The mean stands after all."})
    assert panel_of(bid.round, "sift").lines[0].score == 1
    page = client.get(address).content.decode()
    assert "One assessor missed the annex." in page
    Bid.objects.filter(pk=bid.pk).update(status="unsuccessful")
    assert "decided already" in client.post(address, {"reason": "Late"}).content.decode()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Moderation.objects.update(reason="x")


def test_a_decision_is_written_with_a_letter_drafted_in_the_language_of_the_bid(signed_in):
    bid = sent(language="cy", title="Un cof cyfieithu")
    StageFactory(round=bid.round, kind="proposals", closes_at=timezone.now() + timedelta(days=30))
    client, address = signed_in(manager()), url("decision_edit", slug=bid.slug, stage="sift")
    assert "Iaith" not in client.get(address).content.decode()
    page = client.post(address, {"outcome": "invite", "reason": "Good.", "version": "1"}, follow=True).content.decode()
    decision = Decision.objects.get()
    assert decision.letter.startswith("Diolch am y cais “Un cof cyfieithu”")
    assert "wahodd eich cyngor" in decision.letter
    assert "Gellir ysgrifennu cynigion tan" in decision.letter
    assert "This is a preview." in page
    pdf = client.get(url("decision_letter", pk=decision.pk))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    edited = {"outcome": "invite", "reason": "Good.", "letter": "Geiriau eraill.", "version": decision.version}
    client.post(address, edited)
    decision.refresh_from_db()
    assert decision.letter == "Geiriau eraill."
    assert client.post(address, edited | {"letter": "Eto"}).status_code == 409


def test_an_award_has_an_amount_and_what_is_no_award_has_none(signed_in):
    bid = sent(stage="proposals")
    client, address = signed_in(manager()), url("decision_edit", slug=bid.slug, stage="panel")
    page = client.post(address, {"outcome": "award", **REASON}).content.decode()
    assert "An award has an amount of more than nothing." in page
    client.post(address, {"outcome": "refuse", "amount_pence": "10", "conditions": "x", **REASON})
    decision = Decision.objects.get()
    assert (decision.amount_pence, decision.conditions) == (None, "")
    assert "adolygiad" not in decision.letter
    assert "review of this decision" in decision.letter
    Bid.objects.filter(pk=bid.pk).update(status="awarded")
    assert "decided already" in client.post(address, {"outcome": "refuse", "version": "2", **REASON}).content.decode()


def test_decisions_stay_pending_until_all_of_a_stage_are_applied_together(signed_in):
    one_round = closed_round()
    good, bad, open_one = sent(one_round), sent(one_round), sent(one_round)
    scored(good, assessor(), 4, 4)
    digital = person(Role.DIGITAL_LEAD, organisation=good.lead)
    pending(good, "invite"), pending(bad)
    officer, by = signed_in(good.started_by), manager()
    assert Decision.objects.visible_to(good.started_by).count() == 0
    assert officer.get(url("decision_page", pk=Decision.objects.first().pk)).status_code == 404
    assert actions.reasons_against(one_round, "sift") == [f"These bids are not decided yet: {open_one.reference}."]
    with pytest.raises(Refused, match="not decided yet"):
        actions.decisions_apply(one_round=one_round, stage="sift", by=by)
    assert set(Bid.objects.values_list("status", flat=True)) == {"submitted"}
    pending(open_one)
    client = signed_in(by)
    page = client.post(url("decision_apply", slug=one_round.slug_en, stage="sift"), follow=True).content.decode()
    assert "3 decisions are applied." in page
    good, bad = Bid.objects.get(pk=good.pk), Bid.objects.get(pk=bad.pk)
    assert (good.status, good.stage, bad.status) == ("invited", "proposals", "unsuccessful")
    told = Notification.objects.filter(kind="fund.decision_made").values_list("user", flat=True)
    assert {good.started_by_id, digital.pk, bad.started_by_id} <= set(told)
    decision = good.decisions.get()
    assert (decision.status, decision.standing["rank"], decision.standing["mean"]) == ("applied", 1, 400)
    page = officer.get(url("decision_page", pk=decision.pk)).content.decode()
    assert "Letter" in page
    assert "The panel agreed." not in page
    assert officer.get(url("decision_letter", pk=decision.pk)).status_code == 200
    assert officer.get(url("decision_replay", pk=decision.pk)).status_code == 403
    assert decision.get_absolute_url() in officer.get(url("bid_page", slug=good.slug)).content.decode()
    page = client.post(url("decision_apply", slug=one_round.slug_en, stage="sift"), follow=True).content.decode()
    assert "No decision is pending." in page
    assert client.get(url("decision_edit", slug=good.slug, stage="sift")).status_code == 302
    assert next(line.bid.pk for line in panel_of(one_round, "sift").lines) == good.pk


def test_awards_wait_for_the_agreement_of_welsh_government_and_stay_within_the_budget(signed_in):
    one_round = closed_round(stage="panel", budget_pence=100_000_00)
    bid, other = sent(one_round, stage="proposals"), sent(one_round, stage="proposals")
    decision = pending(bid, "award", amount_pence=90_000_00)
    second = pending(other, "award", amount_pence=20_000_00)
    client, address = signed_in(manager()), url("decision_list", slug=one_round.slug_en, stage="panel")
    page = client.get(address).content.decode()
    assert "The agreement of Welsh Government is not recorded yet." in page
    assert "The awards come to £110,000; the budget has £100,000 left." in page
    form = {"name": "A minister", "agreed_on_day": "2", "agreed_on_month": "11", "agreed_on_year": "2026"}
    assert "Enter “Reference of the agreement”." in client.post(address, form).content.decode()
    client.post(address, form | {"reference": "MA-1"})
    kept = GovernmentAgreement.objects.get()
    assert (kept.name, kept.agreed_on, kept.reference) == ("A minister", date(2026, 11, 2), "MA-1")
    Decision.objects.filter(pk=second.pk).update(amount_pence=10_000_00)
    client.post(url("decision_apply", slug=one_round.slug_en, stage="panel"))
    decision.refresh_from_db()
    assert (decision.status, Bid.objects.get(pk=bid.pk).status) == ("applied", "awarded")
    assert actions.budget_left(one_round) == 0
    one_round.budget_pence = None
    assert actions.budget_left(one_round) is None


def test_replay_shows_what_each_assessor_saw_in_which_language_and_version(signed_in):
    bid = sent()
    first, second = scored(bid, assessor(name="Ann Other"), 5, 4), scored(bid, assessor(name="Ben Other"), 2, 2)
    decision = pending(bid)
    assert [reading.assessment.pk for reading in replay_of(decision)] == [first.pk, second.pk]
    by = manager()
    done = actions.decisions_apply(one_round=bid.round, stage="sift", by=by)[0]
    later = first.scores.first()
    from fund.actions import scores

    scores.score_correct(score=later, points=0, comment="x", why="y", by=first.assessor)
    readings = replay_of(done)
    assert [[score.points for score in reading.scores] for reading in readings] == [[5, 4], [2, 2]]
    assert readings[0].shown["submission_sha256"] == bid.latest.sha256
    page = signed_in(by).get(url("decision_replay", pk=done.pk)).content.decode()
    assert "Ann Other" in page
    assert readings[0].sheet.sha256 in page
    assert "Some words of an answer." in page
    assert json.dumps(done.standing)


def test_a_council_asks_for_a_review_of_its_own_decision_and_the_bid_is_decided_again(signed_in):
    bid = sent()
    pending(bid)
    by = manager()
    decision = actions.decisions_apply(one_round=bid.round, stage="sift", by=by)[0]
    officer = signed_in(bid.started_by)
    assert "Ask for a review" in officer.get(url("decision_page", pk=decision.pk)).content.decode()
    address = url("review_ask", pk=decision.pk)
    assert "Enter “Why it should be looked at again”." in officer.post(address, {"reason": ""}).content.decode()
    officer.post(address, {"reason": "The annex was not read."})
    review = Review.objects.get()
    assert officer.get(address).status_code == 403
    with pytest.raises(Refused, match="cannot be asked for"):
        actions.review_ask(decision=decision, reason="x", by=bid.started_by)
    client, answer = signed_in(by), url("review_answer", pk=decision.pk)
    assert "Answer the review of the decision on" in client.get("/en/").content.decode()
    assert "Enter “Answer”." in client.post(answer, {"event": "overturn"}).content.decode()
    client.post(answer, {"event": "overturn", "answer": "You are right."})
    review.refresh_from_db()
    decision.refresh_from_db()
    assert (review.status, decision.status) == ("overturned", "overturned")
    assert Bid.objects.get(pk=bid.pk).status == "submitted"
    assert "cannot be done now" in client.post(answer, {"event": "keep", "answer": "x"}).content.decode()
    assert "You are right." in officer.get(url("decision_page", pk=decision.pk)).content.decode()
    assert Notification.objects.filter(kind="fund.review_answered").count() == 1
    pending(Bid.objects.get(pk=bid.pk), "invite")
    actions.decisions_apply(one_round=bid.round, stage="sift", by=by)
    assert [change.event for change in StatusChange.of(bid)] == ["refuse", "reopen", "invite"]


def test_a_review_may_let_the_decision_stand(signed_in):
    review = ReviewFactory()
    by = manager()
    actions.review_answer(review=review, event="keep", answer="It was read.", by=by)
    assert review.decision.status == "applied"
    assert Bid.objects.get(pk=review.decision.bid_id).status == "unsuccessful"


def test_partners_leads_hear_of_the_decision_too():
    bid = sent()
    lead = person(Role.DIGITAL_LEAD)
    PartnerFactory(
        bid=bid, organisation=lead.memberships.get().organisation, status="agreed", decided_at=timezone.now(),
        decided_by=lead,
    )  # fmt: skip
    pending(bid)
    actions.decisions_apply(one_round=bid.round, stage="sift", by=manager())
    assert Notification.objects.filter(kind="fund.decision_made", user=lead).exists()


def test_decisions_moderations_agreements_and_reviews_keep_their_invariants():
    row = DecisionFactory()
    refused("decision_outcome_of_its_stage", changed(row, outcome="award", amount_pence=1))
    refused("decision_award_has_its_amount", changed(row, amount_pence=1))
    refused("decision_has_a_reason", changed(row, reason=""))
    refused("decision_applied_is_whole", changed(row, status="applied"))
    refused("decision_one_at_a_stage", lambda: DecisionFactory(bid=row.bid))
    done = ReviewFactory().decision
    refused("decision_status_known", changed(done, status="lost"))
    refused("decision_stands_as_sent", changed(done, letter="Other words"))
    refused("decision_is_kept", lambda: Decision.objects.filter(pk=done.pk)._raw_delete("default"))
    refused("moderation_stage_scores", lambda: ModerationFactory(stage="decision"))
    refused("moderation_from_0_to_5", lambda: ModerationFactory(hundredths=501))
    refused("moderation_has_a_reason", lambda: ModerationFactory(reason=""))
    refused("government_agreement_says_who_and_where", lambda: GovernmentAgreementFactory(reference=""))
    refused("review_status_known", changed(done.review, status="lost", answer="x", answered_at=timezone.now()))
    refused("review_has_a_reason", changed(done.review, reason=""))
    refused("review_answered_with_words", changed(done.review, status="stands"))
