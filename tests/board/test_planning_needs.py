"""What of planning waits for whom: answers, papers to begin and to send, overdue steps, meetings to call."""

from datetime import timedelta

import pytest
from django.utils import timezone

from board import panels_planning as needs
from board.models import AgendaItem, Meeting
from board.planning import plan_for
from tests.factories.board import AgendaItemFactory, MeetingFactory, PersonFactory, SeatFactory
from tests.factories.meetings import ResponseFactory, StandingItemFactory, WrittenAnswerFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def meeting(people):
    made = MeetingFactory(date=TODAY + timedelta(days=60), status="called")
    SeatFactory(board=made.board, person=PersonFactory(user=people.member, public_name=""), votes=True)
    return made


def asked(finder, user):
    return [(one.text, one.due) for one in finder(user)]


def test_a_member_is_asked_for_an_answer_until_it_is_given(people, meeting):
    MeetingFactory(board=meeting.board, date=meeting.date)  # planned, not called
    MeetingFactory(date=meeting.date, status="called")  # of another board
    [need] = needs.meetings_to_answer(people.member)
    assert need.due == meeting.date
    assert need.url.endswith("/answer/")
    assert asked(needs.meetings_to_answer, people.officer) == []
    ResponseFactory(meeting=meeting, seat=meeting.board.seats.get())
    assert asked(needs.meetings_to_answer, people.member) == []


def test_a_member_with_a_vote_is_asked_for_an_answer_in_writing(people, meeting):
    closes = timezone.now() + timedelta(days=2)
    by_letter = {"kind": "correspondence", "starts_at": None, "ends_at": None, "closes_at": closes}
    Meeting.objects.filter(pk=meeting.pk).update(**by_letter)
    [need] = needs.meetings_to_answer(people.member)
    assert need.url.endswith("/in-writing/")
    seat = meeting.board.seats.get()
    seat.votes = False
    seat.save()
    assert asked(needs.meetings_to_answer, people.member) == []
    seat.votes = True
    seat.save()
    WrittenAnswerFactory(item=AgendaItemFactory(meeting=meeting), seat=seat)
    assert asked(needs.meetings_to_answer, people.member) == []


def test_the_owner_of_an_item_is_told_when_to_begin_its_paper_and_the_author_when_to_send_it(people, meeting):
    item = AgendaItemFactory(meeting=meeting, position=1, owner=people.author)
    for position, other in enumerate(({"oral": True}, {"standing": StandingItemFactory(board=meeting.board)}), 2):
        AgendaItemFactory(meeting=meeting, position=position, owner=people.author, **other)
    plan = plan_for(meeting)
    [need] = needs.papers_to_begin(people.author)
    assert (need.due, need.url) == (plan.begin, f"{meeting.get_absolute_url()}#item-1")
    assert asked(needs.drafts_to_send, people.author) == []
    people.paper(agenda_item=item, title_en="Bins")
    assert asked(needs.papers_to_begin, people.author) == []
    assert asked(needs.drafts_to_send, people.author) == [("Send the draft “Bins” to review", plan.submit)]
    assert asked(needs.drafts_to_send, people.officer) == []
    assert asked(needs.papers_to_begin, people.stranger) == []


def test_the_secretariat_is_told_of_overdue_steps_and_of_meetings_to_call_in_one_line_each(people, meeting):
    secretary = people.secretary
    AgendaItemFactory(meeting=meeting, position=1)
    assert asked(needs.overdue_steps, secretary) == []
    soon = MeetingFactory(board=meeting.board, date=TODAY + timedelta(days=9))
    AgendaItemFactory(meeting=soon, position=1)
    AgendaItemFactory(meeting=soon, position=2)
    assert asked(needs.overdue_steps, secretary) == [("Chase 2 steps that are overdue", plan_for(soon).begin)]
    assert [due for _text, due in asked(needs.meetings_to_call, secretary)] == [plan_for(soon).clear]
    for finder in (needs.overdue_steps, needs.meetings_to_call):
        assert asked(finder, people.author) == []
    AgendaItem.objects.filter(meeting=soon, position=2).delete()
    assert asked(needs.overdue_steps, secretary)[0][0] == "Chase 1 step that is overdue"
