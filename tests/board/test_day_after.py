"""After the meeting: the public note with its clock, the minutes from the record to their approval."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from board import actions
from board.actions import NotComplete
from board.actions.minutes import approving
from board.models import Edition, Meeting, MinutesApproval, Paper, PublicNote
from board.panels_following import notes_to_publish
from board.public_notes import NoteGaps, note_due, working_days_left
from tests.factories.board import MeetingFactory, PersonFactory
from tests.factories.board_day import ActionFactory
from tests.factories.people import UserFactory
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState

pytestmark = pytest.mark.django_db
ASK = ("Agree **the trial**.", "Cytuno ar **y treial**.")
KIN = ("Kin.", "Perthynas.")


@pytest.fixture
def recorded(day):
    """All of the day: attendance, a departure, three interests, outcomes with a vote, a decision, an action."""
    asked = day.publish(day.open, ASK)
    hidden = day.publish(day.restricted, ("Take the teal offer.", "Derbyn y cynnig gwyrddlas."))
    day.mark("in_person", "online", "apologies")
    there = {one.seat: one for one in day.meeting.attendances.all()}
    record = actions.declaration_record
    record(day.open, day.chair_seat.person, by=day.by, kind="personal", nature=KIN)
    record(day.restricted, day.member_seat.person, by=day.by, kind="prejudicial", nature=("Teal.", "Gwyrddlas."))
    actions.movement_record(there[day.chair_seat], day.oral, kind="left", by=day.by)
    [outcome] = actions.as_recommended(day.open, asked, by=day.by)
    actions.vote_record(outcome, by=day.by, in_favour=2, against=0, abstained=0)
    actions.as_recommended(day.restricted, hidden, by=day.by)
    actions.outcome_record(day.oral, by=day.by, result="noted", words=("Dates noted.", "Nodwyd y dyddiadau."))
    ActionFactory(item=day.open, outcome=outcome, text_en="Write to all.", text_cy="Ysgrifennu at bawb.")
    ActionFactory(item=day.restricted, text_en="Ring teal.", text_cy="Ffonio gwyrddlas.")
    day.hold()
    return day


# --- the clock


@pytest.mark.parametrize(
    ("meets", "due"),
    [
        (date(2026, 11, 23), date(2026, 12, 2)),  # a Monday
        (date(2022, 9, 14), date(2022, 9, 26)),  # over the bank holiday of 19 September 2022
        (date(2026, 12, 22), date(2027, 1, 5)),  # over Christmas and the New Year
    ],
)
def test_the_note_is_due_on_the_seventh_working_day_after_the_meeting(meets, due):
    assert note_due(meets) == due


@pytest.mark.parametrize(
    ("today", "left"), [("2026-11-23", 7), ("2026-12-01", 1), ("2026-12-02", 0), ("2026-12-03", -1), ("2026-12-05", -2)]
)
def test_the_clock_says_how_many_working_days_are_left_or_that_it_is_late(today, left):
    assert working_days_left(date(2026, 12, 2), date.fromisoformat(today)) == left


def test_the_clock_is_on_the_page_of_the_meeting_and_on_the_secretariats_list(day, browse):
    due = note_due(day.meeting.date)
    assert not list(notes_to_publish(day.by))
    day.hold()
    [need] = list(notes_to_publish(day.by))
    assert need.due == due
    assert not list(notes_to_publish(day.chair))
    for days, says in ((0, "working days are left"), ((due - day.meeting.date).days, "It is due today."), (30, "late")):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert says in browse(None).get(day.url("public_note_page")).content.decode()


# --- the note


def test_the_note_tells_attendance_declarations_and_decisions_and_of_a_restricted_item_its_title_and_reason(
    recorded, browse
):
    note = actions.note_publish(recorded.meeting, by=recorded.by)
    assert actions.note_publish(recorded.meeting, by=recorded.by) == note  # pressed twice, it stands once
    text = note.content
    assert "teal" not in text.lower()
    assert str(recorded.member_seat.person) not in text  # people stand in it by their ids
    data = note.data
    assert [one["presence"] for one in data["attendance"]] == ["in_person", "online", "apologies"]
    assert [(one["item"], one["kind"], bool(one["nature"])) for one in data["declarations"]] == [
        (1, "personal", True), (2, "prejudicial", False)
    ]  # fmt: skip
    assert [len(item["outcomes"]) for item in data["items"]] == [1, 0, 1]
    for language, said in (("en", "Dates noted."), ("cy", "Nodwyd y dyddiadau.")):
        url = f"/{language}/" + {"en": "board/meetings/", "cy": "bwrdd/cyfarfodydd/"}[language]
        slug = getattr(recorded.meeting, f"slug_{language}")
        page = browse(None).get(f"{url}{slug}/{'note' if language == 'en' else 'nodyn'}/", follow=True)
        page = page.content.decode()
        assert said in page
        assert "teal" not in page.lower().replace("gwyrddlas", "teal")
        assert str(recorded.member_seat.person) in page
    data_page = browse(None).get(recorded.url("public_note_data"))
    assert data_page.content.decode() == text
    assert json.loads(text)["format"] == 1


def test_a_note_shows_the_name_that_somebody_has_now(recorded, browse):
    actions.note_publish(recorded.meeting, by=recorded.by)
    user = recorded.people.member
    user.name = "Renamed Since"
    user.save()
    assert "Renamed Since" in browse(None).get(recorded.url("public_note_page")).content.decode()


def test_the_note_is_refused_with_what_is_missing_and_where(day, browse):
    day.publish(day.open, ASK)
    day.hold()
    actions.declaration_record(
        day.oral, day.chair_seat.person, by=day.by, kind="personal", nature=("Only English.", "")
    )
    actions.outcome_record(day.oral, by=day.by, result="noted", words=("Only English.", ""))
    with pytest.raises(NoteGaps) as refused:
        actions.note_publish(day.meeting, by=day.by)
    assert [str(gap) for gap in refused.value.gaps] == [
        "No attendance is recorded.",
        f"Item 3: the interest of {day.chair_seat.person} is written in one language only.",
        "Item 1: recommendation 1 has no outcome.",
        "Item 3: an outcome is written in one language only.",
    ]
    client = browse(day.by)
    client.post(day.url("public_note_publish"))
    page = client.get(day.url("public_note_page")).content.decode()
    for gap in refused.value.gaps:
        assert f'href="{gap.url}"' in page
        assert client.get(gap.url).status_code == 200
    assert not PublicNote.objects.exists()
    assert "Only English." not in browse(None).get(day.url("public_note_page")).content.decode()


def test_no_note_before_the_meeting_was_held_and_nobody_else_publishes_it(day, browse):
    with pytest.raises(Refused, match="recorded as held"):
        actions.note_publish(day.meeting, by=day.by)
    assert browse(None).get(day.url("public_note_page")).status_code == 404
    assert browse(None).get(day.url("public_note_data")).status_code == 404
    url = day.url("public_note_publish")
    people = day.people
    assert [browse(user).post(url).status_code for user in (None, people.member, people.author)] == [302, 403, 403]
    assert browse(day.by).get(url).status_code == 405


def test_a_correction_of_the_record_needs_its_reason_and_is_a_second_note_beside_the_first(recorded, browse):
    actions.note_publish(recorded.meeting, by=recorded.by)
    seat = recorded.other_seat
    client, url = browse(recorded.by), recorded.url("attendance_edit")
    form = {f"seat-{seat.pk}": "absent", f"was-{seat.pk}": "apologies"}
    assert client.post(url, form).status_code == 200  # it asks why
    assert PublicNote.objects.count() == 1
    for _sent in (1, 2):
        client.post(url, {**form, "why": "Nobody heard from her."})
    assert [note.why for note in PublicNote.objects.all()] == ["", "Nobody heard from her."]
    with pytest.raises(NoteGaps):
        actions.declaration_record(
            recorded.oral, seat.person, by=recorded.by, kind="personal", nature=("Half.", ""), why="Forgotten."
        )
    assert not recorded.oral.declarations.exists()  # what would make a broken note is not kept


# --- the minutes


def words(paper, language="en"):
    return "\n".join(getattr(block, f"{part}_{language}") for block in paper.blocks.all() for part in ("text", "cells"))


def test_the_minutes_are_drafted_in_both_languages_from_what_was_recorded(recorded, browse):
    client = browse(recorded.by)
    for _pressed in (1, 2):
        answer = client.post(recorded.url("minutes_draft"))
    minutes = Paper.objects.get(kind="minute")
    assert answer["Location"].endswith(f"/{minutes.slug}/work/")
    member, chair = recorded.member_seat.person, recorded.chair_seat.person
    english, welsh = words(minutes), words(minutes, "cy")
    for said in (
        f"{chair} declared a personal interest in item 1 and stayed. Kin.",
        f"{member} declared a prejudicial interest in item 2 and left.",
        f"{chair} left before item 3.",
        "Recommendation 1: Agree **the trial**. **Agreed.** Votes: 2 for, 0 against, 0 abstained.",
        "Dates noted. **Noted.**",
        "Action: Write to all.",
        "This item is restricted. Names a company.",
    ):
        assert said in english
    assert "Cytuno ar **y treial**." in welsh
    assert "Mae’r eitem" in welsh or "Yn enwi cwmni." in welsh
    assert "teal" not in english.lower()
    assert "gwyrddlas" not in welsh.lower()


def test_minutes_are_drafted_once_the_meeting_was_held_and_by_the_secretariat(day, browse):
    with pytest.raises(Refused, match="recorded as held"):
        actions.minutes_draft(day.meeting, by=day.by)
    day.hold()
    url = day.url("minutes_draft")
    assert [browse(user).post(url).status_code for user in (None, day.chair)] == [302, 403]
    assert not Paper.objects.exists()
    minutes = actions.minutes_draft(day.meeting, by=day.by)
    assert "No attendance is recorded." in words(minutes)
    assert "No interest was declared." in words(minutes)
    assert "No decision was recorded." in words(minutes)


@pytest.fixture
def minutes(recorded):
    return actions.minutes_draft(recorded.meeting, by=recorded.by)


@pytest.fixture
def later(recorded):
    return MeetingFactory(
        board=recorded.meeting.board, date=recorded.meeting.date + timedelta(days=60), status="called"
    )


def approve_url(paper):
    return reverse("board:minutes_approve", kwargs={"slug": paper.slug})


def test_minutes_are_edited_approved_at_the_next_meeting_and_then_frozen(recorded, minutes, later, browse):
    block = minutes.blocks.filter(kind="paragraph").first()
    edit = reverse("board:block_edit", kwargs={"slug": minutes.slug, "pk": block.pk})
    client = browse(recorded.by)
    form = {"text_en": "Said better.", "text_cy": "Dywedwyd yn well.", "version": block.version}
    assert client.post(edit, form).status_code == 302
    url = approve_url(minutes)
    people = recorded.people
    assert [browse(user).get(url).status_code for user in (None, people.member, people.author)] == [302, 404, 404]
    assert client.post(url, {"meeting": later.pk}).status_code == 302
    minutes.refresh_from_db()
    approval = MinutesApproval.objects.get()
    assert (minutes.status, approval.meeting, approval.edition.number) == ("published", later, 1)
    shown = browse(None).get(minutes.get_absolute_url()).content.decode()
    assert "Said better." in shown
    assert client.get(edit).status_code == 403
    assert client.post(edit, {**form, "text_en": "No."}).status_code == 403
    with pytest.raises(WrongState):
        actions.minutes_approve(minutes, later, by=recorded.by)
    # what is recorded afterwards corrects the note, never the minutes
    actions.outcome_record(recorded.oral, by=recorded.by, result="agreed", words=("More.", "Mwy."))
    assert "More." not in Edition.objects.get(paper=minutes).content


def test_another_meeting_or_person_approves_nothing(recorded, minutes, later):
    same_day = MeetingFactory(board=recorded.meeting.board, date=recorded.meeting.date, status="called")
    others = [
        same_day,
        MeetingFactory(date=later.date, status="called"),
        MeetingFactory(board=later.board, date=later.date, status="planned"),
    ]
    assert list(approving(minutes)) == [later]
    for meeting in others:
        with pytest.raises(Refused, match="Choose a later meeting"):
            actions.minutes_approve(minutes, meeting, by=recorded.by)
    with pytest.raises(NotAllowed):
        actions.minutes_approve(minutes, later, by=recorded.chair)
    minutes.blocks.filter(kind="paragraph").update(text_cy="")
    with pytest.raises(NotComplete):
        actions.minutes_approve(minutes, later, by=recorded.by)
    assert not Edition.objects.filter(paper=minutes).exists()
    assert approving(Paper(board=later.board)).count() == 0


def test_members_read_the_minutes_from_review_on_and_the_public_once_approved(recorded, minutes, browse):
    people = recorded.people
    url = minutes.get_absolute_url()

    def seen():
        return [browse(user).get(url).status_code for user in (None, people.officer, people.member)]

    assert seen() == [404, 404, 404]
    Paper.objects.filter(pk=minutes.pk).update(status="review")
    assert seen() == [404, 404, 200]


def test_a_meeting_that_was_held_stays_held_and_its_people_are_never_lost(recorded):
    gone = PersonFactory(user=UserFactory(), public_name="")
    actions.attendance_add(recorded.meeting, gone, by=recorded.by, presence="online")
    assert Meeting.objects.get(pk=recorded.meeting.pk).status == "held"
    with pytest.raises(WrongState):
        actions.meeting_move(recorded.meeting, "cancel", by=recorded.by, why="No.")
