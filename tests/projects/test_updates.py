"""Posting, correcting and confirming; drafts; who may."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from projects import actions
from projects.forms import UpdateForm
from projects.models import Confirmation, Project, StatusUpdate
from tests.factories.people import person
from tests.factories.projects import ConfirmationFactory, ProjectFactory, StatusUpdateFactory
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
