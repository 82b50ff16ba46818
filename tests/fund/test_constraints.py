"""Each invariant of the fund, and what happens to a row that would break it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.roles import Role
from fund.models import Answer, Bid, Partner, Question, Round, Stage, StatedProcess, Submission, Topic
from fund.models.submissions import digest
from tests.factories.fund import (
    AnswerFactory,
    BidFactory,
    HistoricBidFactory,
    PartnerFactory,
    QuestionFactory,
    RoundFactory,
    StageFactory,
    TopicFactory,
    draft,
)
from tests.factories.people import BodyFactory, person

pytestmark = pytest.mark.django_db


def refused(name: str, make: Any) -> None:
    """`make` breaks the constraint of this name, and nothing else."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    assert caught.value.__cause__.diag.constraint_name == name


def changed(row: Any, **values: Any) -> Any:
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("round_year_is_a_year", {"year": "2026/27"}),
        ("round_historic_is_no_demo", {"is_historic": True, "is_demo": True}),
        ("round_live_has_references", {"reference_stem": ""}),
        ("round_published_in_both", {"name_cy": ""}),
    ],
)
def test_a_round_keeps_its_invariants(name, values):
    refused(name, changed(RoundFactory(), **values))


def test_a_round_is_not_begun_with_a_budget_below_nothing():
    refused("round_budget_not_negative", lambda: RoundFactory(budget_pence=-1))


def test_a_round_without_a_budget_is_not_a_round_of_nothing():
    assert RoundFactory(budget_pence=None).budget_pence is None


def test_two_rounds_do_not_share_their_references():
    RoundFactory(reference_stem="ONE")
    refused("round_reference_stem_unique", lambda: RoundFactory(reference_stem="ONE"))


def test_a_round_in_preparation_may_lack_a_language():
    assert RoundFactory(published_at=None, name_cy="").name.missing == ("cy",)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("stage_kind_known", {"kind": "breakfast"}),
        ("stage_closes_after_it_opens", {"closes_at": datetime(2020, 1, 1, tzinfo=UTC)}),
    ],
)
def test_a_stage_keeps_its_invariants(name, values):
    refused(name, changed(StageFactory(), **values))


def test_a_round_has_each_stage_once():
    stage = StageFactory()
    refused("stage_once_in_a_round", lambda: StageFactory(round=stage.round))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("topic_slug_en_once_in_a_round", {"slug_en": "same"}),
        ("topic_slug_cy_once_in_a_round", {"slug_cy": "yr-un"}),
    ],
)
def test_the_topics_of_a_round_have_addresses_of_their_own(name, fields):
    topic = TopicFactory(**fields)
    refused(name, lambda: TopicFactory(round=topic.round, **fields))
    assert TopicFactory(**fields).pk


def test_a_topic_is_named_in_both_languages():
    refused("topic_named_in_both", changed(TopicFactory(), name_cy=""))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("question_stage_takes_bids", {"stage": "sift"}),
        ("question_section_known", {"section": "weather"}),
        ("question_asked_in_both", {"label_en": ""}),
        ("question_word_limit_in_reason", {"word_limit": 0}),
    ],
)
def test_a_question_keeps_its_invariants(name, values):
    refused(name, changed(QuestionFactory(), **values))


def test_a_form_asks_a_question_once():
    question = QuestionFactory()
    refused("question_key_once_in_a_form", lambda: QuestionFactory(round=question.round, key=question.key))


def test_a_question_that_a_bid_answers_is_asked_as_it_was():
    answer = AnswerFactory()
    refused("question_asked_as_it_was", changed(answer.question, word_limit=21))
    refused("question_asked_as_it_was", changed(answer.question, label_cy="Arall?"))


def test_the_translation_of_a_question_in_use_can_still_be_marked_as_reviewed():
    answer = AnswerFactory()
    changed(answer.question, label_mark="reviewed")()
    assert Question.objects.get().label.mark == "reviewed"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("bid_status_known", {"status": "lost"}),
        ("bid_made_here_has_one_lead", {"lead": None}),
        ("bid_made_here_is_named", {"title": ""}),
        ("bid_made_here_is_named", {"reference": ""}),
        ("bid_made_here_is_named", {"language": "fr"}),
        ("bid_made_here_is_named", {"started_by": None}),
        ("bid_topic_inferred_only_of_the_past", {"topic_inferred": True}),
        ("bid_amount_not_negative", {"amount_pence": -1}),
        ("bid_submitted_has_its_submission", {"status": "submitted"}),
        ("bid_submitted_has_its_submission", {"status": "withdrawn"}),
        ("bid_historic_has_a_heading", {"is_historic": True, "status": "progressed"}),
    ],
)
def test_a_bid_made_here_keeps_its_invariants(name, values):
    refused(name, changed(BidFactory(), **values))


def test_the_lead_of_a_bid_is_a_council():
    refused("bid_lead_is_a_council", lambda: BidFactory(lead=BodyFactory(), started_by=person(Role.OFFICER)))


