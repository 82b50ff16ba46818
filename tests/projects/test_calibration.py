"""Past confidence against what happened."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.calibration import chart_of, promises_of
from projects.models import Project
from tests.factories.projects import (
    MilestoneFactory,
    MilestoneForecastFactory,
    ProjectFactory,
    StatusUpdateFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def milestone(project: Project, expected: date, actual: date | None = None, **values: Any) -> Any:
    """A milestone with its baseline alone."""
    return MilestoneFactory(project=project, baseline=expected, forecast=None, actual=actual, **values)


def outcomes(project: Project) -> list[tuple[str, bool]]:
    return [(one.confidence, one.kept) for one in promises_of([project.pk], TODAY)]


def test_a_promise_is_kept_by_the_day_that_was_expected_then():
    project = ProjectFactory()
    StatusUpdateFactory(project=project, confidence="green", for_date=date(2026, 8, 1))
    milestone(project, date(2026, 9, 1), date(2026, 9, 1))  # on the day: kept
    milestone(project, date(2026, 9, 2), date(2026, 9, 3))  # a day late: missed
    milestone(project, date(2026, 9, 3))  # past and not reached: missed
    milestone(project, date(2026, 7, 31), date(2026, 8, 5))  # expected before: no promise of that day
    milestone(project, date(2026, 11, 2))  # more than a quarter ahead
    milestone(project, date(2026, 9, 4), date(2026, 7, 30))  # reached before it was said
    milestone(project, date(2026, 9, 5), dropped_on=date(2026, 8, 20))  # nobody works towards it
    assert outcomes(project) == [("green", True), ("green", False), ("green", False)]


def test_what_is_not_decided_yet_is_left_out():
    project = ProjectFactory()
    StatusUpdateFactory(project=project, for_date=date(2026, 11, 1))
    milestone(project, TODAY)
    assert outcomes(project) == []


def test_the_forecast_of_that_day_counts_and_a_later_one_does_not():
    project = ProjectFactory()
    one = milestone(project, date(2026, 9, 1))
    MilestoneForecastFactory(milestone=one, forecast=date(2026, 9, 20), for_date=date(2026, 7, 20))
    MilestoneForecastFactory(milestone=one, forecast=date(2026, 12, 20), for_date=date(2026, 8, 20))
    type(one).objects.filter(pk=one.pk).update(actual=date(2026, 9, 18))
    StatusUpdateFactory(project=project, confidence="amber", for_date=date(2026, 8, 1))
    found = promises_of([project.pk], TODAY)
    assert [(each.expected, each.kept) for each in found] == [(date(2026, 9, 20), True)]


def test_a_correction_does_not_make_past_confidence_better():
    project = ProjectFactory()
    milestone(project, date(2026, 9, 1))
    first = StatusUpdateFactory(project=project, confidence="green", for_date=date(2026, 8, 1))
    StatusUpdateFactory(project=project, confidence="red", for_date=date(2026, 8, 1), corrects=first)
    assert outcomes(project) == [("green", False)]


def test_the_pages_show_the_chart_with_its_figures_and_lead_to_each_project(client):
    project = ProjectFactory(title_en="Maps")
    StatusUpdateFactory(project=project, confidence="green", for_date=date(2026, 8, 1))
    milestone(project, date(2026, 9, 1), date(2026, 8, 30), title_en="First map")
    milestone(project, date(2026, 9, 2), date(2026, 9, 30), title_en="Second map")
    StatusUpdateFactory(project=ProjectFactory(is_demo=True, title_en="Invented"), for_date=date(2026, 8, 1))
    whole = text_of(client.get("/en/projects/calibration/"))
    for part in ("While “Green”, 1 of 2 expected dates were kept.", "<svg", "Maps", "1 project"):
        assert part in whole
    assert ("Invented" in whole, f"/en/projects/{project.slug_en}/calibration/" in whole) == (False, True)
    own = text_of(client.get(f"/en/projects/{project.slug_en}/calibration/"))
    for part in ("First map", "Second map", "Kept", "Missed", "30 September 2026"):
        assert part in own
    welsh = text_of(client.get(f"/cy/prosiectau/{project.slug_cy}/graddnodi/"))
    assert "Tra oedd yn “Gwyrdd”" in welsh
    quiet = ProjectFactory()
    assert "Nothing to compare yet" in text_of(client.get(f"/en/projects/{quiet.slug_en}/calibration/"))


def test_the_portfolio_costs_the_same_for_one_and_for_thirty(client):
    assert "Nothing to compare yet" in text_of(client.get("/en/projects/calibration/"))
    counts = []
    for number in (1, 29):
        for _one in range(number):
            project = ProjectFactory()
            StatusUpdateFactory(project=project, for_date=date(2026, 8, 1))
            milestone(project, date(2026, 9, 1))
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/projects/calibration/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_each_point_of_the_scale_is_counted_by_itself():
    project = ProjectFactory()
    for confidence, day in (("green", 1), ("red", 8), ("red", 9)):
        StatusUpdateFactory(project=project, confidence=confidence, for_date=date(2026, 8, day))
    milestone(project, date(2026, 9, 1))
    chart = chart_of(promises_of([project.pk], TODAY))
    assert [str(label) for label in chart.labels] == ["Green", "Red"]
    assert [list(series.values) for series in chart.series] == [[0, 0], [1, 2]]
    assert chart.sentence == (
        "While “Green”, 0 of 1 expected date was kept. While “Red”, 0 of 2 expected dates were kept."
    )
