"""What stands beside the gaps of an assessment: skills, courses, projects, and bids of the fund."""

from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from fund.panels import bids_on_themes
from projects.models import Project
from tests.factories.maturity import (
    MaturityAnswerFactory,
    MaturityAssessmentFactory,
    MaturityQuestionFactory,
    MaturitySetFactory,
    MaturityThemeFactory,
    assessed,
)
from tests.factories.people import CouncilFactory
from tests.factories.training import CourseFactory, StreamFactory, officer
from tests.training.pages import get, text
from training import maturity
from training.demo_maturity import load_maturity
from training.maturity_help import help_with
from training.models import Certificate, Feedback, MaturityAssessment, MaturitySet, MaturityTheme

pytestmark = pytest.mark.django_db


def test_a_gap_is_a_low_level_or_one_below_the_aim():
    question_set = MaturitySetFactory()
    theme = MaturityThemeFactory(question_set=question_set)
    assessment = MaturityAssessmentFactory(question_set=question_set)
    for order, (level, aim) in enumerate([(1, None), (2, 2), (3, None), (3, 4), (4, 3), (5, 5), (None, 5)], start=1):
        question = MaturityQuestionFactory(theme=theme, order=order, code=f"q{order}")
        MaturityAnswerFactory(assessment=assessment, question=question, level=level, aim=aim)
    assert [answer.question.code for answer in maturity.gaps(assessment)] == ["q1", "q2", "q4"]


def with_gap(**theme: Any) -> MaturityAssessment:
    question_set = MaturitySetFactory()
    made = MaturityThemeFactory(question_set=question_set, **theme)
    MaturityQuestionFactory(theme=made)
    return assessed(CouncilFactory(), question_set, [1])


def test_courses_of_the_themes_streams_stand_beside_its_gaps(settings):
    settings.DEMO = False
    stream = StreamFactory(slug_en="plain-words")
    course = CourseFactory(stream=stream, title_en="Short pages")
    CourseFactory(title_en="Another course")
    CourseFactory(stream=stream, is_demo=True, title_en="Invented course")
    assessment = with_gap(streams=["plain-words"])
    [found] = help_with(maturity.gaps(assessment), None)
    assert found.courses == [course]
    page = text(get(officer(assessment.organisation), "maturity_page", pk=assessment.pk))
    assert "Short pages" in page
    assert "Another course" not in page


def test_a_council_without_gaps_reads_so():
    question_set = MaturitySetFactory()
    MaturityQuestionFactory(theme=MaturityThemeFactory(question_set=question_set))
    assessment = assessed(CouncilFactory(), question_set, [4])
    assert "No gaps" in text(get(officer(assessment.organisation), "maturity_page", pk=assessment.pk))


def test_what_may_help_costs_the_same_for_one_gap_and_for_thirty():
    counts = []
    for number in (1, 30):
        question_set = MaturitySetFactory()
        for order in range(number):
            theme = MaturityThemeFactory(question_set=question_set, order=order + 1, code=f"theme-{number}-{order}")
            MaturityQuestionFactory(theme=theme, code=f"question-{number}-{order}")
        assessment = assessed(CouncilFactory(), question_set, [1] * number)
        answers = maturity.gaps(assessment)
        assert len(answers) == number
        with CaptureQueriesContext(
            connection,
        ) as queries:
            help_with(answers, None)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


@pytest.mark.usefixtures("loaded")
def test_with_the_programme_loaded_gaps_lead_to_projects_skills_courses_and_bids(settings):
    settings.DEMO = True
    newest = MaturitySet.objects.newest()
    assessment = MaturityAssessment.objects.filter(is_demo=True, status="agreed", sharing="public").get()
    assert assessment.question_set == newest
    page = get(None, "maturity_page", pk=assessment.pk).content.decode()
    assert Project.objects.get(slug_en="capability-model").get_absolute_url() in page
    assert "/training/courses/demo-" in page
    assert "/fund/bids/" in page
    assert "Bids to the fund on the same topics" in page
    assert "/training/skills/" in page


@pytest.mark.usefixtures("loaded")
def test_bids_stand_beside_themes_that_name_their_topic_and_beside_no_other():
    request = RequestFactory().get("/")
    themes = list(MaturityTheme.objects.filter(code__in=["people", "security"]))
    shown = bids_on_themes(request, themes)
    assert shown is not None
    assert {bid.topic.slug_en for bid in shown.context["bids"]} == {"digital-skills"}
    assert bids_on_themes(request, []) is None
    assert bids_on_themes(request, [MaturityTheme(topics=["no-such-topic"])]) is None


@pytest.mark.usefixtures("loaded")
def test_the_demonstration_is_marked_and_loaded_once():
    made = MaturityAssessment.objects.filter(is_demo=True)
    assert made.count() == MaturityAssessment.objects.count() == 9
    assert made.filter(status="open").count() == 1
    assert Certificate.objects.filter(booking__session__course__is_demo=True).count() == 1
    assert Feedback.objects.filter(shown=True).count() == 5
    load_maturity({})
    assert made.count() == 9
