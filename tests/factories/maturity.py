"""Certificates, feedback, and question sets with the assessments by them."""

from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.people import CouncilFactory, UserFactory
from tests.factories.training import BookingFactory, SessionFactory, close_register, held
from training.models import (
    Booking,
    Certificate,
    Feedback,
    FeedbackGiven,
    MaturityAnswer,
    MaturityAssessment,
    MaturityEvidence,
    MaturityQuestion,
    MaturitySet,
    MaturityTheme,
)
from training.states import BookingStatus


def attended(**fields: Any) -> Booking:
    """A booking that a closed register says was attended."""
    booking: Booking = BookingFactory(session=fields.pop("session", None) or held(), status="attended", **fields)
    booking.session = close_register(booking.session)
    return booking


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    booking = factory.LazyFunction(attended)


class FeedbackGivenFactory(DjangoModelFactory[FeedbackGiven]):
    class Meta:
        model = FeedbackGiven

    booking = factory.SubFactory(BookingFactory, status=BookingStatus.ATTENDED)


class FeedbackFactory(DjangoModelFactory[Feedback]):
    class Meta:
        model = Feedback

    session = factory.SubFactory(SessionFactory)
    useful = 4
    clear = 5
    confident = 3
    language = "en"


class MaturitySetFactory(DjangoModelFactory[MaturitySet]):
    class Meta:
        model = MaturitySet

    code = "council"
    number = factory.Sequence(lambda n: n + 100)
    title_en = "How digital is a council"
    title_cy = "Pa mor ddigidol yw cyngor"
    about_en = "Questions."
    about_cy = "Cwestiynau."
    published_on = date(2026, 4, 1)
    digest = "0" * 64


class MaturityThemeFactory(DjangoModelFactory[MaturityTheme]):
    class Meta:
        model = MaturityTheme

    question_set = factory.SubFactory(MaturitySetFactory)
    code = factory.Sequence(lambda n: f"theme-{n}")
    order = factory.Sequence(lambda n: n + 1)
    title_en = factory.Sequence(lambda n: f"Theme {n}")
    title_cy = factory.Sequence(lambda n: f"Thema {n}")


class MaturityQuestionFactory(DjangoModelFactory[MaturityQuestion]):
    class Meta:
        model = MaturityQuestion

    theme = factory.SubFactory(MaturityThemeFactory)
    code = factory.Sequence(lambda n: f"question-{n}")
    order = factory.Sequence(lambda n: n + 1)
    text_en = factory.Sequence(lambda n: f"Question {n}?")
    text_cy = factory.Sequence(lambda n: f"Cwestiwn {n}?")


class MaturityEvidenceFactory(DjangoModelFactory[MaturityEvidence]):
    class Meta:
        model = MaturityEvidence

    question = factory.SubFactory(MaturityQuestionFactory)
    level = 1
    text_en = "Nothing yet."
    text_cy = "Dim byd eto."


class MaturityAssessmentFactory(DjangoModelFactory[MaturityAssessment]):
    """Open."""

    class Meta:
        model = MaturityAssessment

    organisation = factory.SubFactory(CouncilFactory)
    question_set = factory.SubFactory(MaturitySetFactory)
    language = "en"
    started_by = factory.SubFactory(UserFactory)


class MaturityAnswerFactory(DjangoModelFactory[MaturityAnswer]):
    class Meta:
        model = MaturityAnswer

    question = factory.SubFactory(MaturityQuestionFactory)
    assessment = factory.SubFactory(
        MaturityAssessmentFactory, question_set=factory.SelfAttribute("..question.theme.question_set")
    )
    level = 2


def question_set(*, themes: int = 2, questions: int = 2) -> MaturitySet:
    """A small set with all its levels."""
    made: MaturitySet = MaturitySetFactory()
    for order in range(1, themes + 1):
        theme = MaturityThemeFactory(question_set=made, order=order, code=f"theme-{order}")
        for place in range(1, questions + 1):
            question = MaturityQuestionFactory(theme=theme, order=place, code=f"question-{order}-{place}")
            for level in range(1, 6):
                MaturityEvidenceFactory(question=question, level=level, text_en=f"Level {level} looks like this.")
    return made


def assessed(council: Any, made: MaturitySet, levels: list[int | None], **fields: Any) -> MaturityAssessment:
    """A council's assessment with these levels in the order of the questions, agreed."""
    assessment = answered(council, made, levels, is_demo=fields.get("is_demo", False))
    when = fields.pop("agreed_at", timezone.now())
    MaturityAssessment.objects.filter(pk=assessment.pk).update(
        status="agreed", agreed_at=when, agreed_by=assessment.started_by, **fields
    )
    assessment.refresh_from_db()
    return assessment


def answered(council: Any, made: MaturitySet, levels: list[int | None], **fields: Any) -> MaturityAssessment:
    """The same while it is open."""
    assessment: MaturityAssessment = MaturityAssessmentFactory(organisation=council, question_set=made, **fields)
    for question, level in zip(MaturityQuestion.objects.of_set(made), levels, strict=True):
        if level is not None:
            MaturityAnswerFactory(assessment=assessment, question=question, level=level)
    return assessment
