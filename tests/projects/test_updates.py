"""Posting, correcting and confirming; drafts; edits, merges and the clash."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from projects import actions
from projects.forms import UpdateForm
from projects.models import Confirmation, PhaseChange, Project, StatusUpdate
from tests.factories.people import person
from tests.factories.projects import ConfirmationFactory, ProjectFactory, StatusUpdateFactory, ThemeFactory
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GOOD = {
    "confidence": "amber",
    "reason_en": "The paper is late.",
    "reason_cy": "Mae'r papur yn hwyr.",
    "text_en": "",
    "text_cy": "",
    "internal": "",
}


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def today_in_parts(days: int = 0) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {"for_date_day": str(day.day), "for_date_month": str(day.month), "for_date_year": str(day.year)}


@pytest.fixture
def project():
    return ProjectFactory(title_en="Maps", title_cy="Mapiau", slug_en="maps", slug_cy="mapiau")


@pytest.fixture
def team(client):
    user = person(Role.TEAM, name="Lowri Writer")
    client.force_login(user, backend=BACKEND)
    return user


# --- Posting --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "address", "done"),
    [
        ("en", "/en/projects/maps/update/", "The update is posted."),
        ("cy", "/cy/prosiectau/mapiau/diweddaru/", "Mae’r diweddariad wedi’i bostio."),
    ],
)
def test_the_team_posts_an_update_and_the_public_page_shows_it(client, project, team, language, address, done):
    assert client.get(address).status_code == 200
    response = client.post(address, {**GOOD, **today_in_parts()}, follow=True)
    assert done in text_of(response)
    update = StatusUpdate.objects.get()
    assert (update.project, update.by, update.confidence, update.for_date) == (
        project,
        team,
        "amber",
        timezone.localdate(),
    )
    client.logout()
    with override(language):
        public = text_of(client.get(project.get_absolute_url()))
    assert {"en": "The paper is late.", "cy": "Mae'r papur yn hwyr."}[language] in public
    assert history_of(update)[0].by_id == team.pk


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason_cy": ""}, "Write the reason in Welsh."),
        ({"reason_en": " "}, "Write the reason in English."),
        ({"confidence": ""}, "Choose an answer to “Delivery confidence”."),
        ({"text_en": "Only English"}, "Write this in Welsh too."),
        ({"text_cy": "Cymraeg yn unig"}, "Write this in English too."),
        (today_in_parts(1), "The date must be today or earlier."),
        ({"for_date_month": ""}, "The date must include a month."),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_nothing_is_posted_or_lost(client, project, team, changes, sentence):
    response = client.post("/en/projects/maps/update/", {**GOOD, **today_in_parts(), "internal": "typed", **changes})
    assert sentence in text_of(response)
    assert "typed" in text_of(response)
    assert not StatusUpdate.objects.exists()


def test_an_action_asks_its_rule_too(project):
    stranger = person(Role.OFFICER)
    update = StatusUpdateFactory(project=project)
    with pytest.raises(NotAllowed, match="may not post"):
        actions.update_post(StatusUpdateFactory.build(project=project), by=stranger)
    with pytest.raises(NotAllowed, match="may not post"):
        actions.update_correct(update, StatusUpdateFactory.build(project=project), by=stranger)
    with pytest.raises(NotAllowed, match="may not confirm"):
        actions.status_confirm(project, by=stranger)
    assert (StatusUpdate.objects.count(), Confirmation.objects.count()) == (1, 0)


# --- Drafts ---------------------------------------------------------------------------------------
def test_a_draft_may_lack_a_side_and_comes_back(client, project, team):
    half = {**GOOD, "reason_cy": "", **today_in_parts(-2), "save_draft": "1", "csrfmiddlewaretoken": "x", "other": "y"}
    response = client.post("/en/projects/maps/update/", half, follow=True)
    assert "The draft is saved. Only you see it." in text_of(response)
    assert "The paper is late." in text_of(response)
    assert "Your draft of" in text_of(response)
    assert f'value="{today_in_parts(-2)["for_date_day"]}"' in text_of(response)
    draft = load_draft(team, actions.draft_key(project))
    assert set(draft.data) == {*GOOD, *today_in_parts()}
    assert not StatusUpdate.objects.exists()
    client.force_login(person(Role.TEAM), backend=BACKEND)
    assert "The paper is late." not in text_of(client.get("/en/projects/maps/update/"))


def test_what_is_typed_is_kept_by_the_way_and_dropped_when_posted(client, project, team):
    address = "/en/projects/maps/update/"
    response = client.post(f"{address}draft/", {"reason_en": "x" * 30_000}, headers={"Accept": "application/json"})
    assert response.json() == {"saved": True}
    assert len(load_draft(team, actions.draft_key(project)).data["reason_en"]) == 20_000
    client.post(address, {**GOOD, **today_in_parts()})
    assert load_draft(team, actions.draft_key(project)) is None
    assert client.get(f"{address}draft/").status_code == 405


@pytest.mark.parametrize(("page", "welsh"), [("update", "diweddaru"), ("edit", "golygu")])
def test_the_language_switch_of_a_form_keeps_what_was_typed(client, project, team, page, welsh):
    response = client.post(f"/en/projects/maps/{page}/", {"reason_en": "Half", "aim_en": "Half", "_switch": "cy"})
    assert response.url == f"/cy/prosiectau/mapiau/{welsh}/"
    assert "Half" in text_of(client.get(response.url))


def test_a_field_of_a_draft_that_is_not_there_keeps_the_rows_value():
    from projects.drafts import initial_of

    assert initial_of(UpdateForm, None) == {}


# --- Corrections and confirmations ----------------------------------------------------------------
def test_a_correction_takes_the_place_of_the_update_which_stays_readable(client, project, team):
    wrong = StatusUpdateFactory(project=project, reason_en="Wrong", internal="Kept")
    address = f"/en/projects/maps/update/{wrong.pk}/correct/"
    assert "Kept" in text_of(client.get(address))
    response = client.post(address, {**GOOD, **today_in_parts()}, follow=True)
    assert "The correction is posted." in text_of(response)
    assert "Wrong" in text_of(response)
    right = StatusUpdate.objects.get(corrects=wrong)
    assert Project.objects.get().now.update == right
    again = client.post(address, {**GOOD, **today_in_parts()})
    assert "This update has been corrected already: correct the later one." in text_of(again)
    assert StatusUpdate.objects.count() == 2


def test_an_update_of_another_project_is_404(client, project, team):
    other = StatusUpdateFactory()
    assert client.get(f"/en/projects/maps/update/{other.pk}/correct/").status_code == 404


def test_an_invalid_correction_is_shown_again(client, project, team):
    wrong = StatusUpdateFactory(project=project)
    address = f"/en/projects/maps/update/{wrong.pk}/correct/"
    assert "Write the reason in Welsh." in text_of(client.post(address, {**GOOD, "reason_cy": ""}))


def test_still_true_is_one_button(client, project, team):
    update = StatusUpdateFactory(project=project, for_date=timezone.localdate() - timedelta(days=20))
    assert "Unconfirmed" in text_of(client.get("/en/projects/maps/"))
    response = client.post("/en/projects/maps/confirm/", follow=True)
    assert "The status is confirmed: still true." in text_of(response)
    assert "Unconfirmed" not in text_of(response)
    said = Confirmation.objects.get()
    assert (said.update, said.by, said.for_date) == (update, team, timezone.localdate())
    assert client.get("/en/projects/maps/confirm/").status_code == 405


def test_there_is_nothing_to_confirm_before_the_first_update(client, project, team):
    response = client.post("/en/projects/maps/confirm/", follow=True)
    assert "There is no status to confirm: post an update first." in text_of(response)
    with pytest.raises(Refused):
        actions.status_confirm(project, by=team)


# --- Edits ----------------------------------------------------------------------------------------
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


# --- Who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [*Role, None])
def test_the_team_alone_writes_and_everybody_reads(client, project, role):
    update = ConfirmationFactory(update__project=project).update
    may = role in {Role.TEAM, Role.HEAD_OF_DELIVERY}
    if role:
        client.force_login(person(role), backend=BACKEND)
    for address in ("/en/projects/", "/en/projects/maps/", "/en/projects/projects.csv"):
        assert client.get(address).status_code == 200
    denied = 403 if role else 302
    for address in ("edit/", "update/", f"update/{update.pk}/correct/", "move/hold/"):
        assert client.get(f"/en/projects/maps/{address}").status_code == (200 if may else denied), address
    for address in ("edit/draft/", "update/draft/"):
        assert client.post(f"/en/projects/maps/{address}").status_code == (200 if may else denied), address
    response = client.post("/en/projects/maps/confirm/")
    assert response.status_code == (302 if may or not role else 403)
    assert Confirmation.objects.count() == (2 if may else 1)
