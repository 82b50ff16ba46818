"""Edits of a project: phases, merges and the clash."""

from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from accounts.roles import Role
from projects import actions
from projects.models import PhaseChange, Project
from tests.factories.people import person
from tests.factories.projects import ProjectFactory, ThemeFactory
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def project():
    return ProjectFactory(title_en="Maps", title_cy="Mapiau", slug_en="maps", slug_cy="mapiau")


@pytest.fixture
def team(client):
    user = person(Role.TEAM, name="Lowri Writer")
    client.force_login(user, backend=BACKEND)
    return user


def edit(project: Project, **changes: str) -> dict[str, str]:
    """What the edit page sends for the project as it is, with some fields changed."""
    return {
        "version": str(project.version),
        "title_en": project.title_en,
        "title_cy": project.title_cy,
        "aim_en": project.aim_en,
        "aim_cy": project.aim_cy,
        "note_en": "",
        "note_cy": "",
        "next_step_en": "",
        "next_step_cy": "",
        "phase": project.phase,
        "lead": "",
        "theme": "",
        "duration_months": "",
        "why": "",
    } | changes


EDIT = "/en/projects/maps/edit/"


def test_the_team_edits_a_project_with_a_reason(client, project, team):
    theme = ThemeFactory(title_en="Design")
    page = text_of(client.get(EDIT))
    assert 'name="version" value="1"' in page
    assert ("Design" in page, "Lowri Writer" in page) == (True, True)
    data = edit(project, aim_en="Draw", aim_cy="Llunio", theme=str(theme.pk), lead=str(team.pk), why="The board asked")
    assert "The changes are saved." in text_of(client.post(EDIT, data, follow=True))
    row = Project.objects.get()
    assert (row.aim_en, row.theme, row.lead, row.version) == ("Draw", theme, team, 2)
    assert (history_of(row)[0].by_id, history_of(row)[0].why) == (team.pk, "The board asked")


@pytest.mark.parametrize("since", [{}, {"since_day": "1", "since_month": "4", "since_year": "2026"}])
def test_a_new_phase_enters_its_history(client, project, team, since):
    client.post(EDIT, edit(project, phase="alpha", **since))
    change = PhaseChange.objects.get()
    assert (change.phase, change.by) == ("alpha", team)
    assert change.since.isoformat() == ("2026-04-01" if since else timezone.localdate().isoformat())
    project.refresh_from_db()
    client.post(EDIT, edit(project, title_en="Better maps"))
    assert PhaseChange.objects.count() == 1
    assert history_of(Project.objects.get())[0].why == "project edited"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title_cy": ""}, "Write the title in Welsh."),
        ({"aim_en": "Only English"}, "Write this in Welsh too."),
        ({"phase": ""}, "Choose the phase: until now it is Alpha."),
        ({"duration_months": "0"}, "Enter 1 month or more, or leave it empty."),
        ({"since_day": "1", "since_month": "1", "since_year": "2999"}, "The date must be today or earlier."),
    ],
)
def test_what_is_wrong_with_an_edit_gets_a_sentence(client, project, team, changes, sentence):
    Project.objects.update(phase="alpha")
    project.refresh_from_db()
    response = client.post(EDIT, edit(project, **changes))
    assert response.status_code == 200
    assert "There is a problem" in text_of(response)
    assert sentence in text_of(response)
    assert Project.objects.get().version == project.version


def test_two_people_who_change_different_fields_both_keep_their_change(client, project, team):
    mine = edit(project, title_en="My maps")
    client.post(EDIT, edit(project, title_cy="Eu mapiau"))
    assert client.post(EDIT, mine).status_code == 302
    row = Project.objects.get()
    assert (row.title_en, row.title_cy) == ("My maps", "Eu mapiau")


@pytest.mark.parametrize(("choice", "title"), [("mine", "My maps"), ("theirs", "Their maps"), ("new", "All maps")])
def test_the_same_field_shows_both_texts_and_asks(client, project, team, choice, title):
    mine = edit(project, title_en="My maps", aim_en="Aim", aim_cy="Nod")
    client.post(EDIT, edit(project, title_en="Their maps", title_cy="Eu mapiau"))
    page = client.post(EDIT, mine)
    assert page.status_code == 409
    assert ("My maps" in text_of(page), "Their maps" in text_of(page)) == (True, True)
    answer = mine | {"title_en": "All maps", "clash_title_en": choice, "mine_title_en": "My maps", "seen_title_en": "2"}
    assert client.post(EDIT, answer).status_code == 302
    row = Project.objects.get()
    assert (row.title_en, row.title_cy, row.aim_en) == (title, "Eu mapiau", "Aim")


def test_two_changes_that_break_a_constraint_together_get_a_sentence(client, project, team):
    Project.objects.update(aim_en="Aim", aim_cy="Nod")
    project.refresh_from_db()
    without = edit(project, aim_en="", aim_cy="")
    client.post(EDIT, edit(project, aim_cy="Nod arall"))
    answer = without | {"clash_aim_cy": "theirs", "seen_aim_cy": "3"}
    response = client.post(EDIT, answer)
    assert response.status_code == 200
    assert "Write this in English too." in text_of(response)


def test_a_draft_of_an_edit_keeps_the_version_from_which_it_was_begun(client, project, team):
    client.post(f"{EDIT}draft/", edit(project, title_en="My maps"))
    Project.objects.update(title_en="Their maps")
    page = text_of(client.get(EDIT))
    assert ('name="version" value="1"' in page, "My maps" in page) == (True, True)
    assert client.post(EDIT, edit(project, title_en="My maps")).status_code == 409
    client.post(EDIT, edit(project, save_draft="1", title_en="My maps"))
    assert load_draft(team, actions.edit_key(project)).data["title_en"] == "My maps"


def test_an_edit_asks_its_rule_too(project, rf):
    from projects.forms import ProjectForm

    form = ProjectForm(edit(project), instance=project)
    assert form.is_valid()
    with pytest.raises(NotAllowed):
        actions.project_edit(form, by=person(Role.OFFICER))
