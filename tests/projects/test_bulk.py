"""The same change in several projects: the preview of every change, and what others changed meanwhile."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from projects.actions.bulk import bulk_edit
from projects.models import PhaseChange, Project
from tests.factories.people import person
from tests.factories.projects import ProjectFactory, ThemeFactory
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/en/projects/several/"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def team(client):
    user = person(Role.TEAM, name="Lowri Writer")
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def bins(team):
    return ProjectFactory(title_en="Bins", phase="alpha", lead=team)


@pytest.fixture
def maps(team):
    return ProjectFactory(title_en="Maps", phase="beta")


def asked(*projects: Project, **values: str) -> dict[str, Any]:
    return {"projects": [str(project.pk) for project in projects], "why": "The board asked"} | values


def saving(*projects: Project, **values: str) -> dict[str, Any]:
    versions = {f"version_{project.pk}": str(project.version) for project in projects}
    return asked(*projects, **values) | versions | {"save": "1"}


def test_every_change_is_shown_before_any_is_made(client, team, bins, maps):
    theme = ThemeFactory(title_en="Waste")
    response = client.post(PAGE, asked(bins, maps, phase="beta", lead="none", theme=str(theme.pk), preview="1"))
    lines = [(str(one.project.title), one.field, one.before, one.after) for one in response.context["lines"]]
    assert lines == [
        ("Bins", "Phase", "Alpha", "Beta"),
        ("Bins", "Lead", "Lowri Writer", "Nobody"),
        ("Bins", "Strategy theme", "", "Waste"),
        ("Maps", "Strategy theme", "", "Waste"),
    ]
    assert f'name="version_{bins.pk}" value="1"' in text_of(response)
    assert Project.objects.filter(version=1).count() == 2


def test_what_was_seen_is_saved_with_who_and_why_and_the_phase_enters_its_history(client, team, bins, maps):
    data = saving(bins, maps, phase="beta", since_day="1", since_month="4", since_year="2026")
    assert "1 project is changed." in text_of(client.post(PAGE, data, follow=True))
    bins.refresh_from_db()
    assert (bins.phase, bins.lead, history_of(bins)[0].by_id, history_of(bins)[0].why) == (
        "beta",
        team,
        team.pk,
        "The board asked",
    )
    change = PhaseChange.objects.get()
    assert (change.project, change.phase, change.since, change.by) == (bins, "beta", date(2026, 4, 1), team)
    assert Project.objects.get(pk=maps.pk).version == 1


def test_a_lead_and_a_theme_are_given_and_taken(client, team, bins, maps):
    theme = ThemeFactory()
    client.post(PAGE, saving(bins, maps, lead=str(team.pk), theme=str(theme.pk)))
    assert set(Project.objects.values_list("lead", "theme")) == {(team.pk, theme.pk)}
    for project in (bins, maps):
        project.refresh_from_db()
    client.post(PAGE, saving(bins, maps, lead="none", theme="none", phase="live"))
    assert set(Project.objects.values_list("lead", "theme", "phase")) == {(None, None, "live")}
    assert set(PhaseChange.objects.values_list("since", flat=True)) == {timezone.localdate()}


def test_what_others_changed_meanwhile_in_these_fields_is_shown_again_and_nothing_is_saved(client, team, bins, maps):
    data = saving(bins, maps, phase="live")
    Project.objects.filter(pk=maps.pk).update(phase="discovery")
    response = client.post(PAGE, data)
    assert "Somebody changed these projects meanwhile, so nothing was saved." in text_of(response)
    lines = [(str(one.project.title), one.before, one.after) for one in response.context["lines"]]
    assert lines == [("Bins", "Alpha", "Live"), ("Maps", "Discovery", "Live")]
    assert set(Project.objects.values_list("phase", flat=True)) == {"alpha", "discovery"}
    maps.refresh_from_db()
    client.post(PAGE, saving(bins, maps, phase="live"))
    assert set(Project.objects.values_list("phase", flat=True)) == {"live"}


def test_what_others_changed_in_other_fields_stays(client, team, bins):
    data = saving(bins, phase="live")
    Project.objects.filter(pk=bins.pk).update(title_en="Better bins")
    assert client.post(PAGE, data).status_code == 302
    bins.refresh_from_db()
    assert (bins.title_en, bins.phase) == ("Better bins", "live")


@pytest.mark.parametrize("version", ["", "0", "nonsense", "-1", "99999999999", "٣"])
def test_a_version_that_there_is_not_shows_the_changes_again(client, team, bins, version):
    response = client.post(PAGE, saving(bins, phase="live") | {f"version_{bins.pk}": version})
    assert "Somebody changed these projects meanwhile" in text_of(response)
    bins.refresh_from_db()
    assert bins.phase == "alpha"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Choose at least one change: a phase, a lead or a theme."),
        ({"phase": "live", "why": ""}, "Enter “Reason for the change”."),
        ({"phase": "live", "projects": []}, "Choose an answer to “Projects”."),
        ({"phase": "gamma"}, "There is a problem"),
        (
            {"phase": "live", "since_day": "1", "since_month": "1", "since_year": "2999"},
            "The date must be today or earlier.",
        ),
    ],
)
def test_what_is_wrong_gets_a_sentence(client, team, bins, values, sentence):
    response = client.post(PAGE, asked(bins) | values | {"save": "1"})
    assert ("There is a problem" in text_of(response), sentence in text_of(response)) == (True, True)


def test_going_back_keeps_what_was_chosen(client, team, bins, maps):
    text = text_of(client.post(PAGE, asked(bins, phase="live", again="1")))
    assert 'value="live" selected' in text
    assert "The board asked" in text
    assert text.count(" checked") == 1


def test_the_filters_of_the_list_narrow_the_choice(client, team, bins, maps):
    text = text_of(client.get(f"{PAGE}?phase=beta"))
    assert ("Maps" in text, "Bins" in text) == (True, False)
    assert f"{PAGE}?phase=beta" in text_of(client.get("/en/projects/?phase=beta&page=1&sort=title"))


def test_nothing_to_change_has_no_button(client, team, maps):
    text = text_of(client.post(PAGE, asked(maps, phase="beta")))
    assert ("Nothing changes in: Maps" in text, "Make these changes" in text) == (True, False)


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.FUND_MANAGER])
def test_others_change_nothing(client, bins, role):
    client.force_login(person(*([role] if role else [])), backend=BACKEND)
    assert client.post(PAGE, saving(bins, phase="live")).status_code == 403
    assert "several" not in text_of(client.get("/en/projects/"))
    client.logout()
    assert "/account/sign-in/" in client.post(PAGE, saving(bins, phase="live"))["Location"]
    with pytest.raises(NotAllowed):
        bulk_edit({bins.pk: 1}, {"phase": "live"}, since=None, why="", by=person(Role.OFFICER))


def test_the_preview_costs_the_same_for_1_and_for_20_projects(client, team):
    counts = []
    for count in (1, 19):
        for _number in range(count):
            ProjectFactory(lead=team, theme=ThemeFactory())
        data = asked(*Project.objects.all(), phase="live")
        client.post(PAGE, data)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.post(PAGE, data).context["lines"]) == Project.objects.count()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
