"""Criteria, categories of cost and required files: what the database holds of them, and the standard ones."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fund import actions
from fund.models import CostCategory, Criterion, RequiredAttachment
from fund.standard import give_costs, give_criteria, give_files, give_questions, standard
from tests.factories.fund import (
    BidFactory,
    CostCategoryFactory,
    CriterionFactory,
    RequiredAttachmentFactory,
    RoundFactory,
)

from .test_constraints import changed, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "make", "values"),
    [
        ("criterion_stage_scores", CriterionFactory, {"stage": "proposals"}),
        ("criterion_weight_in_percent", CriterionFactory, {"weight": 0}),
        ("criterion_weight_in_percent", CriterionFactory, {"weight": 101}),
        ("criterion_named_in_both", CriterionFactory, {"name_cy": ""}),
        ("cost_category_named_in_both", CostCategoryFactory, {"name_en": ""}),
        ("required_attachment_named_in_both", RequiredAttachmentFactory, {"name_cy": ""}),
        ("required_attachment_stage_takes_bids", RequiredAttachmentFactory, {"stage": "panel"}),
    ],
)
def test_a_part_of_the_form_keeps_its_invariants(name, make, values):
    refused(name, changed(make(), **values))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("criterion_key_once_in_a_stage", CriterionFactory),
        ("cost_category_key_once_in_a_form", CostCategoryFactory),
        ("required_attachment_key_once_in_a_form", RequiredAttachmentFactory),
    ],
)
def test_a_key_stands_once(name, make):
    one = make()
    refused(name, lambda: make(round=one.round, key=one.key))
    assert make(key=one.key).pk


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("cost_category_asked_as_it_was", CostCategoryFactory),
        ("required_attachment_asked_as_it_was", RequiredAttachmentFactory),
    ],
)
def test_what_a_bid_was_asked_stands(name: str, make: Any):
    one = make()
    changed(one, name_en="Before any bid")()
    bid = BidFactory(round=one.round)
    refused(name, changed(one, name_en="After"))
    bid.round.bids.update(form_version=2)
    changed(one, name_en="Nobody writes on this form")()


def test_the_standard_round_is_whole():
    one_round = RoundFactory()
    for give in (give_criteria, give_costs, give_files, give_questions):
        give(one_round)
    for stage in ("sift", "panel"):
        assert sum(criterion.weight for criterion in one_round.criteria_of(stage)) == 100
    first = one_round.criteria.first()
    assert [number for number, text in first.levels if text.en and text.cy] == [0, 1, 2, 3, 4, 5]
    implications = one_round.questions.filter(section="implications").values_list("key", flat=True)
    assert list(implications) == [
        "welsh-language", "equality", "well-being-goals", "data-protection", "procurement", "subsidy-control",
    ]  # fmt: skip
    assert CostCategory.objects.count() == len(standard()["cost_categories"])
    assert RequiredAttachment.objects.count() == len(standard()["required_attachments"])
    assert Criterion.objects.count() == 7


def test_a_changed_question_takes_costs_and_files_into_the_next_form():
    one_round = RoundFactory()
    give_costs(one_round)
    give_files(one_round)
    give_questions(one_round)
    bid = BidFactory(round=one_round)
    question = one_round.questions.first()
    with transaction.atomic():
        actions.question_revise(question=question, by=bid.started_by, word_limit=20)
    bid.refresh_from_db()
    one_round.refresh_from_db()
    assert (bid.form_version, one_round.form_version) == (1, 2)
    assert bid.cost_categories().count() == one_round.cost_categories.filter(form_version=2).count() == 5
    assert bid.required_attachments().count() == 0  # it stands at the stage of statements
    bid.stage = "proposals"
    assert [one.key for one in bid.required_attachments()] == ["plan", "support"]


def test_a_category_of_the_same_key_in_the_next_form_is_another():
    one = CostCategoryFactory()
    assert CostCategoryFactory(round=one.round, key=one.key, form_version=2).pk != one.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        CostCategoryFactory(round=one.round, key=one.key, form_version=2)
