"""Pages of the projects as they were on a day."""

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from projects.models import Project
from projects.past import PastForm
from tests.factories.people import person
from tests.factories.projects import (
    PlanProjectFactory,
    ProjectFactory,
    StatusUpdateFactory,
)
from wlga_portal.kernel.workflow import advance

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def page_of(client: Any, project: Project, language: str = "en", **query: str) -> str:
    with override(language):
        response = client.get(project.get_absolute_url(), query)
    assert response.status_code == 200
    return text_of(response)


@pytest.mark.django_db(transaction=True)
def test_a_page_shows_the_project_as_it_was(client):
    before = timezone.now()
    project = ProjectFactory(title_en="Maps", phase="alpha")
    StatusUpdateFactory(project=project, confidence="green", reason_en="All well.")
    then = timezone.now()
    Project.objects.filter(pk=project.pk).update(title_en="Better maps", phase="beta")
    StatusUpdateFactory(project=project, confidence="red", reason_en="All ill.")
    advance(project, "hold", by=person(Role.TEAM), why="Waiting")
    project.refresh_from_db()
    now = page_of(client, project)
    assert ("Better maps" in now, "All ill." in now, "In the backlog" in now) == (True, True, True)
    past = page_of(client, project, as_at=then.isoformat())
    assert "This page as it was on" in past
    assert ("Better maps" in past, "All ill." in past, "In the backlog" in past) == (False, False, False)
    assert ("Maps" in past, "All well." in past, "Green" in past) == (True, True, True)
    assert "See it as it is now" in past
    first = page_of(client, project, "cy", as_at=before.isoformat())
    assert "nid oedd gan y porth ddim am hyn eto" in first
    client.force_login(person(Role.TEAM), backend=BACKEND)
    assert "Post an update" not in page_of(client, project, as_at=then.isoformat())


@pytest.mark.django_db(transaction=True)
def test_the_list_and_the_plan_and_the_file_show_the_past_too(client):
    before = timezone.now()
    listing = PlanProjectFactory(project__title_en="Maps", plan__year="2031-32")
    then = timezone.now()
    Project.objects.update(title_en="Better maps")
    for address in ("/en/projects/", "/en/projects/plans/2031-32/", "/en/projects/projects.csv"):
        assert "Better maps" in text_of(client.get(address))
        past = text_of(client.get(address, {"as_at": then.isoformat()}))
        assert ("Better maps" in past, "Maps" in past) == (False, True)
    assert "Nothing to show." in text_of(client.get("/en/projects/", {"as_at": before.isoformat()}))
    assert "held nothing" in text_of(client.get("/en/projects/plans/2031-32/", {"as_at": before.isoformat()}))
    assert listing.pk


@pytest.mark.django_db(transaction=True)
def test_confidence_in_the_past_is_as_old_as_it_was_then(client, time_machine):
    project = ProjectFactory()
    StatusUpdateFactory(project=project, confidence="green", for_date=timezone.localdate())
    then = timezone.now()
    time_machine.move_to(then + timedelta(days=40), tick=False)
    assert "Unconfirmed" in page_of(client, project)
    assert "Unconfirmed" not in page_of(client, project, as_at=then.isoformat())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("2999-01-01", "Choose a day that is past."),
        ("yesterday", "Enter a real day, like 2026-11-01."),
        ("2026-13-01", "Enter a real day, like 2026-11-01."),
        ("2026-11-01T99:00", "Enter a real day, like 2026-11-01."),
        ("0001-01-01T00:00:00+14:00", "Enter a real day, like 2026-11-01."),
        ("\0", "Enter a real day, like 2026-11-01."),
    ],
)
def test_a_day_that_cannot_be_asked_for_gets_a_sentence(client, asked, sentence):
    project = ProjectFactory()
    text = page_of(client, project, as_at=asked)
    assert sentence in text
    assert "This page as it was on" not in text
    assert sentence in text_of(client.get("/en/projects/", {"as_at": asked}))


@pytest.mark.django_db
def test_today_and_no_day_are_now(client):
    project = ProjectFactory()
    for asked in ("", timezone.localdate().isoformat()):
        assert "This page as it was on" not in page_of(client, project, as_at=asked)


@pytest.mark.parametrize(
    ("asked", "moment"),
    [
        ("2026-11-01", "2026-11-01T23:59:59.999999+00:00"),
        ("2026-07-01", "2026-07-01T23:59:59.999999+01:00"),
        ("2026-07-01T10:30", "2026-07-01T10:30:00+01:00"),
        ("2026-07-01T10:30:00+00:00", "2026-07-01T10:30:00+00:00"),
    ],
)
def test_a_day_means_its_end_by_the_clock_of_wales(time_machine, asked, moment):
    time_machine.move_to(datetime.fromisoformat("2026-11-23T09:00:00+00:00"), tick=False)
    form = PastForm({"as_at": asked})
    assert form.is_valid()
    assert form.cleaned_data["as_at"] == datetime.fromisoformat(moment)


@pytest.mark.django_db
def test_the_form_of_the_past_keeps_the_filters(client):
    text = text_of(client.get("/en/projects/?phase=alpha&as_at=2020-01-01"))
    assert '<input type="hidden" name="phase" value="alpha">' in text
    assert 'href="/en/projects/?phase=alpha"' in text
