"""The weekly screen: what is shown, kept, confirmed and published; who may."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from projects import actions
from projects.actions.weekly import weekly_publish
from projects.models import Confirmation, MilestoneForecast, Project, StatusUpdate
from projects.views.weekly import form_of
from tests.factories.people import person
from tests.factories.projects import MilestoneFactory, ProjectFactory, RiskFactory, StatusUpdateFactory
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.versions import load_draft, save_draft
from wlga_portal.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SCREEN = "/en/projects/weekly/"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def team(client):
    user = person(Role.TEAM, name="Lowri Writer")
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def project(team):
    one = ProjectFactory(title_en="Maps", title_cy="Mapiau", slug_en="maps", slug_cy="mapiau", lead=team)
    StatusUpdateFactory(
        project=one,
        for_date=timezone.localdate() - timedelta(days=7),
        reason_en="On time.",
        reason_cy="Ar amser.",
        internal="Ask Siân",
    )
    return one


def again(project: Project) -> Project:
    return Project.objects.with_standing().get(pk=project.pk)


def sent(project: Project, **changes: str) -> dict[str, Any]:
    """What the screen sends for a project as it is, with some fields changed."""
    now = again(project).now
    start = f"p{project.pk}-"
    said = now.update if now else None
    data = {
        "base": str(said.pk) if said else "",
        "confidence": said.confidence if said else "",
        "reason_en": said.reason_en if said else "",
        "reason_cy": said.reason_cy if said else "",
        "text_en": "",
        "text_cy": "",
        "internal": "",
    }
    for milestone in project.milestones.all():
        day = milestone.forecast or milestone.baseline
        data |= {f"forecast_{milestone.pk}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
        data[f"was_{milestone.pk}"] = milestone.forecast.isoformat() if milestone.forecast else ""
    return {"project": [str(project.pk)]} | {start + name: value for name, value in (data | changes).items()}


def together(*given: dict[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = {"project": []}
    for data in given:
        whole = {**whole, **data, "project": whole["project"] + data["project"]}
    return whole


# --- What is shown --------------------------------------------------------------------------------
def test_the_screen_shows_my_active_projects_with_what_was_said_last_the_longest_waiting_first(client, team, project):
    older = ProjectFactory(title_en="Bins", lead=team)
    StatusUpdateFactory(project=older, for_date=timezone.localdate() - timedelta(days=20))
    ProjectFactory(title_en="Never said", lead=team)
    ProjectFactory(title_en="Of somebody else", lead=person(Role.TEAM))
    ProjectFactory(title_en="In the backlog", lead=team, status="backlog")
    text = text_of(client.get(SCREEN))
    assert text.index("Never said") < text.index("Bins") < text.index("Maps")
    assert ("Of somebody else" in text, "In the backlog" in text) == (False, False)
    for part in ("On time.", "Ask Siân", "7 days ago", "Unconfirmed", "Nobody has said anything of it yet."):
        assert part in text
    assert "Of somebody else" in text_of(client.get(f"{SCREEN}?everybody"))


def test_the_head_of_delivery_has_those_without_a_lead_too(client, project):
    ProjectFactory(title_en="Nobody leads this")
    assert "Nobody leads this" not in text_of(client.get(SCREEN))
    client.force_login(person(Role.HEAD_OF_DELIVERY), backend=BACKEND)
    text = text_of(client.get(SCREEN))
    assert ("Nobody leads this" in text, "Maps" in text) == (True, False)


def test_who_leads_nothing_is_told_so(client, team):
    assert "You lead no active project" in text_of(client.get(SCREEN))


def test_a_green_that_its_facts_contradict_is_flagged(client, project):
    RiskFactory(project=project, likelihood=5, impact=5, review_on=date(2026, 1, 1))
    assert "Green, but the review of 1 red risk is overdue." in text_of(client.get(SCREEN))


def test_the_screen_costs_the_same_at_1_and_at_20_projects(client, team):
    counts = []
    for count in (1, 19):
        for _number in range(count):
            one = ProjectFactory(lead=team)
            StatusUpdateFactory(project=one, by=team)
            MilestoneFactory(project=one)
        client.get(SCREEN)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(SCREEN).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_more_projects_than_a_page_holds_are_on_the_next(client, team):
    for _number in range(26):
        ProjectFactory(lead=team)
    assert len(client.get(SCREEN).context["entries"]) == 25
    assert len(client.get(f"{SCREEN}?page=2").context["entries"]) == 1


# --- Still true -----------------------------------------------------------------------------------
def test_one_button_says_that_nothing_changed(client, team, project):
    page = client.post(SCREEN, sent(project) | {"still": str(project.pk)}, follow=True)
    assert "Maps: the status is confirmed, still true." in text_of(page)
    assert (Confirmation.objects.get().by, again(project).now.confirmed_on) == (team, timezone.localdate())
    assert StatusUpdate.objects.count() == 1


def test_nothing_said_cannot_be_still_true_and_a_project_that_there_is_not_does_nothing(client, team, project):
    other = ProjectFactory(lead=team)
    page = client.post(SCREEN, sent(other) | {"still": str(other.pk)}, follow=True)
    assert "There is no status to confirm" in text_of(page)
    assert client.post(SCREEN, sent(project) | {"still": "nonsense"}).status_code == 302
    assert not Confirmation.objects.exists()


def test_what_was_typed_elsewhere_is_kept_when_another_project_is_confirmed(client, team, project):
    other = ProjectFactory(lead=team)
    client.post(SCREEN, together(sent(project), sent(other, reason_en="Half a")) | {"still": str(project.pk)})
    assert load_draft(team, actions.draft_key(other)).data["reason_en"] == "Half a"
    assert load_draft(team, actions.draft_key(project)) is None
    page = text_of(client.get(SCREEN))
    assert ("Half a" in page, page.count("Draft kept")) == (True, 1)


# --- Publish --------------------------------------------------------------------------------------
def test_what_changed_is_published_together_and_the_rest_is_left_alone(client, team, project):
    other, third = ProjectFactory(lead=team), ProjectFactory(lead=team)
    first = sent(
        project, confidence="amber", reason_en="Late.", reason_cy="Hwyr.", text_en="We", text_cy="Ni", internal="x"
    )
    second = sent(other, confidence="green", reason_en="New.", reason_cy="Newydd.")
    page = client.post(SCREEN, together(first, second, sent(third)) | {"publish": "all"}, follow=True)
    assert "2 projects are published." in text_of(page)
    said = again(project).now.update
    assert (said.confidence, said.reason_en, said.text_cy, said.internal) == ("amber", "Late.", "Ni", "x")
    assert (said.by, said.for_date, said.reason_mark) == (team, timezone.localdate(), "unreviewed")
    assert (again(other).now.confidence, again(third).now) == ("green", None)
    assert history_of(said)[0].by_id == team.pk


def test_one_project_is_published_by_its_own_button_and_the_rest_stays_a_draft(client, team, project):
    other = ProjectFactory(lead=team)
    data = together(sent(project, confidence="red"), sent(other, reason_en="Half")) | {"publish": str(project.pk)}
    assert "1 project is published." in text_of(client.post(SCREEN, data, follow=True))
    assert (again(project).now.confidence, again(other).now) == ("red", None)
    assert load_draft(team, actions.draft_key(project)) is None
    assert load_draft(team, actions.draft_key(other)).data["reason_en"] == "Half"


def test_nothing_is_published_when_one_of_them_is_wrong_and_every_text_is_still_there(client, team, project):
    other = ProjectFactory(title_en="Bins", lead=team)
    data = together(sent(project, confidence="red"), sent(other, confidence="green", reason_en="Only English"))
    page = client.post(SCREEN, data | {"publish": "all"})
    text = text_of(page)
    assert page.status_code == 200
    assert ("There is a problem" in text, "Write the reason in Welsh." in text, "Only English" in text) == (True,) * 3
    assert f'href="#id_p{other.pk}-reason_cy"' in text
    assert again(project).now.confidence == "green"
    assert load_draft(team, actions.draft_key(project)).data["confidence"] == "red"


def test_nothing_changed_publishes_nothing(client, team, project):
    page = client.post(SCREEN, sent(project) | {"publish": "all"}, follow=True)
    assert "Nothing was changed, so nothing is published." in text_of(page)
    assert StatusUpdate.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "mark"),
    [
        ({"reason_en": "Late."}, "stale_cy"),
        ({"reason_cy": "Hwyr."}, "stale_en"),
        ({"reason_en": "Late.", "reason_cy": "Hwyr."}, "unreviewed"),
        ({"confidence": "amber"}, "reviewed"),
    ],
)
def test_the_side_that_was_not_changed_is_marked_as_behind(client, team, project, changes, mark):
    StatusUpdate.objects.update(reason_mark="reviewed")
    client.post(SCREEN, sent(project, **changes) | {"publish": "all"})
    assert again(project).now.update.reason_mark == mark


def test_a_kept_draft_says_which_side_is_behind(client, team, project):
    client.post(SCREEN, sent(project, reason_en="Late.") | {"save_draft": "1"})
    assert "The Welsh reason is behind the English" in text_of(client.get(SCREEN))
    client.post(SCREEN, sent(project, reason_cy="Hwyr.") | {"save_draft": "1"})
    assert "The English reason is behind the Welsh" in text_of(client.get(SCREEN))
    client.post(SCREEN, sent(project, reason_en="Late.") | {"publish": "all"})
    assert "Mae’r testun hwn ar ôl" in text_of(client.get("/cy/prosiectau/wythnosol/"))


# --- Milestones -----------------------------------------------------------------------------------
def test_a_milestone_moves_without_a_new_status(client, team, project):
    one = MilestoneFactory(project=project, baseline=date(2026, 12, 1), forecast=date(2026, 12, 1))
    page = client.post(SCREEN, sent(project, **{f"forecast_{one.pk}_day": "15"}) | {"publish": "all"}, follow=True)
    assert "1 project is published." in text_of(page)
    one.refresh_from_db()
    assert (one.forecast, one.baseline) == (date(2026, 12, 15), date(2026, 12, 1))
    last = MilestoneForecast.objects.filter(milestone=one).first()
    assert (last.by, last.for_date) == (team, timezone.localdate())
    assert StatusUpdate.objects.count() == 1
    assert again(project).now.confirmed_on == timezone.localdate() - timedelta(days=7)


def test_a_milestone_of_a_project_of_which_nothing_was_said_moves_too(client, team):
    one = MilestoneFactory(project=ProjectFactory(lead=team), forecast=None)
    client.post(SCREEN, sent(one.project, **{f"forecast_{one.pk}_month": "Ionawr"}) | {"publish": "all"})
    one.refresh_from_db()
    assert one.forecast == date(2026, 1, 1)
    assert not StatusUpdate.objects.exists()


def test_a_forecast_is_not_taken_back_and_nonsense_gets_a_sentence(client, team, project):
    one = MilestoneFactory(project=project)
    parts = ("day", "month", "year")
    data = sent(project, **{f"forecast_{one.pk}_{part}": "" for part in parts}) | {"publish": "all"}
    assert "Enter the day on which it is expected." in text_of(client.post(SCREEN, data))
    assert "Enter the day on which it is expected." not in text_of(client.get(SCREEN))
    data = sent(project, **{f"forecast_{one.pk}_day": "45"}) | {"publish": "all"}
    assert "Enter a real date" in text_of(client.post(SCREEN, data))


# --- Two people -----------------------------------------------------------------------------------
def test_who_publishes_after_somebody_else_sees_both_texts_and_is_asked(client, team, project):
    mine = sent(project, confidence="red", reason_en="Mine", reason_cy="Fi")
    StatusUpdateFactory(project=project, confidence="amber", reason_en="Theirs", reason_cy="Nhw")
    page = client.post(SCREEN, mine | {"publish": "all"})
    text = text_of(page)
    assert "Somebody posted an update meanwhile (Amber: “Theirs”)" in text
    assert (text.count(">Mine</textarea>"), again(project).now.update.reason_en) == (1, "Theirs")
    answer = mine | {f"p{project.pk}-base": str(again(project).now.update_id), "publish": "all"}
    assert client.post(SCREEN, answer).status_code == 302
    assert again(project).now.update.reason_en == "Mine"
    assert StatusUpdate.objects.filter(reason_en="Theirs").exists()


def test_what_only_somebody_else_changed_is_not_published_again(client, team, project):
    mine = sent(project)
    StatusUpdateFactory(project=project, confidence="amber", reason_en="Theirs", reason_cy="Nhw")
    client.post(SCREEN, mine | {"publish": "all"})
    assert again(project).now.update.reason_en == "Theirs"
    assert StatusUpdate.objects.count() == 2


def test_a_milestone_that_both_moved_asks_and_one_that_only_they_moved_stays_theirs(client, team, project):
    one, two = MilestoneFactory(project=project), MilestoneFactory(project=project)
    mine = sent(project, **{f"forecast_{one.pk}_day": "15"})
    for milestone in (one, two):
        MilestoneForecast.objects.create(milestone=milestone, forecast=date(2027, 2, 3), for_date=timezone.localdate())
    text = text_of(client.post(SCREEN, mine | {"publish": "all"}))
    assert "Somebody moved this to 3 February 2027 meanwhile" in text
    assert text.count("Somebody moved this to") == 2  # in the summary and beside the field
    client.post(SCREEN, mine | {f"p{project.pk}-was_{one.pk}": "2027-02-03", "publish": "all"})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.forecast, two.forecast) == (date(2026, 12, 15), date(2027, 2, 3))


@pytest.mark.parametrize("base", ["", "0", "nonsense", "-1", "99999999999", "٣"])
def test_a_screen_filled_from_an_update_that_there_is_not_is_treated_as_filled_from_none(client, team, project, base):
    StatusUpdateFactory(reason_en="Of another project")
    response = client.post(SCREEN, sent(project, base=base, confidence="red") | {"publish": "all"})
    assert "Somebody posted an update meanwhile" in text_of(response)


def test_an_update_of_another_project_is_no_base(client, team, project):
    other = StatusUpdateFactory()
    response = client.post(SCREEN, sent(project, base=str(other.pk), confidence="red") | {"publish": "all"})
    assert "Somebody posted an update meanwhile" in text_of(response)


# --- Drafts ---------------------------------------------------------------------------------------
def test_what_is_typed_is_kept_every_few_seconds_and_a_text_taken_back_is_forgotten(client, team, project):
    draft = f"{SCREEN}draft/"
    assert client.post(draft, sent(project, reason_en="Hal")).json() == {"saved": True}
    assert load_draft(team, actions.draft_key(project)).data["reason_en"] == "Hal"
    client.post(draft, sent(project))
    assert load_draft(team, actions.draft_key(project)) is None
    assert not StatusUpdate.objects.filter(reason_en="Hal").exists()


def test_a_draft_begun_on_the_page_of_the_project_is_here_too(client, team, project):
    save_draft(team, actions.draft_key(project), {"confidence": "red", "reason_en": "Begun there"})
    assert "Begun there" in text_of(client.get(SCREEN))


def test_the_language_switch_keeps_what_is_typed(client, team, project):
    response = client.post(SCREEN, sent(project, text_en="Public") | {"_switch": "cy"})
    assert response["Location"] == "/cy/prosiectau/wythnosol/"
    text = text_of(client.get(response["Location"]))
    assert ("Public" in text, "Mapiau" in text) == (True, True)


def test_kept_words_say_so(client, team, project):
    page = client.post(f"{SCREEN}?everybody", sent(project, text_en="Half") | {"save_draft": "1"}, follow=True)
    assert "What you wrote is kept. Only you see it until you publish it." in text_of(page)


# --- Who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [SCREEN, f"{SCREEN}draft/"])
@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.DIGITAL_LEAD, Role.BOARD_MEMBER])
def test_others_have_no_weekly_screen(client, address, role):
    client.force_login(person(*([role] if role else [])), backend=BACKEND)
    assert client.post(address, {}).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client):
    for address in (SCREEN, f"{SCREEN}draft/"):
        response = client.post(address, {})
        assert (response.status_code, "/account/sign-in/" in response["Location"]) == (302, True)


def test_a_project_that_is_closed_meanwhile_is_left_alone(client, team, project):
    data = sent(project, confidence="red")
    Project.objects.update(status="closed")
    assert "Nothing was changed" in text_of(client.post(SCREEN, data | {"publish": "all"}, follow=True))


def test_publishing_asks_its_rule_too(project):
    form = form_of(again(project), sent(project, confidence="red"), {}, None)
    assert form.is_valid()
    with pytest.raises(NotAllowed):
        weekly_publish([form], by=person(Role.OFFICER))
