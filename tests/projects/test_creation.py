"""Beginning a project: its address, its plan, its first phase."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from accounts.roles import Role
from projects import actions
from projects.forms import ProjectNewForm
from projects.models import PhaseChange, PlanChange, Project
from tests.factories.people import BodyFactory, person
from tests.factories.projects import DeliveryPlanFactory, PlanProjectFactory, ThemeFactory
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NEW = "/en/projects/new/project/"
GIVEN = {
    "title_en": "Clear maps",
    "title_cy": "Mapiau clir",
    "aim_en": "Maps that all can read.",
    "aim_cy": "Mapiau y gall pawb eu darllen.",
    "status": "active",
}


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def team(client):
    user = person(Role.TEAM)
    client.force_login(user, backend=BACKEND)
    return user


def test_the_team_begins_a_project_in_both_languages_and_comes_to_its_page(client, team):
    assert NEW in text_of(client.get("/en/projects/"))
    assert "Prosiect newydd" in text_of(client.get("/cy/prosiectau/newydd/prosiect/"))
    theme = ThemeFactory()
    first = {"starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2026"}
    response = client.post(NEW, {**GIVEN, "phase": "alpha", "theme": str(theme.pk), **first}, follow=True)
    assert response.redirect_chain == [("/en/projects/clear-maps/", 302)]
    assert "The project is there." in text_of(response)
    row = Project.objects.get()
    assert (row.slug_en, row.slug_cy, row.status, row.theme, row.is_demo) == (
        "clear-maps", "mapiau-clir", "active", theme, False,
    )  # fmt: skip
    assert (PhaseChange.objects.get().phase, PhaseChange.objects.get().since) == ("alpha", date(2026, 4, 1))
    assert (history_of(row)[0].by_id, history_of(row)[0].why) == (team.pk, "project begun")


def test_in_a_plan_that_is_not_agreed_it_is_listed_last(client, team):
    plan = DeliveryPlanFactory(year="2031-32")
    PlanProjectFactory(plan=plan, position=7)
    client.post(NEW, {**GIVEN, "status": "backlog", "plan": str(plan.pk)})
    row = Project.objects.get(slug_en="clear-maps")
    assert (row.status, row.first_year, row.listings.get().position) == ("backlog", "2031-32", 8)
    assert not PlanChange.objects.exists()


def test_a_project_of_an_agreed_plan_needs_a_reason_in_both_languages(client, team):
    plan = DeliveryPlanFactory(agreed_with=BodyFactory())
    assert "This plan is agreed: say why it changes." in text_of(client.post(NEW, {**GIVEN, "plan": str(plan.pk)}))
    half = {**GIVEN, "plan": str(plan.pk), "reason_en": "Asked"}
    assert "Write this in Welsh too." in text_of(client.post(NEW, half))
    assert not Project.objects.exists()
    assert client.post(NEW, {**half, "reason_cy": "Gofynnwyd"}).status_code == 302
    change = PlanChange.objects.get()
    assert (change.plan, change.kind, change.status, change.proposed_by) == (plan, "project_added", "proposed", team)
    assert (change.project, change.proposed_on) == (Project.objects.get(), timezone.localdate())
    assert not change.project.listings.exists()


def test_a_project_of_the_demonstrations_plan_is_of_the_demonstration(client, team, settings):
    settings.DEMO = True
    plan = DeliveryPlanFactory(is_demo=True)
    client.post(NEW, {**GIVEN, "plan": str(plan.pk)})
    assert Project.objects.get().is_demo is True


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title_cy": ""}, "Enter “Title (Welsh)”."),
        ({"aim_en": ""}, "Enter “Aim (English)”."),
        ({"status": ""}, "Choose an answer to “Beginning”."),
        (
            {f"{name}_{part}": value for name, year in (("starts_on", "2027"), ("ends_on", "2026"))
             for part, value in (("day", "1"), ("month", "4"), ("year", year))},
            "The last day must be the first day or later.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_gets_a_sentence_and_nothing_is_begun(client, team, changes, sentence):
    assert sentence in text_of(client.post(NEW, {**GIVEN, **changes}))
    assert not Project.objects.exists()


def test_an_address_is_never_that_of_another_page(client, team):
    client.post(NEW, {**GIVEN, "title_en": "Plans"})
    client.post(NEW, {**GIVEN, "title_en": "Plans"})
    slugs = list(Project.objects.order_by("pk").values_list("slug_en", flat=True))
    assert len(set(slugs)) == 2
    for slug in slugs:
        assert client.get(f"/en/projects/{slug}/").context["project"].slug_en == slug


def test_what_is_typed_is_kept_until_the_project_is_begun(client, team):
    client.post(NEW, {"title_en": "Half"}, headers={"Accept": "application/json"})
    assert "Half" in text_of(client.get(NEW))
    switched = client.post(NEW, {"title_en": "Half more", "_switch": "cy"})
    assert "Half more" in text_of(client.get(switched.url))
    client.post(NEW, GIVEN)
    assert load_draft(team, actions.NEW_KEY) is None


@pytest.mark.parametrize("role", [*Role, None])
def test_the_team_alone_begins_projects(client, role):
    may = role in {Role.TEAM, Role.HEAD_OF_DELIVERY}
    if role:
        client.force_login(person(role), backend=BACKEND)
    assert client.get(NEW).status_code == (200 if may else 403 if role else 302)
    assert (NEW in text_of(client.get("/en/projects/"))) is may


def test_the_action_asks_its_rule():
    form = ProjectNewForm(GIVEN)
    assert form.is_valid()
    with pytest.raises(NotAllowed):
        actions.project_create(form, by=person(Role.OFFICER))
    assert not Project.objects.exists()
