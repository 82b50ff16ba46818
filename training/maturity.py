"""What a maturity assessment adds up to: counted from its answers each time, and never kept.

A theme's level is the mean of the levels of its questions. The spread says, for each theme, where the middle half of
the other councils stand: of each council the newest agreed assessment by the same question set, if that council lets
it be counted. It is shown from five other councils on, and is rounded to halves, so that neither the figure nor a
change of it tells what one council said. No council is ever put in an order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Avg

from .models import MaturityAnswer, MaturityAssessment, MaturityTheme

FEWEST = 5  # other councils
LOW = 2  # a question at this level or below is a gap

SPREAD = """
WITH newest AS (
    SELECT DISTINCT ON (assessment.organisation_id) assessment.id, assessment.in_spread
    FROM training_maturityassessment AS assessment
    JOIN training_maturityset AS question_set ON question_set.id = assessment.question_set_id
    WHERE question_set.code = %(code)s AND assessment.status = 'agreed'
        AND assessment.is_demo = %(demonstration)s AND assessment.organisation_id <> %(council)s
    ORDER BY assessment.organisation_id, assessment.agreed_at DESC, assessment.id DESC
), means AS (
    SELECT newest.id, theme.code, avg(answer.level) AS mean
    FROM newest
    JOIN training_maturityanswer AS answer ON answer.assessment_id = newest.id AND answer.level IS NOT NULL
    JOIN training_maturityquestion AS question ON question.id = answer.question_id
    JOIN training_maturitytheme AS theme ON theme.id = question.theme_id
    WHERE newest.in_spread
    GROUP BY newest.id, theme.code
)
SELECT code,
    round(2 * percentile_cont(0.25) WITHIN GROUP (ORDER BY mean)) / 2,
    round(2 * percentile_cont(0.5) WITHIN GROUP (ORDER BY mean)) / 2,
    round(2 * percentile_cont(0.75) WITHIN GROUP (ORDER BY mean)) / 2
FROM means GROUP BY code HAVING count(*) >= %(fewest)s"""


@dataclass(frozen=True, slots=True)
class Middle:
    """Where the middle half of the other councils stand in one theme: from, the middle one, to."""

    lower: float
    middle: float
    upper: float


@dataclass(frozen=True, slots=True)
class Row:
    """One theme of a result: its level now, in earlier assessments, and the spread of the others."""

    number: int
    theme: MaturityTheme
    now: float | None
    earlier: tuple[float | None, ...]
    others: Middle | None


def means(assessments: Iterable[MaturityAssessment]) -> dict[int, dict[str, float]]:
    """For each assessment (its id), the level of each theme (its code). One query."""
    found: dict[int, dict[str, float]] = {}
    rows = (
        MaturityAnswer.objects.filter(assessment__in=[one.pk for one in assessments], level__isnull=False)
        .values_list("assessment", "question__theme__code")
        .annotate(mean=Avg("level"))
        .order_by()
    )
    for assessment, code, mean in rows:
        found.setdefault(assessment, {})[code] = round(float(mean), 1)
    return found


def spread(assessment: MaturityAssessment) -> dict[str, Middle]:
    """Of the other councils, by the code of the theme; empty where they are fewer than five."""
    with connection.cursor() as cursor:
        cursor.execute(
            SPREAD,
            {
                "code": assessment.question_set.code,
                "demonstration": assessment.is_demo,
                "council": assessment.organisation_id,
                "fewest": FEWEST,
            },
        )
        return {code: Middle(*map(float, parts)) for code, *parts in cursor.fetchall()}


def result(
    assessment: MaturityAssessment, earlier: Iterable[MaturityAssessment], others: Mapping[str, Middle]
) -> list[Row]:
    """The themes in their order. A theme that an earlier question set did not have has no level there."""
    before = list(earlier)
    known = means([assessment, *before])
    themes = MaturityTheme.objects.filter(question_set=assessment.question_set_id)
    return [
        Row(
            number,
            theme,
            known.get(assessment.pk, {}).get(theme.code),
            tuple(known.get(one.pk, {}).get(theme.code) for one in before),
            others.get(theme.code),
        )
        for number, theme in enumerate(themes, start=1)
    ]


def is_gap(answer: Any) -> bool:
    """Starting or developing, or below where the council wants to be in a year."""
    return answer.level is not None and (answer.level <= LOW or (answer.aim or 0) > answer.level)


def gaps(assessment: MaturityAssessment) -> list[MaturityAnswer]:
    """The questions with a gap, the lowest first."""
    rows = assessment.answers.filter(level__isnull=False).select_related("question__theme")
    return [answer for answer in rows.order_by("level", "question__theme__order", "question__order") if is_gap(answer)]
