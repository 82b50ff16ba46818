"""Past confidence against what happened.

Each time that something was said of a project, its milestones that were then expected within the next quarter are so
many promises. A promise was kept if the milestone was reached by the day that was expected then, and missed if it was
reached later or that day is past. What was said first counts: a correction does not make past confidence better. A
milestone that nobody works towards any more is no promise.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wlga_portal.kernel.charts import Chart, Series, shares

from .states import Confidence

AHEAD_DAYS = 92  # how far a promise looks ahead: a quarter
PROMISES = """
SELECT said.project_id, said.confidence, said.for_date, milestone.id, expected.day, milestone.actual
FROM projects_statusupdate said
JOIN projects_milestone milestone ON milestone.project_id = said.project_id AND milestone.dropped_on IS NULL
CROSS JOIN LATERAL (
    SELECT COALESCE((
        SELECT forecast.forecast FROM projects_milestoneforecast forecast
        WHERE forecast.milestone_id = milestone.id AND forecast.for_date <= said.for_date
        ORDER BY forecast.for_date DESC, forecast.id DESC LIMIT 1
    ), milestone.baseline) AS day
) expected
WHERE said.corrects_id IS NULL AND said.project_id = ANY(%(projects)s)
    AND expected.day > said.for_date AND expected.day <= said.for_date + %(ahead)s
    AND (milestone.actual > said.for_date OR (milestone.actual IS NULL AND expected.day < %(today)s))
ORDER BY said.for_date, said.id, expected.day, milestone.id
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was said on a day, and the day by which a milestone was then expected; `actual` None: not reached yet."""

    project: int
    confidence: str
    said_on: date
    milestone: int
    expected: date
    actual: date | None

    @property
    def kept(self) -> bool:
        return self.actual is not None and self.actual <= self.expected


def promises_of(projects: Collection[int], today: date) -> list[Promise]:
    """Every promise of these projects whose outcome is known on `today`, earliest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(PROMISES, {"projects": list(projects), "ahead": AHEAD_DAYS, "today": today})
        return [Promise(*row) for row in cursor.fetchall()]


def chart_of(promises: Iterable[Promise]) -> Chart:
    """For each point of the scale, how many of its promises were kept and how many missed."""
    counted = Counter((one.confidence, one.kept) for one in promises)
    points = [one for one in Confidence if counted[one, True] + counted[one, False]]
    series = [
        Series(pgettext("promises", "Kept"), [counted[one, True] for one in points]),
        Series(pgettext("promises", "Missed"), [counted[one, False] for one in points]),
    ]
    sentences = " ".join(sentence(one, counted[one, True], counted[one, False]) for one in points)
    title = _("Dates that were expected, and what came of them")
    labels = [one.label for one in points]
    return shares(title, labels, series, sentence=sentences, header=_("Delivery confidence"), name="calibration")


def sentence(point: Confidence, kept: int, missed: int) -> str:
    """ "While green, 4 of 5 expected dates were kept."."""
    total = kept + missed
    text = ngettext(
        "While “%(point)s”, %(kept)s of %(total)s expected date was kept.",
        "While “%(point)s”, %(kept)s of %(total)s expected dates were kept.",
        total,
    )
    return text % {"point": point.label, "kept": kept, "total": total}
