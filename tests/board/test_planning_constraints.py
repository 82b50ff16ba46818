"""Each constraint of planning a meeting bites, by name."""

from datetime import date, time

import pytest
from django.utils import timezone

from tests.board.test_constraints import refused
from tests.factories import board as make
from tests.factories import meetings as plan

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BROKEN = [
    ("board_quorum_not_zero", make.BoardFactory, {"quorum": 0}),
    ("board_days_within_a_quarter", make.BoardFactory, {"clear_days": 61}),
    ("meeting_kind_known", make.MeetingFactory, {"kind": "party"}),
    ("meeting_by_correspondence_closes", make.MeetingFactory, {"kind": "correspondence", "starts_at": None}),
    ("meeting_by_correspondence_closes", make.MeetingFactory, {"closes_at": NOW}),
    ("meeting_by_correspondence_closes", make.MeetingFactory, {"kind": "correspondence", "closes_at": NOW}),
    ("meeting_interpretation_known", make.MeetingFactory, {"interpretation": "fr"}),
    ("standing_titled_in_both", plan.StandingItemFactory, {"title_cy": ""}),
    ("standing_kind_known", plan.StandingItemFactory, {"kind": "song"}),
    ("standing_minutes_not_zero", plan.StandingItemFactory, {"minutes": 0}),
    ("substitute_dates_in_order", plan.SubstituteFactory, {"ends": date(2021, 12, 31)}),
    ("response_answer_known", plan.ResponseFactory, {"answer": "perhaps"}),
    ("response_language_known", plan.ResponseFactory, {"speaks": "fr"}),
    ("response_names_its_substitute", plan.ResponseFactory, {"answer": "substitute"}),
    ("written_answer_known", plan.WrittenAnswerFactory, {"answer": "perhaps"}),
    ("planned_status_known", plan.PlannedItemFactory, {"status": "lost"}),
    ("planned_kind_known", plan.PlannedItemFactory, {"kind": "song"}),
    ("planned_titled_in_both", plan.PlannedItemFactory, {"title_en": ""}),
    ("planned_restricted_says_why", plan.PlannedItemFactory, {"restricted": True, "reason_en": "English alone"}),
    ("planned_placed_has_an_item", plan.PlannedItemFactory, {"status": "placed"}),
    ("planned_move_goes_elsewhere", plan.PlannedMoveFactory, {"target": None}),
    ("meetingchange_kind_known", plan.MeetingChangeFactory, {"kind": "lost"}),
    ("meetingchange_says_why_in_both", plan.MeetingChangeFactory, {"reason_cy": ""}),
    ("lateness_says_why_in_both", plan.LatenessFactory, {"reason_en": ""}),
]


@pytest.mark.parametrize(
    ("name", "factory", "fields"), BROKEN, ids=[f"{name}-{n}" for n, (name, _f, _v) in enumerate(BROKEN)]
)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name, factory, fields):
    refused(name, lambda: factory(**fields))


def test_a_substitute_is_named_where_one_comes_and_nowhere_else():
    substitute = plan.SubstituteFactory()
    response = plan.ResponseFactory(seat=substitute.seat, answer="substitute", substitute=substitute)
    assert response.pk
    refused("response_names_its_substitute", lambda: plan.ResponseFactory(seat=substitute.seat, substitute=substitute))


def test_a_seat_answers_once_to_a_meeting_and_once_to_an_item():
    response, written = plan.ResponseFactory(), plan.WrittenAnswerFactory()
    refused("response_once", lambda: plan.ResponseFactory(meeting=response.meeting, seat=response.seat))
    refused("written_answer_once", lambda: plan.WrittenAnswerFactory(item=written.item, seat=written.seat))


def test_a_person_is_a_substitute_for_a_seat_once_at_once():
    first = plan.SubstituteFactory(ends=date(2022, 6, 30))
    plan.SubstituteFactory(seat=first.seat, person=first.person, starts=date(2022, 7, 1))
    refused("substitute_once_at_once", lambda: plan.SubstituteFactory(seat=first.seat, person=first.person))


def test_an_item_does_not_move_to_where_it_is():
    meeting = make.MeetingFactory()
    refused("planned_move_goes_elsewhere", lambda: plan.PlannedMoveFactory(source=meeting, target=meeting))


def test_no_two_people_have_the_same_calendar():
    one = plan.MeetingsKeyFactory()
    refused("meetings_key_unique", lambda: plan.MeetingsKeyFactory(key=one.key))


def test_a_decision_by_correspondence_is_called_without_time_and_place():
    meeting = make.MeetingFactory(
        kind="correspondence", closes_at=NOW, starts_at=None, ends_at=None, place_en="", place_cy="", status="called"
    )
    assert meeting.is_ready
    assert make.MeetingFactory(starts_at=time(9), ends_at=None).is_ready
