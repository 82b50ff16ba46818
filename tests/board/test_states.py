"""Every status x every event, for papers and meetings; every event has a rule, a person and an address."""

from datetime import date

import pytest
from django.urls import resolve, reverse

from board.actions import meeting_move, paper_step
from board.models import Meeting, Paper
from board.states import MEETING, PAPER, MeetingStatus, PaperStatus
from tests.factories.board import MeetingFactory, PaperFactory
from tests.factories.board_day import MinutesFactory
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused, WrongState, advance

pytestmark = pytest.mark.django_db
BY_THE_PORTAL = {"record"}
PAPER_PAIRS = [(status, event) for status in PaperStatus for event in PAPER.transitions]
MEETING_PAIRS = [(status, event) for status in MeetingStatus for event in MEETING.transitions]


def allowed(people, thing, event):
    """Somebody who may cause the event, or None for the portal."""
    everybody = (people.author, people.clearer, people.secretary, people.translator, None)
    return next(user for user in everybody if thing.workflow.rules[event](user, thing))


@pytest.mark.parametrize(("status", "event"), PAPER_PAIRS)
def test_a_paper_moves_where_the_table_says_and_nowhere_else(people, status, event):
    paper = MinutesFactory() if event == "approve" else people.published() if event == "abandon" else people.paper()
    Paper.objects.filter(pk=paper.pk).update(status=status, is_historic=event == "record")
    paper.refresh_from_db()
    step = PAPER.transitions[event]
    by = allowed(people, paper, event)
    if status in step.sources:
        assert advance(paper, event, by=by, why="because").status == step.target
        assert StatusChange.of(paper).last().event == event
    else:
        before = StatusChange.of(paper).count()
        with pytest.raises(WrongState):
            advance(paper, event, by=by, why="because")
        paper.refresh_from_db()
        assert paper.status == status
        assert StatusChange.of(paper).count() == before


@pytest.mark.parametrize(("status", "event"), MEETING_PAIRS)
def test_a_meeting_moves_where_the_table_says_and_nowhere_else(people, status, event):
    meeting = MeetingFactory(status=status, is_historic=event == "record")
    step = MEETING.transitions[event]
    by = None if event in BY_THE_PORTAL else people.secretary
    if status in step.sources:
        assert advance(meeting, event, by=by, why="because").status == step.target
    else:
        with pytest.raises(WrongState):
            advance(meeting, event, by=by, why="because")


@pytest.mark.parametrize("workflow", [PAPER, MEETING])
def test_every_event_has_a_rule_and_an_address(workflow):
    assert workflow.rules.keys() == workflow.transitions.keys()
    for event in workflow.transitions.keys() - BY_THE_PORTAL:
        url = reverse(f"board:{workflow.name}_step", kwargs={"slug": "x", "event": event})
        assert resolve(url).kwargs["event"] == event


MAY = {
    "submit": {"author", "secretary"},
    "clear": {"clearer"},
    "send_back": {"clearer"},
    "translate": {"secretary"},
    "translated": {"secretary", "translator"},
    "reopen": {"secretary"},
    "publish": {"secretary"},
    "correct": {"secretary"},
    "abandon": {"secretary"},
    "supersede": {"secretary"},
    "approve": {"secretary"},
    "record": set(),
}
NAMES = ("secretary", "author", "clearer", "translator", "member", "officer", "stranger")


@pytest.mark.parametrize("event", PAPER.transitions)
def test_who_may_move_a_paper(people, event):
    paper = MinutesFactory() if event == "approve" else people.published()
    rule = PAPER.rules[event]
    assert {name for name in NAMES if rule(getattr(people, name), paper)} == MAY[event]
    assert not rule(None, paper)


def test_another_author_may_not_send_a_paper_that_they_did_not_write(people):
    from accounts.roles import Role
    from tests.factories.people import person

    other = person(Role.AUTHOR, organisation=people.home)
    with pytest.raises(NotAllowed):
        paper_step(people.paper(), "submit", by=other)


def test_nobody_clears_their_own_paper(people):
    from accounts.roles import Role
    from tests.factories.people import MembershipFactory

    MembershipFactory(user=people.author, organisation=people.home, role=Role.CLEARER)
    paper = people.paper()
    paper_step(paper, "submit", by=people.author)
    with pytest.raises(NotAllowed):
        paper_step(paper, "clear", by=people.author)


@pytest.mark.parametrize("event", ["send_back", "reopen", "correct", "supersede"])
def test_a_step_that_needs_a_reason_is_refused_without_one(people, event):
    paper = people.published() if event in {"correct", "supersede"} else people.paper()
    if event in {"send_back", "reopen"}:
        paper_step(paper, "submit", by=people.author)
    with pytest.raises(ReasonMissing):
        paper_step(paper, event, by=allowed(people, paper, event), why="  ")


def test_the_one_who_clears_is_named_and_a_later_clearance_takes_the_place_of_the_first(people):
    from accounts.roles import Role
    from tests.factories.people import person

    paper = people.cleared()
    other = person(Role.CLEARER, organisation=people.home)
    paper_step(paper, "reopen", by=people.secretary, why="a figure was wrong")
    paper_step(paper, "submit", by=people.author)
    paper_step(paper, "clear", by=other)
    assert [credit.user for credit in paper.credits.filter(part="clearer")] == [other]


def test_a_meeting_without_time_or_place_is_not_called(people):
    meeting = MeetingFactory(starts_at=None, ends_at=None, place_en="", place_cy="")
    with pytest.raises(Refused, match="once its time and its place"):
        meeting_move(meeting, "call", by=people.secretary)
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.PLANNED


def test_a_meeting_with_a_link_instead_of_a_place_is_called(people):
    meeting = MeetingFactory(place_en="", place_cy="", link="https://example.org/join")
    assert meeting_move(meeting, "call", by=people.secretary).status == MeetingStatus.CALLED


@pytest.mark.parametrize("name", ["author", "clearer", "translator", "member", "officer", "stranger"])
def test_only_the_secretariat_calls_a_meeting(people, name):
    with pytest.raises(NotAllowed):
        meeting_move(MeetingFactory(), "call", by=getattr(people, name))


def test_coming_and_past_meetings():
    later = MeetingFactory(date=date(2031, 1, 1))
    sooner = MeetingFactory(date=date(2030, 1, 1))
    MeetingFactory(date=date(2030, 6, 1), status="cancelled")
    held = MeetingFactory(date=date(2020, 1, 1), status="held")
    assert list(Meeting.objects.coming()) == [sooner, later]
    assert list(Meeting.objects.past()) == [held]


def test_a_paper_without_its_own_events_offers_none_to_a_stranger(people):
    assert PaperFactory().events_for(people.stranger) == []
