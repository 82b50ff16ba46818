"""The day of a meeting: who records it, attendance, arrivals and departures."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from board import actions
from board.models import Attendance, Meeting, Movement, Outcome, Paper
from board.presence import room_of
from tests.board.meeting_day import answers
from tests.factories.board import MeetingFactory
from tests.factories.meetings import PlannedItemFactory, ResponseFactory
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
RECORDING = ("day_page", "attendance_edit", "attendee_add")
OF_AN_ITEM = ("day_item", "movement_add", "declaration_add", "decision_add", "action_add")


# --- who


@pytest.mark.parametrize("name", [*RECORDING, *OF_AN_ITEM])
def test_the_secretariat_alone_opens_what_records_the_day(day, browse, name):
    found = answers(day, browse, day.url(name, day.open if name in OF_AN_ITEM else None))
    assert found.pop("secretary") == 200
    assert found.pop("anonymous") == 302
    assert set(found.values()) == {403}


def test_nobody_but_the_secretariat_writes_to_the_record(day, browse):
    [asked] = day.publish(day.open, ("Agree.", "Cytuno."))
    url = day.url("outcomes_as_recommended", day.open)
    found = answers(day, browse, url, "post")
    assert (found.pop("secretary"), found.pop("anonymous"), set(found.values())) == (302, 302, {403})
    outcome = Outcome.objects.get(uid=asked.uid)
    assert outcome.recorded_by == day.by
    assert set(answers(day, browse, url).values()) <= {302, 405}  # a link changes nothing
    for write in (
        lambda: actions.outcome_record(day.oral, by=day.chair, result="noted", words=("Noted.", "Nodwyd.")),
        lambda: actions.attendance_record(day.meeting, {day.member_seat.pk: ("", "online")}, by=day.chair),
        lambda: actions.vote_record(outcome, by=day.chair, in_favour=1, against=0, abstained=0),
        lambda: actions.note_publish(day.meeting, by=day.chair),
        lambda: actions.minutes_draft(day.meeting, by=day.chair),
    ):
        with pytest.raises(NotAllowed):
            write()


@pytest.mark.parametrize("fields", [{"status": "planned"}, {"status": "cancelled"}, {"is_historic": True}])
def test_a_meeting_that_was_not_called_here_has_no_day(day, browse, fields):
    Meeting.objects.filter(pk=day.meeting.pk).update(**fields)
    expected = 404 if "is_historic" in fields else 403
    assert browse(day.by).get(day.url("day_page")).status_code == expected
    with pytest.raises(NotAllowed):
        actions.attendance_record(day.meeting, {day.member_seat.pk: ("", "online")}, by=day.by)


def test_a_row_of_the_record_is_found_by_the_secretariat_alone(day, browse):
    day.mark("in_person")
    one = day.meeting.attendances.get()
    moved = actions.movement_record(one, day.open, kind="left", by=day.by)
    said = actions.declaration_record(day.open, one.person, by=day.by, kind="personal", nature=("Kin.", "Perthynas."))
    for name, thing in (("attendee_remove", one), ("movement_remove", moved), ("declaration_remove", said)):
        found = answers(day, browse, reverse(f"board:{name}", kwargs={"pk": thing.pk}))
        assert (found.pop("secretary"), found.pop("anonymous"), set(found.values())) == (200, 302, {404})


# --- attendance


def test_attendance_is_marked_in_the_browser_beside_what_members_answered(day, browse):
    ResponseFactory(meeting=day.meeting, seat=day.chair_seat, answer="apologies")
    client, url = browse(day.by), day.url("attendance_edit")
    assert "Answered: Apologies" in client.get(url).content.decode()
    marks = {f"seat-{day.member_seat.pk}": "in_person", f"seat-{day.chair_seat.pk}": "apologies"}
    given = {**marks, **{f"was-{seat.pk}": "" for seat in day.seats}}
    for _sent in (1, 2):  # a tablet on a bad line sends it again
        assert client.post(url, given).status_code == 302
    found = {one.person_id: one.presence for one in Attendance.objects.all()}
    assert found == {day.member_seat.person_id: "in_person", day.chair_seat.person_id: "apologies"}
    page = client.get(day.url("day_page")).content.decode()
    assert "1 person is there." in page
    assert "1 seat is not recorded yet." in page


def test_a_mark_that_somebody_else_made_meanwhile_is_not_overwritten_unseen(day, browse):
    day.mark("online")
    form = {f"seat-{day.member_seat.pk}": "absent", f"was-{day.member_seat.pk}": ""}
    page = browse(day.by).post(day.url("attendance_edit"), form)
    assert page.status_code == 200
    assert "recorded" in page.content.decode()
    assert day.meeting.attendances.get().presence == "online"
    day_mark = {day.member_seat.pk: ("online", "")}
    actions.attendance_record(day.meeting, day_mark, by=day.by)
    assert not day.meeting.attendances.exists()


def test_whoever_did_not_come_after_all_has_no_movements(day):
    day.mark("online")
    one = day.meeting.attendances.get()
    actions.movement_record(one, day.open, kind="arrived", at=time(10, 40), by=day.by)
    actions.attendance_record(day.meeting, {day.member_seat.pk: ("online", "apologies")}, by=day.by)
    assert not Movement.objects.exists()
    one.refresh_from_db()
    with pytest.raises(Refused, match="is not there"):
        actions.movement_record(one, day.open, kind="left", by=day.by)


def test_a_substitute_takes_the_place_of_a_member_who_gets_apologies(day, browse):
    url, form = day.url("attendee_add"), {"name": "Eira  Gwyn", "seat": day.member_seat.pk, "presence": "online"}
    for _sent in (1, 2):
        assert browse(day.by).post(url, form).status_code == 302
    found = {(str(one.person.named()), one.capacity, one.presence) for one in day.meeting.attendances.with_people()}
    member = str(day.member_seat.person.named())
    assert found == {("Eira Gwyn", "substitute", "online"), (member, "member", "apologies")}
    assert room_of(day.meeting).voting(day.open) == 1  # the seat's vote, once
    second = browse(day.by).post(url, {**form, "name": "Somebody else"})
    assert "is there as the substitute already" in second.content.decode()
    day.seats = day.seats[1:]
    day.mark("in_person")
    third = browse(day.by).post(url, {**form, "seat": day.chair_seat.pk})
    assert "nobody comes as a substitute" in third.content.decode()


def test_somebody_in_attendance_has_no_seat_and_no_vote_and_is_taken_off_again(day, browse):
    form = {"name": "Officer", "seat": "", "presence": "in_person"}
    browse(day.by).post(day.url("attendee_add"), form)
    one = day.meeting.attendances.get()
    assert (one.capacity, one.seat, room_of(day.meeting).voting(day.open)) == ("attendee", None, 0)
    url = reverse("board:attendee_remove", kwargs={"pk": one.pk})
    browse(day.by).get(url)
    assert day.meeting.attendances.exists()
    browse(day.by).post(url)
    assert not day.meeting.attendances.exists()
    day.mark("online")
    with pytest.raises(Refused, match="is a member of the board"):
        actions.attendance_add(day.meeting, day.member_seat.person, by=day.by, presence="online")
    with pytest.raises(Refused, match="Change the mark"):
        actions.attendance_remove(day.meeting.attendances.get(), by=day.by)


def test_a_name_is_asked_for(day, browse):
    page = browse(day.by).post(day.url("attendee_add"), {"name": "", "seat": "", "presence": "online"})
    assert "Enter a name." in page.content.decode()


# --- arrivals and departures


@pytest.mark.parametrize(
    ("moves", "there"),
    [
        ({}, [1, 2, 3]),
        ({2: "arrived"}, [2, 3]),
        ({2: "left"}, [1]),
        ({2: "left", 3: "arrived"}, [1, 3]),
        ({1: "left", 2: "arrived", 3: "left"}, [2]),
        ({2: "arrived", 3: "left"}, [2]),
    ],
)
def test_who_is_in_the_room_for_which_item(day, moves, there):
    day.mark("in_person")
    one, items = day.meeting.attendances.get(), [day.open, day.restricted, day.oral]
    for position, kind in moves.items():
        actions.movement_record(one, items[position - 1], kind=kind, by=day.by)
    room = room_of(day.meeting)
    assert [item.position for item in items if room.there(item)] == there


def test_a_departure_is_written_with_its_time_and_said_again_it_stands_once(day, browse):
    day.mark("in_person", "online")
    one = day.meeting.attendances.get(seat=day.member_seat)
    client, url = browse(day.by), day.url("movement_add", day.restricted)
    form = {"attendance": one.pk, "kind": "left", "at": "10:40"}
    for _sent in (1, 2):
        assert client.post(url, form).status_code == 302
    assert Movement.objects.get().at == time(10, 40)
    assert "(10:40)" in client.get(day.url("attendance_edit")).content.decode()
    assert "1 member or substitute may vote." in client.get(day.url("day_item", day.restricted)).content.decode()
    client.post(reverse("board:movement_remove", kwargs={"pk": Movement.objects.get().pk}))
    assert not Movement.objects.exists()


# --- the agenda of a meeting that is being recorded


def test_an_item_of_which_something_is_recorded_stays_where_it_is(day, browse):
    later = MeetingFactory(board=day.meeting.board, date=timezone.localdate() + timedelta(days=40))
    one = actions.declaration_make(day.oral, by=day.people.member, kind="personal", nature=("Kin.", "Perthynas."))
    client, url = browse(day.by), day.url("item_remove", pk=day.oral.pk)
    assert "it stays" in client.post(url, follow=True).content.decode()
    actions.item_defer(day.oral, later, by=day.by, why="Too long.")  # the interest goes with its item
    one.refresh_from_db()
    assert one.item.meeting == later
    actions.outcome_record(day.open, by=day.by, result="noted", words=("Noted.", "Nodwyd."))
    with pytest.raises(Refused, match="it stays here"):
        actions.item_defer(day.open, later, by=day.by, why="No.")


def test_a_meeting_with_a_declared_interest_is_cancelled_and_its_planned_item_waits_again(day):
    planned = PlannedItemFactory(board=day.meeting.board, meeting=day.meeting)
    item = actions.planned_place(planned, by=day.by)
    actions.declaration_make(item, by=day.people.member, kind="personal", nature=("Kin.", "Perthynas."))
    actions.meeting_cancel(day.meeting, by=day.by, reason=("Snow.", "Eira."))
    planned.refresh_from_db()
    assert (planned.status, planned.item, planned.meeting) == ("planned", None, None)
    assert item.declarations.count() == 1


# --- lists


def test_the_day_costs_as_much_with_thirty_items_as_with_one(day, browse, django_assert_max_num_queries):
    client, url = browse(day.by), day.url("day_page")
    client.get(url)
    with django_assert_max_num_queries(30) as few:
        client.get(url)
    for position in range(4, 34):
        day.item(position, f"Item {position}", f"Eitem {position}")
    with django_assert_max_num_queries(len(few)):
        client.get(url)
    assert Paper.objects.count() == 0


# --- a tablet on a bad line


def test_the_script_is_told_that_a_form_has_arrived_and_gets_the_page_where_the_portal_asks(day, browse):
    client, url, script = browse(day.by), day.url("attendee_add"), {"Accept": "application/json"}
    form = {"name": "Eira Gwyn", "seat": "", "presence": "online"}
    for _sent in (1, 2):
        assert client.post(url, form, headers=script).json() == {"next": day.url("attendance_edit")}
    assert day.meeting.attendances.count() == 1
    asked = client.post(url, {**form, "name": ""}, headers=script)
    assert asked["Content-Type"].startswith("text/html")
    assert "Enter a name." in asked.content.decode()
    signed_out = browse(None).post(url, form, headers=script)  # the sign-in is a redirect: the script keeps the form
    assert signed_out.status_code == 302
    assert client.get(url, headers=script).status_code == 200
