"""Actions: given, told of, reminded of by mail, answered with one button; the tracker."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from board import actions
from board.actions import remind_all
from board.answering import KEPT, answer_url
from board.models import Action, ActionReminder, BoardProject, Evidence
from board.panels_following import actions_to_close, actions_to_do
from board.states.actions import ACTION, ActionStatus
from tests.board.meeting_day import Day
from tests.factories.board import AgendaItemFactory, PersonFactory
from tests.factories.board_day import ActionFactory, PublicNoteFactory
from tests.factories.projects import ProjectFactory
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, WrongState

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TEXT = ("Write to the councils.", "Ysgrifennu at y cynghorau.")


def at(name, action, **parts):
    return reverse(f"board:{name}", kwargs={"pk": action.pk, **parts})


@pytest.fixture
def owner(day: Day):
    """A council officer who owns actions of the board and has no role on it."""
    return PersonFactory(user=day.people.officer, public_name="")


@pytest.fixture
def given(day, owner):
    return actions.action_create(day.oral, by=day.by, text=TEXT, owner=owner, due=TODAY + timedelta(days=30))


# --- given


def test_an_action_is_given_in_the_browser_with_owner_day_and_what_it_belongs_to(day, browse, owner):
    project = ProjectFactory()
    client, url = browse(day.by), day.url("action_add", day.oral)
    form = {
        "text_en": TEXT[0], "text_cy": TEXT[1], "owner": f"user-{day.people.officer.pk}", "projects": [project.pk],
        "due_day": "1", "due_month": "3", "due_year": "2031", "organisation": day.people.home.pk,
    }  # fmt: skip
    assert "in at least one language" in client.post(url, {**form, "text_en": "", "text_cy": ""}).content.decode()
    for _sent in (1, 2):  # the line broke, and the tablet sent it again
        assert client.post(url, form)["Location"] == day.url("day_item", day.oral)
    action = Action.objects.get()
    assert (action.owner, action.organisation, action.status) == (owner, day.people.home, "open")
    assert BoardProject.objects.get(action=action).project == project
    assert TEXT[0] in browse(day.people.officer).get(action.get_absolute_url()).content.decode()


def test_the_owner_is_told_once_in_their_language_and_a_restricted_item_is_named_by_its_title(day, owner):
    owner.user.language = "cy"
    owner.user.save()
    for item in (day.oral, day.restricted):
        for _sent in (1, 2):
            actions.action_create(item, by=day.by, text=TEXT, owner=owner, due=TODAY)
    run_jobs()
    assert len(mail.outbox) == 2
    assert TEXT[1] in mail.outbox[0].body
    assert TEXT[1] not in mail.outbox[1].body
    assert "Cyflenwr" in mail.outbox[1].body
    with pytest.raises(NotAllowed):
        actions.action_create(day.oral, by=day.chair, text=TEXT, owner=owner, due=TODAY)


def test_a_new_owner_is_told_and_two_people_who_change_an_action_see_both(day, browse, given):
    run_jobs()
    mail.outbox.clear()
    form = {
        "version": given.version, "text_en": "Ring them.", "text_cy": TEXT[1],
        "owner": f"user-{day.people.author.pk}", "due_day": "1", "due_month": "3", "due_year": "2031",
    }  # fmt: skip
    client = browse(day.by)
    assert client.post(at("action_edit", given), form).status_code == 302
    run_jobs()
    assert [one.to for one in mail.outbox] == [[day.people.author.email]]
    clash = client.post(at("action_edit", given), {**form, "text_en": "Call on them."})
    assert clash.status_code == 409
    assert browse(day.people.officer).get(at("action_edit", given)).status_code == 404  # no longer theirs
    assert browse(day.people.author).get(at("action_edit", given)).status_code == 403


# --- moved


PAIRS = [(status, event) for status in ActionStatus for event in ACTION.transitions]


@pytest.mark.parametrize(("status", "event"), PAIRS)
def test_an_action_moves_where_the_table_says_and_nowhere_else(people, status, event):
    done = timezone.localdate() if status in ("done", "closed") else None
    action, step = ActionFactory(status=status, done_on=done), ACTION.transitions[event]
    if status not in step.sources:
        with pytest.raises(WrongState):
            actions.action_move(action, event, by=people.secretary, why="because")
        return
    moved = actions.action_move(action, event, by=people.secretary, why="because")
    assert moved.status == step.target
    assert (moved.done_on is not None) == (step.target in ("done", "closed"))
    assert StatusChange.of(action).last().event == event


@pytest.mark.parametrize("event", ACTION.transitions)
def test_its_owner_reports_it_and_the_secretariat_closes_it(people, browse, given, event):
    owned = event in ("start", "report")
    with pytest.raises(NotAllowed):
        actions.action_move(given, event, by=people.member, why="because")
    if not owned:
        with pytest.raises(NotAllowed):
            actions.action_move(given, event, by=people.officer, why="because")
    url = at("action_step", given, event=event)
    assert browse(people.officer).get(url).status_code == (200 if owned else 403)
    assert browse(people.secretary).get(url).status_code == 200
    assert browse(None).get(url).status_code == 302


def test_dropping_and_opening_again_need_a_reason(day, browse, given):
    with pytest.raises(ReasonMissing):
        actions.action_move(given, "drop", by=day.by)
    assert browse(day.by).post(at("action_step", given, event="drop"), {"why": ""}).status_code == 200
    browse(day.by).post(at("action_step", given, event="drop"), {"why": "Overtaken."})
    given.refresh_from_db()
    assert given.status == "dropped"


# --- told of


def test_the_owner_tells_how_it_goes_and_reports_it_done_in_one_stroke(day, browse, given):
    client, url = browse(day.people.officer), at("evidence_add", given)
    assert "in at least one language" in client.post(url, {"text_en": ""}).content.decode()
    for _sent in (1, 2):
        client.post(url, {"text_en": "Half of them answered.", "link": "https://example.org/letters"})
    assert Evidence.objects.count() == 1
    given.refresh_from_db()
    assert given.status == "under_way"
    client.post(url, {"text_en": "All of them.", "done": "yes"})
    given.refresh_from_db()
    assert (given.status, given.done_on) == ("done", TODAY)
    page = browse(day.by).get(given.get_absolute_url()).content.decode()
    assert page.index("Half of them answered.") < page.index("All of them.")
    assert 'href="https://example.org/letters"' in page
    with pytest.raises(NotAllowed):
        actions.evidence_add(given, by=day.chair, text=("No.", ""))
    assert browse(day.people.member).get(url).status_code == 403
    assert browse(day.people.stranger).get(url).status_code == 404


def test_what_waits_for_the_owner_and_for_the_secretariat_is_named_to_them(day, given):
    [need] = list(actions_to_do(day.people.officer))
    assert (need.due, need.url) == (given.due, given.get_absolute_url())
    assert not list(actions_to_do(day.chair))
    actions.action_move(given, "report", by=day.people.officer)
    assert not list(actions_to_do(day.people.officer))
    assert [one.text for one in actions_to_close(day.by)] == ["Close the actions that were reported done: 1"]
    assert not list(actions_to_close(day.people.officer))


# --- the button of the mail


def test_the_link_of_a_mail_opens_a_page_with_one_button_and_opening_it_changes_nothing(day, browse, given):
    url = answer_url(given, day.people.officer)
    for client in (browse(None), browse(day.people.stranger)):
        page = client.get(url).content.decode()
        main = page[page.index("<main") : page.index("</main")]
        assert main.count("<button") == 1
        assert TEXT[0] in main
    given.refresh_from_db()
    assert given.status == "open"
    for _pressed in (1, 2):
        assert "The board knows that it is done." in browse(None).post(url).content.decode()
    given.refresh_from_db()
    assert (given.status, StatusChange.of(given).count()) == ("done", 1)
    assert StatusChange.of(given).get().by == day.people.officer
    with override("cy"):
        welsh = answer_url(given, day.people.officer)
    assert welsh.startswith("/cy/")
    assert browse(None).get(welsh).status_code == 200


def test_a_forged_an_old_and_another_owners_link_open_nothing(day, browse, given):
    url = answer_url(given, day.people.officer)
    forged = url[:-3] + ("aaa/" if not url.endswith("aaa/") else "bbb/")
    assert browse(None).get(forged).status_code == 404
    assert browse(None).get(answer_url(given, day.people.author)).status_code == 404
    with time_machine.travel(timezone.now() + KEPT + timedelta(days=1)):
        assert browse(None).get(url).status_code == 404
    given.owner = PersonFactory(user=day.people.author, public_name="")
    given.save()
    assert browse(None).get(url).status_code == 404


def test_the_link_of_a_restricted_items_action_opens_for_its_owner_signed_in(day, browse, owner):
    action = actions.action_create(day.restricted, by=day.by, text=TEXT, owner=owner, due=TODAY)
    url = answer_url(action, owner.user)
    assert [browse(user).get(url).status_code for user in (None, day.by, owner.user)] == [404, 404, 200]


# --- reminders


def test_owners_are_reminded_once_of_all_that_is_due_or_overdue_and_again_after_a_week(day, owner):
    for days in (-3, 5, 30):
        text = (f"Due in {days}", f"Ymhen {days}")
        actions.action_create(day.oral, by=day.by, text=text, owner=owner, due=TODAY + timedelta(days=days))
    run_jobs()
    mail.outbox.clear()
    assert [remind_all(), remind_all(), remind_all(today=TODAY + timedelta(days=6))] == [1, 0, 0]
    run_jobs()
    [message] = mail.outbox
    assert "Due in -3" in message.body
    assert "Due in 5" in message.body
    assert "Due in 30" not in message.body
    assert ActionReminder.objects.get().actions == 2
    assert remind_all(today=TODAY + timedelta(days=7)) == 1


def test_nobody_is_reminded_of_what_is_done_or_without_an_account(day, given):
    ActionFactory(item=day.oral, due=TODAY, owner=PersonFactory())
    ActionFactory(item=day.oral, due=TODAY, owner=given.owner, status="done", done_on=TODAY)
    assert remind_all() == 0


# --- the tracker


def test_the_tracker_shows_what_is_overdue_first_and_to_each_what_they_may_see(day, browse, owner):
    texts = {"Overdue long": -9, "Overdue": -2, "Coming": 9}
    for text, days in reversed(texts.items()):
        ActionFactory(item=day.oral, text_en=text, due=TODAY + timedelta(days=days))
    ActionFactory(item=day.oral, text_en="Ready", due=TODAY - timedelta(days=20), status="done", done_on=TODAY)
    ActionFactory(item=day.restricted, text_en="Hidden", due=TODAY, owner=owner)
    page = browse(day.by).get(reverse("board:action_list")).content.decode()
    places = [page.index(word) for word in ("Overdue long", ">Overdue<", "Coming", "Ready")]
    assert places == sorted(places)
    seen = {
        who: "Hidden" in browse(user).get(reverse("board:action_list")).content.decode()
        for who, user in {
            "anonymous": None,
            "owner": owner.user,
            "author": day.people.author,
            "chair": day.chair,
        }.items()
    }
    assert seen == {"anonymous": False, "owner": True, "author": False, "chair": True}
    PublicNoteFactory(meeting=day.meeting)
    public = browse(None).get(reverse("board:action_list")).content.decode()
    assert ("Coming" in public, "Hidden" in public) == (True, False)
    data = browse(None).get(reverse("board:actions_csv")).content.decode()
    assert ("Coming" in data, "Hidden" in data) == (True, False)
    mine = browse(owner.user).get(reverse("board:action_list"), {"only": "mine"}).content.decode()
    assert ("Hidden" in mine, "Coming" in mine) == (True, False)


def test_the_tracker_costs_as_much_with_thirty_actions_as_with_one(browse, django_assert_max_num_queries):
    item = AgendaItemFactory()
    PublicNoteFactory(meeting=item.meeting)
    ActionFactory(item=item)
    client, url = browse(None), reverse("board:action_list")
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for _more in range(29):
        ActionFactory(item=AgendaItemFactory(meeting=item.meeting))
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).content.decode().count("Do thing") >= 30
