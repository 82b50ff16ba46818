"""What the database itself refuses of certificates, feedback and maturity assessments."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from tests.factories.maturity import (
    CertificateFactory,
    FeedbackFactory,
    FeedbackGivenFactory,
    MaturityAnswerFactory,
    MaturityAssessmentFactory,
    MaturityEvidenceFactory,
    MaturityQuestionFactory,
    MaturitySetFactory,
    MaturityThemeFactory,
)
from training.models import Feedback, FeedbackGiven, MaturityAnswer, MaturityAssessment, MaturitySet

pytestmark = pytest.mark.django_db


def refused(name: str, factory: Any, /, **fields: Any) -> None:
    """The database refuses the row, by the constraint of this name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**fields)


def test_a_booking_has_one_certificate_at_a_time():
    gone = CertificateFactory(revoked_at=timezone.now() + timedelta(minutes=1))
    again = CertificateFactory(booking=gone.booking)
    refused("certificate_one_for_a_booking", CertificateFactory, booking=again.booking)


def test_a_certificate_is_withdrawn_after_it_was_issued():
    refused("certificate_revoked_after_issue", CertificateFactory, revoked_at=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("feedback_from_one_to_five", {"useful": 0}),
        ("feedback_from_one_to_five", {"clear": 6}),
        ("feedback_from_one_to_five", {"confident": 9}),
        ("feedback_language_known", {"language": "de"}),
    ],
)
def test_feedback_is_marks_from_one_to_five_in_a_known_language(name, fields):
    refused(name, FeedbackFactory, **fields)


def test_feedback_stays_as_it_was_given_and_once_shown_is_shown():
    answer = FeedbackFactory(words="Good.")
    for change in ({"useful": 1}, {"words": "Bad."}):
        with pytest.raises(IntegrityError, match="as it was given"), transaction.atomic():
            Feedback.objects.filter(pk=answer.pk).update(**change)
    Feedback.objects.update(shown=True)
    with pytest.raises(IntegrityError, match="as it was given"), transaction.atomic():
        Feedback.objects.update(shown=False)


def test_nothing_that_holds_feedback_says_who_or_when():
    assert {field.name for field in Feedback._meta.get_fields()} == {
        "id", "session", "useful", "clear", "confident", "words", "language", "shown",
    }  # fmt: skip
    assert [field.name for field in FeedbackGiven._meta.get_fields()] == ["booking"]
    assert FeedbackGivenFactory().pk == FeedbackGiven.objects.get().booking_id
    assert FeedbackFactory().pk.version == 4  # a random one


@pytest.mark.parametrize(
    ("name", "factory", "fields"),
    [
        ("maturity_set_in_both", MaturitySetFactory, {"title_cy": ""}),
        ("maturity_theme_in_both", MaturityThemeFactory, {"title_en": ""}),
        ("maturity_question_in_both", MaturityQuestionFactory, {"text_cy": ""}),
        ("maturity_evidence_in_both", MaturityEvidenceFactory, {"text_cy": ""}),
        ("maturity_evidence_level_known", MaturityEvidenceFactory, {"level": 6}),
        ("maturity_assessment_status_known", MaturityAssessmentFactory, {"status": "lost"}),
        ("maturity_assessment_sharing_known", MaturityAssessmentFactory, {"sharing": "press"}),
        ("maturity_assessment_language_known", MaturityAssessmentFactory, {"language": "fr"}),
        ("maturity_assessment_agreed_by_somebody", MaturityAssessmentFactory, {"status": "agreed"}),
        ("maturity_assessment_agreed_by_somebody", MaturityAssessmentFactory, {"agreed_at": timezone.now()}),
        ("maturity_answer_level_known", MaturityAnswerFactory, {"level": 0}),
        ("maturity_answer_aim_known", MaturityAnswerFactory, {"aim": 7}),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_by_name(name, factory, fields):
    refused(name, factory, **fields)


def test_numbers_codes_levels_and_answers_stand_once():
    made = MaturitySetFactory()
    refused("maturity_set_numbered_once", MaturitySetFactory, code=made.code, number=made.number)
    theme = MaturityThemeFactory(question_set=made)
    refused("maturity_theme_once", MaturityThemeFactory, question_set=made, code=theme.code)
    question = MaturityQuestionFactory(theme=theme)
    refused("maturity_question_once", MaturityQuestionFactory, theme=theme, code=question.code)
    MaturityEvidenceFactory(question=question, level=1)
    refused("maturity_evidence_once", MaturityEvidenceFactory, question=question, level=1)
    answer = MaturityAnswerFactory(question=question)
    refused("maturity_answer_once", MaturityAnswerFactory, question=question, assessment=answer.assessment)


def test_a_council_has_one_open_assessment():
    one = MaturityAssessmentFactory()
    refused("maturity_assessment_one_open", MaturityAssessmentFactory, organisation=one.organisation)
    MaturityAssessmentFactory(organisation=one.organisation, status="dropped")


def test_the_application_cannot_change_a_question_set():
    made = MaturitySetFactory()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        MaturitySet.objects.filter(pk=made.pk).update(title_en="Another")


def test_an_answer_belongs_to_a_question_of_the_set_of_an_open_assessment_and_stays():
    refused("asks no such question", MaturityAnswerFactory, assessment=MaturityAssessmentFactory())
    answer = MaturityAnswerFactory()
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        MaturityAnswer.objects.filter(pk=answer.pk).delete()
    MaturityAssessment.objects.update(status="dropped")
    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        MaturityAnswer.objects.filter(pk=answer.pk).update(level=5)
