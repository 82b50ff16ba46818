"""What the database holds true of doubles, targets, imports, requests and erasures."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories.training import (
    DoubleFactory,
    ErasureFactory,
    ImportFactory,
    ImportRowFactory,
    ImportSourceFactory,
    LearnerFactory,
    PrivacyRequestFactory,
    RetentionRunFactory,
    TargetFactory,
)
from training.models import Ask, Double, Learner, Outcome
from training.states import DoubleStatus, ImportStatus

pytestmark = pytest.mark.django_db


def refused(constraint: str, make: Any, /, **fields: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**fields)


@pytest.mark.parametrize(
    ("name", "make", "fields"),
    [
        ("double_status_known", DoubleFactory, {"status": "other"}),
        ("double_reason_known", DoubleFactory, {"reason": "other"}),
        ("target_year_of_two", TargetFactory, {"plan_year": "2026"}),
        ("target_kind_known", TargetFactory, {"kind": "other"}),
        ("target_is_something", TargetFactory, {"value": 0}),
        ("target_has_a_source", TargetFactory, {"source_cy": ""}),
        ("import_source_has_a_name", ImportSourceFactory, {"name": ""}),
        ("import_source_mode_known", ImportSourceFactory, {"mode": "other"}),
        ("import_source_language_known", ImportSourceFactory, {"language": "fr"}),
        ("import_status_known", ImportFactory, {"status": "other"}),
        ("import_format_known", ImportFactory, {"format": "ods"}),
        ("import_failed_says_why", ImportFactory, {"status": ImportStatus.FAILED}),
        ("import_row_outcome_known", ImportRowFactory, {"outcome": "other"}),
        ("import_row_wrong_says_why", ImportRowFactory, {"outcome": Outcome.WRONG}),
        (
            "import_row_wrong_stays_out",
            ImportRowFactory,
            {"outcome": Outcome.WRONG, "problems": [["no_name", ""]], "applied_at": datetime(2026, 1, 1, tzinfo=UTC)},
        ),
        ("privacy_request_status_known", PrivacyRequestFactory, {"status": "other"}),
        ("privacy_request_kind_known", PrivacyRequestFactory, {"kind": "other"}),
        ("erasure_reason_known", ErasureFactory, {"reason": "other"}),
        ("learner_erased_is_nobody", LearnerFactory, {"erased_at": datetime(2026, 1, 1, tzinfo=UTC)}),
    ],
)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name, make, fields):
    refused(name, make, **fields)


def test_two_learners_are_doubted_once_and_in_order():
    double = DoubleFactory()
    refused("double_once", DoubleFactory, first=double.first, second=double.second)
    refused("double_in_order", DoubleFactory, first=double.second, second=double.first)
    refused("double_in_order", DoubleFactory, first=double.first, second=double.first)


def test_a_target_a_source_a_row_and_a_wish_to_be_erased_stand_once():
    target, source, row = TargetFactory(), ImportSourceFactory(), ImportRowFactory()
    wish = PrivacyRequestFactory(kind=Ask.ERASURE)
    TargetFactory(is_demo=True)
    refused("target_once_a_year", TargetFactory, plan_year=target.plan_year, kind=target.kind)
    refused("import_source_named_once", ImportSourceFactory, name=source.name)
    refused("import_row_once", ImportRowFactory, batch=row.batch, number=row.number)
    refused("privacy_request_erasure_once", PrivacyRequestFactory, learner=wish.learner, kind=Ask.ERASURE)


def test_a_learner_is_the_first_of_its_own():
    first, second = LearnerFactory(), LearnerFactory()
    for name in ("learner_first_of_its_own", "learner_perhaps_a_first"):
        column = {"learner_first_of_its_own": "person", "learner_perhaps_a_first": "perhaps"}[name]
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Learner.objects.filter(pk=first.pk).update(**{column: second})


def roots(*learners: Learner) -> list[tuple[int, int]]:
    """The place in `learners` of whom each is, and of whom each may be."""
    places = {learner.pk: place for place, learner in enumerate(learners)}
    found = []
    for learner in learners:
        learner.refresh_from_db()
        found.append((places[learner.person_id or learner.pk], places[learner.perhaps_id or learner.pk]))
    return found


def test_an_open_doubt_says_who_may_be_who():
    double = DoubleFactory()
    assert roots(double.first, double.second) == [(0, 0), (1, 0)]


def test_a_merge_reaches_over_several_and_comes_apart_where_it_was_joined():
    a, b, c = (LearnerFactory() for _number in range(3))
    DoubleFactory(first=b, second=c, status=DoubleStatus.SAME)
    joint = DoubleFactory(first=a, second=b, status=DoubleStatus.SAME)
    assert roots(a, b, c) == [(0, 0), (0, 0), (0, 0)]
    Double.objects.filter(pk=joint.pk).update(status=DoubleStatus.OPEN)
    assert roots(a, b, c) == [(0, 0), (1, 0), (1, 0)]
    Double.objects.filter(pk=joint.pk).update(status=DoubleStatus.DIFFERENT)
    assert roots(a, b, c) == [(0, 0), (1, 1), (1, 1)]
    Double.objects.all().delete()
    assert roots(a, b, c) == [(0, 0), (1, 1), (2, 2)]


def test_what_was_erased_and_what_ran_out_is_never_rewritten():
    ErasureFactory()
    RetentionRunFactory()
    for sql in ("DELETE FROM training_erasure", "UPDATE training_retentionrun SET removed = 1"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(sql)
