"""When it was true against when we knew it: a correction does not rewrite what was told."""

from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects import actions
from projects.knowing import end_of, readings
from projects.models import StatusUpdate
from tests.factories.people import person
from tests.factories.projects import (
    ConfirmationFactory,
    MilestoneFactory,
    MilestoneForecastFactory,
    PhaseChangeFactory,
    ProjectFactory,
    SourceFactory,
    StatusUpdateFactory,
)

pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)  # a change is known from the moment of its transaction
TOLD = date(2026, 10, 31)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.fixture
def past(owner_connection: Any) -> Any:
    """Moves everything that the history holds so far to a moment, as if it had been written then."""

    def move(moment: datetime) -> None:
        for table in (
            "statusupdate",
            "confirmation",
            "phasechange",
            "standing",
            "project",
            "milestone",
            "milestoneforecast",
        ):
            back(f"projects_{table}event", "pgh_created_at", moment)
        back("projects_statusupdate", "at", moment)

    def back(table: str, column: str, moment: datetime) -> None:
        owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner_connection.execute(f"UPDATE {table} SET {column} = %s WHERE {column} > %s", [moment, moment])
        owner_connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return move


@commits
def test_a_correction_to_last_month_does_not_rewrite_what_the_board_was_told(client, past):
    project = ProjectFactory(title_en="Maps")
    said = StatusUpdateFactory(project=project, confidence="green", reason_en="All well.", for_date=date(2026, 10, 30))
    PhaseChangeFactory(project=project, phase="alpha", since=date(2026, 4, 1))
    work = {"project": project, "baseline": date(2026, 12, 1), "forecast": None}
    milestone, done = MilestoneFactory(title_en="Beta", **work), MilestoneFactory(title_en="Alpha", **work)
    MilestoneForecastFactory(milestone=milestone, forecast=date(2026, 12, 8), for_date=date(2026, 10, 1))
    past(datetime.fromisoformat("2026-10-30T12:00:00+00:00"))
    MilestoneForecastFactory(milestone=milestone, forecast=date(2027, 1, 5), for_date=date(2026, 10, 31))
    MilestoneForecastFactory(milestone=milestone, forecast=date(2027, 2, 2), for_date=date(2026, 11, 20))
    type(done).objects.filter(pk=done.pk).update(actual=date(2026, 10, 20))
    correction = StatusUpdate(
        confidence="red", reason_en="It was broken.", reason_cy="Roedd wedi torri.", for_date=date(2026, 10, 30)
    )
    actions.update_correct(said, correction, by=person("team"))
    PhaseChangeFactory(project=project, phase="beta", since=date(2026, 10, 1))
    then = readings([project.pk], TOLD, end_of(TOLD))[project.pk]
    now = readings([project.pk], TOLD)[project.pk]
    assert (then.confidence, then.phase, str(then.reason)) == ("green", "alpha", "All well.")
    assert (now.confidence, now.phase, str(now.reason)) == ("red", "beta", "It was broken.")
    assert not then.says_the_same(now)
    text = text_of(client.get(f"/en/projects/{project.slug_en}/known/", {"on": "2026-10-31"}))
    assert text.index("What was known on that day") < text.index("All well.") < text.index("It was broken.")
    first, second = text.split("What is known of that day now")
    for words, there in {
        "Beta: expected on 8 December 2026": (True, False),
        "Beta: expected on 5 January 2027": (False, True),
        "Alpha: first agreed for 1 December 2026": (True, False),
        "Alpha: reached on 20 October 2026": (False, True),
        "2 February 2027": (False, False),
    }.items():
        assert (words in first, words in second) == there, words
    assert ("Correction" in text, "Nothing that came later" in text) == (True, False)
    # what the page of that day says is what was told
    as_told = text_of(client.get(f"/en/projects/{project.slug_en}/", {"as_at": "2026-10-31"}))
    assert ("All well." in as_told, "It was broken." in as_told) == (True, False)


@commits
def test_a_day_of_which_nothing_came_later_reads_the_same_twice(client, past):
    project = ProjectFactory()
    StatusUpdateFactory(project=project, for_date=date(2026, 10, 30))
    past(datetime.fromisoformat("2026-10-30T12:00:00+00:00"))
    StatusUpdateFactory(project=project, confidence="red", for_date=timezone.localdate())
    text = text_of(client.get(f"/en/projects/{project.slug_en}/known/", {"on": "2026-10-31"}))
    assert ("Nothing that came later" in text, "Red" in text) == (True, False)
    welsh = text_of(client.get(f"/cy/prosiectau/{project.slug_cy}/gwyddys/", {"on": "2026-10-31"}))
    assert "Ni newidiodd dim a ddaeth wedyn" in welsh


def test_a_reading_takes_what_was_true_on_its_day():
    project, silent = ProjectFactory(), ProjectFactory()
    first = StatusUpdateFactory(project=project, confidence="green", for_date=date(2026, 9, 1))
    StatusUpdateFactory(project=project, confidence="amber", for_date=date(2026, 11, 1))
    ConfirmationFactory(update=first, for_date=date(2026, 9, 10))
    ConfirmationFactory(update=first, for_date=date(2026, 10, 20))
    PhaseChangeFactory(project=project, phase="discovery", since=None, source=SourceFactory())
    PhaseChangeFactory(project=project, phase="alpha", since=date(2026, 9, 15))
    found = readings([project.pk, silent.pk], date(2026, 9, 20))
    reading = found[project.pk]
    assert (reading.confidence, reading.phase) == ("green", "alpha")
    assert (reading.confirmed_on, reading.stale_on(date(2026, 9, 20))) == (date(2026, 9, 10), False)
    assert readings([project.pk], date(2026, 9, 25))[project.pk].stale_on(date(2026, 9, 25))
    assert readings([project.pk], date(2026, 9, 5))[project.pk].phase == "discovery"
    assert (found[silent.pk].confidence, found[silent.pk].phase, found[silent.pk].stale_on(TOLD)) == ("", "", False)


@commits
def test_the_portfolio_lists_what_reads_differently_now_at_a_constant_cost(client, past):
    same = ProjectFactory(title_en="Steady")
    StatusUpdateFactory(project=same, for_date=date(2026, 10, 1))
    past(datetime.fromisoformat("2026-10-30T12:00:00+00:00"))
    counts = []
    for number in (1, 29):
        for _one in range(number):
            late = ProjectFactory(title_en="Told late")
            StatusUpdateFactory(project=late, confidence="red", for_date=date(2026, 10, 15))
        client.get("/en/projects/known/", {"on": "2026-10-31"})
        with CaptureQueriesContext(connection) as queries:
            text = text_of(client.get("/en/projects/known/", {"on": "2026-10-31"}))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    assert "Of 31 projects, 30 read differently now." in text
    assert ("Told late" in text, "Steady" in text) == (True, False)
    assert f"/en/projects/{late.slug_en}/known/?on=2026-10-31" in text


def test_left_empty_the_day_is_the_last_of_the_month_before(client, time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-23T09:00:00+00:00"), tick=False)
    project = ProjectFactory()
    assert "31 October 2026" in text_of(client.get(f"/en/projects/{project.slug_en}/known/"))
    sentence = "Choose a day that is past."
    asked = {"on": (timezone.localdate() + timedelta(days=9)).isoformat()}
    assert sentence in text_of(client.get("/en/projects/known/", asked))
