"""A meeting from its plan to its answers: agendas, the forward programme, late papers, notices, calendars, feeds."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from board import actions
from board.actions import paper_publish
from board.agenda import clock_of
from board.chasing import chases, with_work
from board.models import AgendaItem, Lateness, Meeting, PlannedItem, PlannedMove, Response, WrittenAnswer
from board.notices import concerned
from board.planning import plan_for
from board.quorum import Outlook, forecast_of
from board.schema import schema_event
from tests.factories.board import AgendaItemFactory, MeetingFactory, PersonFactory, SeatFactory
from tests.factories.meetings import PlannedItemFactory, ResponseFactory, StandingItemFactory, SubstituteFactory
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.workflow import Refused

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=30)


def url(name, meeting=None, **parts):
    return reverse(f"board:{name}", kwargs={"slug": meeting.slug, **parts} if meeting else parts)


@pytest.fixture
def meeting(people):
    """A called meeting of a board on which `member` sits."""
    made = MeetingFactory(date=SOON, status="called", quorum=1, link="https://example.org/join")
    SeatFactory(board=made.board, person=PersonFactory(user=people.member, public_name=""))
    return made


def titles(meeting):
    return [item.title_en for item in meeting.items.order_by("position")]


# --- agendas


def test_a_new_meeting_begins_and_ends_with_the_standing_items_and_a_new_item_comes_between(people):
    board = StandingItemFactory(title_en="Welcome").board
    StandingItemFactory(board=board, title_en="Other business", at_end=True)
    made = actions.meeting_create(Meeting(board=board, date=SOON), by=people.secretary)
    actions.item_add(AgendaItem(meeting=made, title_en="New", title_cy="Newydd"), by=people.secretary)
    assert titles(made) == ["Welcome", "New", "Other business"]


def test_items_change_places_by_buttons_and_by_one_order(people, browse, meeting):
    one, two, three = (AgendaItemFactory(meeting=meeting, position=n, title_en=f"Item {n}") for n in (1, 2, 3))
    client = browse(people.secretary)
    client.post(url("item_down", meeting, pk=one.pk))
    assert titles(meeting) == ["Item 2", "Item 1", "Item 3"]
    client.post(url("item_up", meeting, pk=two.pk))
    client.post(url("agenda_order", meeting), {"item": [three.pk, "x", three.pk, 999999, one.pk]})
    assert titles(meeting) == ["Item 3", "Item 1", "Item 2"]
    client.post(url("item_remove", meeting, pk=one.pk))
    assert [(item.position, item.title_en) for item in meeting.items.all()] == [(1, "Item 3"), (2, "Item 2")]


def test_the_clock_runs_until_an_item_has_no_minutes_and_says_what_is_too_much(meeting):
    for position, minutes in enumerate((50, 80, None, 10), 1):
        AgendaItemFactory(meeting=meeting, position=position, minutes=minutes)
    clock = clock_of(meeting, meeting.items.all())
    assert [slot.begins for slot in clock.slots] == [time(10), time(10, 50), time(12, 10), None]
    assert (clock.minutes, clock.over, clock.untimed) == (140, 20, True)


def test_an_item_goes_to_another_meeting_with_its_draft_and_not_with_a_published_paper(people, meeting):
    other = MeetingFactory(board=meeting.board, date=SOON + timedelta(days=30))
    paper = people.paper(agenda_item=AgendaItemFactory(meeting=meeting, position=1))
    people.paper(agenda_item=AgendaItemFactory(meeting=other, position=1))
    actions.item_defer(paper.agenda_item, other, by=people.secretary, why="More time is needed.")
    paper.refresh_from_db()
    assert paper.meeting == other
    published = people.published(agenda_item=AgendaItemFactory(meeting=other, position=7), number=50)
    with pytest.raises(Refused, match="it stays here"):
        actions.item_defer(published.agenda_item, meeting, by=people.secretary, why="No.")
    with pytest.raises(Refused, match="A paper was begun"):
        actions.item_remove(paper.agenda_item, by=people.secretary)


def test_an_item_is_written_in_the_browser_and_a_restriction_says_why_in_both_languages(people, browse, meeting):
    client, form = browse(people.secretary), {"title_en": "Prices", "title_cy": "Prisiau", "kind": "decision"}
    form |= {
        "minutes": "20",
        "restricted": "on",
        "reason_en": "Names prices.",
        "presented_by": f"user-{people.member.pk}",
    }
    assert "Say in both languages" in client.post(url("item_new", meeting), form).content.decode()
    client.post(url("item_new", meeting), {**form, "reason_cy": "Yn enwi prisiau."})
    item = meeting.items.get()
    assert (item.minutes, item.presenter.user, item.restricted) == (20, people.member, True)


# --- the forward work programme


def test_a_planned_item_goes_on_the_agenda_moves_and_waits_again_when_the_meeting_is_cancelled(people, meeting):
    planned = actions.planned_create(
        PlannedItem(board=meeting.board, meeting=meeting, title_en="P", title_cy="C", kind="decision"),
        by=people.secretary,
    )
    actions.planned_step(planned, "place", by=people.secretary)
    assert titles(meeting) == ["P"]
    actions.meeting_cancel(meeting, by=people.secretary, reason=("Snow.", "Eira."))
    planned.refresh_from_db()
    assert (planned.status, planned.meeting, planned.item) == ("planned", None, None)
    moves = PlannedMove.objects.filter(planned=planned).values_list("source", "target")
    assert list(moves) == [(None, meeting.pk), (meeting.pk, None)]


def test_a_planned_item_does_not_go_to_another_boards_meeting_or_where_it_is(people, meeting):
    planned = PlannedItemFactory(board=meeting.board, meeting=meeting)
    for target in (meeting, MeetingFactory(date=SOON)):
        with pytest.raises(Refused):
            actions.planned_move(planned, target, by=people.secretary, why="No.")


def test_the_public_programme_shows_of_a_restricted_item_its_title_and_reason_alone(people, browse, meeting):
    planned = PlannedItemFactory(
        board=meeting.board, meeting=meeting, owner=people.author, title_en="Contract", restricted=True,
        reason_en="Prices.", reason_cy="Prisiau.", about_en="Secret terms.", about_cy="Telerau cudd.",
    )  # fmt: skip
    PlannedItemFactory(board=meeting.board, status="dropped", title_en="Gone")
    for address in (url("forward_page", meeting.board), url("planned_page", pk=planned.pk)):
        page = browse(None).get(address).content.decode()
        assert "Contract" in page
        assert "Prices." in page
        assert "Secret" not in page
        assert people.author.name not in page
        assert "Gone" not in page
    assert "Secret terms." in browse(people.secretary).get(url("planned_page", pk=planned.pk)).content.decode()


# --- dates, late papers, the chase list


def test_the_page_of_the_dates_shows_the_sum_of_20_september_2022(browse):
    meeting = MeetingFactory(date=date(2022, 9, 20), is_historic=True, status="held")
    page = browse(None).get(url("meeting_dates", meeting)).content.decode()
    assert "<strong>13 September 2022</strong>" in page
    assert page.count("Bank holiday in Wales") == 1
    assert page.count("Clear working day") == 3
    with override("cy"):
        address = url("meeting_dates", meeting)
    assert "13 Medi 2022" in browse(None).get(address).content.decode()


def test_a_late_paper_is_not_published_without_its_reason_and_is_marked_with_it(people, browse, meeting):
    paper = people.cleared(agenda_item=AgendaItemFactory(meeting=meeting, position=1))
    with time_machine.travel(SOON - timedelta(days=1), tick=False):
        with pytest.raises(actions.NotComplete) as refused:
            paper_publish(paper, by=people.secretary)
        assert "nobody has said why" in str(refused.value.gaps[-1])
        reason = {"reason_en": "A figure came late.", "reason_cy": "Daeth ffigur yn hwyr."}
        browse(people.secretary).post(url("paper_late", paper), reason)
        paper_publish(paper, by=people.secretary)
        pages = [browse(None).get(one.get_absolute_url()).content.decode() for one in (meeting, paper)]
        run_jobs()
    for page in pages:
        assert "Late" in page
        assert "A figure came late." in page
    [message] = [one for one in mail.outbox if people.member.email in one.to]
    assert message.subject.startswith("A late paper")


def test_a_reason_goes_where_the_paper_came_in_time_after_all(people, meeting):
    paper = people.cleared(agenda_item=AgendaItemFactory(meeting=meeting, position=1))
    Lateness.objects.create(paper=paper, due=SOON, reason_en="No.", reason_cy="Na.")
    paper_publish(paper, by=people.secretary)
    assert not Lateness.objects.exists()


def test_the_chase_list_says_who_does_what_next_in_a_constant_number_of_queries(
    people, meeting, django_assert_max_num_queries
):
    AgendaItemFactory(meeting=meeting, position=1, owner=people.author)
    AgendaItemFactory(meeting=meeting, position=2, oral=True)
    paper = people.paper(agenda_item=AgendaItemFactory(meeting=meeting, position=3))
    for position in range(4, 20):
        people.paper(agenda_item=AgendaItemFactory(meeting=meeting, position=position))
    with django_assert_max_num_queries(8):
        found = chases(with_work(Meeting.objects.filter(pk=meeting.pk)))
    assert [(one.step, one.owners) for one in found[:2]] == [
        ("Begin the paper", [people.author.name]),
        ("Send the draft to review", [people.author.name]),
    ]
    assert found[1].paper == paper
    assert len(found) == 18


# --- moved and cancelled


def test_a_moved_meeting_tells_members_and_owners_in_their_language(people, browse, meeting):
    people.member.language = "cy"
    people.member.save()
    AgendaItemFactory(meeting=meeting, position=1, owner=people.author)
    form = {"date": SOON + timedelta(days=1), "starts_at": "2:30pm", "ends_at": "16:00"}
    form |= {"place_en": "Cardiff", "place_cy": "Caerdydd", "reason_en": "No room.", "reason_cy": "Dim lle."}
    browse(people.secretary).post(url("meeting_reschedule", meeting), form)
    meeting.refresh_from_db()
    assert (meeting.date, meeting.starts_at) == (SOON + timedelta(days=1), time(14, 30))
    assert meeting.changes.get().was_starts_at == time(10)
    run_jobs()
    sent = {one.to[0]: one.subject + one.body for one in mail.outbox}
    assert "Dim lle." in sent[people.member.email]
    assert "No room." in sent[people.author.email]
    page = browse(None).get(meeting.get_absolute_url()).content.decode()
    assert "No room." in page


def test_a_move_to_the_same_time_and_place_is_refused(people, meeting):
    with pytest.raises(Refused, match="nothing was moved"):
        actions.meeting_reschedule(meeting, by=people.secretary, reason=("A.", "B."))


def test_the_members_are_told_once_that_the_papers_are_out(people, browse, meeting):
    people.published(agenda_item=AgendaItemFactory(meeting=meeting, position=1), title_en="First", title_cy="Cyntaf")
    client = browse(people.secretary)
    client.post(url("papers_out", meeting))
    client.post(url("papers_out", meeting))
    run_jobs()
    [message] = [one for one in mail.outbox if people.member.email in one.to]
    assert "- First" in message.body


def test_on_the_day_of_publication_the_clock_tells_the_members_in_their_language_that_the_papers_are_out(
    people, meeting
):
    publish = plan_for(meeting).publish
    people.member.language = "cy"
    people.member.save()
    assert actions.papers_out_all(today=publish) == 0  # no paper is out
    people.published(agenda_item=AgendaItemFactory(meeting=meeting, position=1), title_en="First", title_cy="Cyntaf")
    other = MeetingFactory(board=meeting.board, date=meeting.date, status="planned")
    people.published(agenda_item=AgendaItemFactory(meeting=other, position=1))
    days = (publish - timedelta(days=1), publish, publish)
    assert [actions.papers_out_all(today=day) for day in days] == [0, 1, 0]
    run_jobs()
    [message] = [one for one in mail.outbox if people.member.email in one.to]
    assert "- Cyntaf" in message.body
    meeting.refresh_from_db()
    assert meeting.papers_out_at is not None


def test_mail_names_a_restricted_paper_by_its_item_alone(people, meeting):
    item = AgendaItemFactory(
        meeting=meeting, position=1, title_en="An open title", restricted=True, reason_en="Why.", reason_cy="Pam."
    )
    people.published(agenda_item=item, title_en="Secret title", title_cy="Teitl cudd")
    actions.papers_out(meeting, by=people.secretary)
    run_jobs()
    [message] = [one for one in mail.outbox if people.member.email in one.to]
    assert "An open title" in message.body
    assert "Secret title" not in message.body + message.subject


# --- answers


def test_a_member_answers_and_the_quorum_is_forecast(people, browse, meeting):
    assert forecast_of(meeting).outlook == Outlook.OPEN
    client = browse(people.member)
    client.post(url("meeting_answer", meeting), {"answer": "apologies", "speaks": "cy", "interpretation": "on"})
    forecast = forecast_of(meeting)
    assert (forecast.outlook, forecast.asked) == (Outlook.MISSED, 1)
    client.post(url("meeting_answer", meeting), {"answer": "online"})
    assert forecast_of(meeting).outlook == Outlook.MET
    assert Response.objects.get().by == people.member
    assert "There will be a quorum" in client.get(url("answer_list", meeting)).content.decode()
    assert "There will be a quorum" in client.get(meeting.get_absolute_url()).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(status="held")
    assert "There will be a quorum" not in client.get(meeting.get_absolute_url()).content.decode()


def test_seats_without_a_vote_do_not_count_and_no_quorum_is_no_forecast(meeting):
    ResponseFactory(meeting=meeting, seat__votes=False)
    assert forecast_of(meeting).coming == 0
    meeting.quorum = None
    assert forecast_of(meeting).outlook == Outlook.UNSET


def test_a_substitute_is_one_of_that_seat_and_is_told_of_a_change(people, browse, meeting):
    seat = meeting.board.seats.get()
    mine = SubstituteFactory(seat=seat, person=PersonFactory(user=people.officer, public_name=""))
    page = browse(people.member).post(url("meeting_answer", meeting), {"answer": "substitute"}).content.decode()
    assert "Choose who comes for you." in page
    browse(people.member).post(url("meeting_answer", meeting), {"answer": "substitute", "substitute": mine.pk})
    assert Response.objects.get().substitute == mine
    assert people.officer in concerned(meeting)
    other = SubstituteFactory()
    with pytest.raises(Refused, match="named as a substitute"):
        actions.response_save(
            Response(meeting=meeting, seat=seat, answer="substitute", substitute=other), by=people.secretary
        )


def test_nobody_answers_for_another_seat_or_to_a_meeting_that_is_not_called(people, browse, meeting):
    other = SeatFactory(board=meeting.board)
    with pytest.raises(Refused, match="own seats"):
        actions.response_save(Response(meeting=meeting, seat=other, answer="online"), by=people.member)
    assert browse(people.officer).post(url("meeting_answer", meeting), {"answer": "online"}).status_code == 404
    Meeting.objects.filter(pk=meeting.pk).update(status="planned")
    with pytest.raises(Refused, match="takes no answers"):
        actions.response_save(Response(meeting=meeting, seat=other, answer="online"), by=people.secretary)


def test_members_decide_by_correspondence_until_it_closes(people, browse, meeting):
    closes = timezone.now() + timedelta(days=3)
    writing = MeetingFactory(
        board=meeting.board, kind="correspondence", closes_at=closes, date=timezone.localtime(closes).date(),
        starts_at=None, ends_at=None, status="called",
    )  # fmt: skip
    item = AgendaItemFactory(meeting=writing, position=1)
    client, said = browse(people.member), {f"answer-{item.pk}": "agree", f"comment-{item.pk}": "Gladly."}
    client.post(url("written_page", writing), said)
    client.post(url("written_page", writing), {**said, f"answer-{item.pk}": "meet"})
    assert WrittenAnswer.objects.get().answer == "meet"
    seat = meeting.board.seats.get()
    over = time_machine.travel(closes + timedelta(minutes=1))
    with over, pytest.raises(Refused, match="time for answers is over"):
        actions.written_answers(writing, seat, by=people.member, answers={item.pk: ("agree", "")})


# --- other programs


def test_the_public_calendar_has_no_link_for_joining_and_a_members_own_has_until_it_is_ended(people, browse, meeting):
    public = browse(None).get(url("board_calendar", meeting.board)).content
    assert b"example.org/join" not in public
    [entry] = Calendar.from_ical(public).walk("VEVENT")
    assert str(entry["STATUS"]) == "CONFIRMED"
    client = browse(people.member)
    client.post(url("key_renew"))
    first = url("own_calendar", key=people.member.meetings_key.key)
    own = browse(None).get(first)
    assert b"example.org/join" in own.content.replace(b"\r\n ", b"")
    assert own.headers["Cache-Control"] == "private, no-store"
    client.post(url("key_renew"))
    assert browse(None).get(first).status_code == 404
    people.member.refresh_from_db()
    second = url("own_calendar", key=people.member.meetings_key.key)
    client.post(url("key_end"))
    assert browse(None).get(second).status_code == 404


def test_the_feed_says_what_an_edition_says_and_nothing_of_a_correction_or_of_what_is_restricted(
    people, browse, meeting
):
    paper = people.published(
        agenda_item=AgendaItemFactory(meeting=meeting, position=1),
        title_en="As published",
        title_cy="Fel y'i cyhoeddwyd",
    )
    actions.paper_correct(paper, by=people.secretary, why="A figure was wrong.")
    type(paper).objects.filter(pk=paper.pk).update(title_en="Not yet out", summary_en="Nor is this")
    hidden = AgendaItemFactory(meeting=meeting, position=2, restricted=True, reason_en="Why.", reason_cy="Pam.")
    people.published(agenda_item=hidden, title_en="Secret title", title_cy="Teitl cudd")
    feed = browse(people.secretary).get(url("board_feed", meeting.board)).content.decode()
    assert "As published" in feed
    for words in ("Not yet out", "Nor is this", "Secret title"):
        assert words not in feed


def test_a_meeting_is_a_schema_event_with_its_status(people, browse, meeting):
    event = schema_event(meeting)
    assert ("eventStatus", "https://schema.org/EventScheduled") in event.links
    assert "example.org/join" not in str(event)
    actions.meeting_cancel(meeting, by=people.secretary, reason=("Snow.", "Eira."))
    meeting.refresh_from_db()
    assert ("eventStatus", "https://schema.org/EventCancelled") in schema_event(meeting).links
    page = browse(None).get(meeting.get_absolute_url()).content.decode()
    assert 'itemtype="https://schema.org/Event"' in page
    assert "Snow." in page


# --- who may


@pytest.mark.parametrize("name", ["agenda_edit", "item_new", "meeting_edit", "meeting_reschedule", "meeting_cancel"])
def test_the_secretariat_alone_plans_a_meeting(people, browse, meeting, name):
    found = {
        who: browse(getattr(people, who, None)).get(url(name, meeting)).status_code
        for who in ("anonymous", "stranger", "member", "author", "secretary")
    }
    assert found == {"anonymous": 302, "stranger": 403, "member": 403, "author": 403, "secretary": 200}


def test_who_answered_what_is_for_the_secretariat_and_the_members_of_that_board(people, browse, meeting):
    found = {
        who: browse(getattr(people, who)).get(url("answer_list", meeting)).status_code
        for who in ("stranger", "officer", "author", "member", "secretary")
    }
    assert found == {"stranger": 403, "officer": 403, "author": 403, "member": 200, "secretary": 200}
    other = MeetingFactory(date=SOON, status="called")
    assert browse(people.member).get(url("answer_list", other)).status_code == 403


def test_a_board_its_seats_substitutes_and_standing_items_are_set_up_in_the_browser(people, browse):
    client = browse(people.secretary)
    days = {"clear_days": "4", "translation_days": "5", "clearance_days": "2", "draft_days": "8", "quorum": "3"}
    client.post(url("board_new"), {"name_en": "New board", "name_cy": "Bwrdd newydd", **days})
    from board.models import Board

    board = Board.objects.get(slug_en="new-board")
    assert (board.clear_days, board.quorum) == (4, 3)
    seat = {"user": people.member.pk, "role_en": "Chair", "role_cy": "Cadeirydd", "role_kind": "chair", "votes": "on"}
    seat |= {"starts": "2026-01-01"}
    client.post(url("seat_new", board), seat)
    again = {**seat, "user": "", "public_name": "Invented"}
    assert "has a chair in that time" in client.post(url("seat_new", board), again).content.decode()
    held = board.seats.get()
    client.post(url("substitute_new", board, pk=held.pk), {"public_name": "Other", "starts": "2026-01-01"})
    assert held.substitutes.get().person.public_name == "Other"
    own = {"user": people.member.pk, "starts": "2026-01-01"}
    assert "own substitute" in client.post(url("substitute_new", board, pk=held.pk), own).content.decode()
    client.post(url("standing_list", board), {"title_en": "Welcome", "title_cy": "Croeso", "kind": "information"})
    client.post(url("standing_delete", board, pk=board.standing_items.get().pk))
    assert not board.standing_items.exists()