def test_the_topic_of_a_bid_is_of_its_round():
    bid = BidFactory()
    refused("bid_topic_of_its_round", changed(bid, topic=TopicFactory()))


def test_two_bids_do_not_share_a_reference():
    BidFactory(reference="R-1", slug_en="a", slug_cy="a")
    refused("bid_reference_unique", lambda: BidFactory(reference="R-1", slug_en="b", slug_cy="b"))


def test_a_historic_bid_may_lack_what_a_bid_made_here_must_have():
    bid = HistoricBidFactory()
    assert (bid.lead, bid.amount_pence, bid.reference, bid.title, bid.latest) == (None, None, "", "", None)


@pytest.mark.parametrize("status", ["draft", "submitted", "withdrawn"])
def test_a_historic_bid_is_never_in_a_status_of_bids_made_here(status):
    refused("bid_historic_status", changed(HistoricBidFactory(), status=status))


def test_a_bid_has_one_answer_to_a_question():
    answer = AnswerFactory()
    refused("answer_one_to_a_question", lambda: AnswerFactory(bid=answer.bid, question=answer.question))


def test_an_answer_counts_its_words_and_an_empty_one_has_none():
    answer = AnswerFactory(text="three words here")
    assert answer.words == 3
    refused("answer_empty_has_no_words", changed(answer, text=""))


def test_an_answer_belongs_to_the_form_of_its_bid():
    bid = BidFactory()
    other_form = QuestionFactory(round=bid.round, form_version=2)
    refused("answer_of_the_form", lambda: AnswerFactory(bid=bid, question=other_form))
    refused("answer_of_the_form", lambda: AnswerFactory(bid=bid, question=QuestionFactory()))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("partner_consent_known", {"status": "perhaps"}),
        ("partner_share_not_negative", {"share_pence": -1}),
        ("partner_decided_when_and_by_whom", {"decided_at": datetime(2026, 1, 1, tzinfo=UTC)}),
        ("partner_decision_has_its_person", {"status": "agreed"}),
        ("partner_flags_only_of_the_past", {"possible": True}),
        ("partner_consent_asked", {"status": "unknown"}),
    ],
)
def test_a_partner_keeps_its_invariants(name, values):
    refused(name, changed(PartnerFactory(), **values))


def test_an_organisation_joins_a_bid_once_and_never_beside_itself():
    partner = PartnerFactory()
    refused("partner_once_in_a_bid", lambda: PartnerFactory(bid=partner.bid, organisation=partner.organisation))
    refused("partner_is_not_the_lead", lambda: PartnerFactory(bid=partner.bid, organisation=partner.bid.lead))


def submission(**fields: Any) -> Submission:
    bid = draft(person(Role.OFFICER))
    values = {
        "bid": bid, "reference": bid.reference, "topic": bid.topic, "title": bid.title, "language": "en",
        "snapshot": {"a": 1}, "sha256": digest({"a": 1}), "received_at": timezone.now(), "by": bid.started_by,
    }  # fmt: skip
    return Submission.objects.create(**{**values, **fields})


def test_a_submission_is_numbered_hashed_and_never_of_less_than_nothing():
    first = submission()
    refused("submission_numbered_once", lambda: submission(bid=first.bid))
    refused("submission_has_its_hash", lambda: submission(sha256="0" * 63 + "g"))
    refused("submission_amount_not_negative", lambda: submission(amount_pence=-1))


@pytest.mark.parametrize("command", ["UPDATE fund_submission SET title = 'x'", "DELETE FROM fund_submission"])
def test_a_submission_cannot_be_changed_or_deleted(command):
    submission()
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with denied, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(command)
    assert Submission.objects.get().is_whole


def test_a_tampered_snapshot_no_longer_has_its_hash():
    sent = submission()
    sent.snapshot = {"a": 2}
    assert not sent.is_whole


def test_how_a_round_ran_names_its_source():
    refused("stated_process_names_its_source", lambda: StatedProcess.objects.create(round=RoundFactory()))


def test_an_effect_is_one_of_two():
    refused("answer_effect_known", changed(AnswerFactory(), effect="much"))


def test_every_constraint_of_the_fund_is_tried_here():
    from pathlib import Path

    here = Path(__file__)
    text = here.read_text("utf-8") + here.with_name("test_likeness_constraints.py").read_text("utf-8")
    models = (Round, Stage, Topic, Question, Bid, Answer, Partner, Submission, StatedProcess)
    names = {constraint.name for model in models for constraint in model._meta.constraints}
    assert {name for name in names if name not in text} == set()


def test_a_stage_takes_what_arrives_at_its_closing_moment_and_nothing_later():
    stage = StageFactory()
    assert stage.is_open(stage.closes_at)
    assert not stage.is_open(stage.closes_at + timedelta(microseconds=1))
    assert not stage.is_open(stage.opens_at - timedelta(microseconds=1))
