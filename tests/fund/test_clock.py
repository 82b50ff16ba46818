"""The deadline, to the second: by the clock in Wales, in summer, in winter and on the days when the clocks change."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import RequestFactory

from accounts.models import User
from accounts.roles import Role
from fund import actions
from fund.clock import Closed, closed_round, locked_bid, received_at
from fund.forms import StartForm
from fund.models import Answer, Bid, Round, Submission
from tests.factories.fund import RoundFactory, StageFactory, draft, open_round
from tests.factories.people import person

from .conftest import url

pytestmark = pytest.mark.django_db
WALES = ZoneInfo("Europe/London")
SECOND = timedelta(seconds=1)
DEADLINES = {
    "winter": datetime(2026, 12, 14, 12, 0, tzinfo=WALES),
    "summer": datetime(2026, 7, 1, 12, 0, tzinfo=WALES),
    "the day the clocks go forward": datetime(2026, 3, 29, 12, 0, tzinfo=WALES),
    "the hour the clocks go forward": datetime(2026, 3, 29, 2, 0, tzinfo=WALES),
    "the day the clocks go back": datetime(2026, 10, 25, 12, 0, tzinfo=WALES),
    "the first half past one": datetime(2026, 10, 25, 1, 30, fold=0, tzinfo=WALES),
    "the second half past one": datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=WALES),
    "midnight": datetime(2026, 6, 30, 0, 0, tzinfo=WALES),
}


def officer_for_years() -> User:
    officer = person(Role.OFFICER)
    officer.memberships.update(starts=date(2020, 1, 1))
    return officer


@pytest.mark.parametrize("deadline", DEADLINES.values(), ids=DEADLINES)
@pytest.mark.parametrize(("off", "in_time"), [(-SECOND, True), (0 * SECOND, True), (SECOND, False)], ids=str)
def test_a_bid_is_in_time_until_the_deadline_and_not_a_second_later(signed_in, deadline, off, in_time):
    bid = draft(officer_for_years(), open_round(closes_at=deadline))
    moment = datetime.fromtimestamp(deadline.timestamp() + off.total_seconds(), WALES)
    with time_machine.travel(moment, tick=False):
        response = signed_in(bid.started_by).post(url("bid_submit", slug=bid.slug))
    if in_time:
        assert response.status_code == 302
        assert Submission.objects.get().received_at.timestamp() == moment.timestamp()
    else:
        assert response.status_code == 422
        assert "The deadline has passed: it was" in response.content.decode()
        assert not Submission.objects.exists()
        assert Bid.objects.get().status == "draft"


def test_the_two_half_past_ones_of_october_are_an_hour_apart():
    first, second = DEADLINES["the first half past one"], DEADLINES["the second half past one"]
    assert second.timestamp() - first.timestamp() == 3600
    with time_machine.travel(first, tick=False):
        bid = draft(officer_for_years(), open_round(closes_at=first))
        assert locked_bid(bid, first) == ""
    assert locked_bid(bid, second) != ""


def test_the_sentence_says_the_deadline_and_the_arrival_to_the_second():
    bid = draft(officer_for_years(), open_round(closes_at=DEADLINES["summer"]))
    with pytest.raises(Closed) as caught:
        actions.bid_submit(bid=bid, by=bid.started_by, at=DEADLINES["summer"] + SECOND)
    assert str(caught.value) == (
        "The deadline has passed: it was 1 July 2026, 12:00:00, and this reached the portal at 1 July 2026, 12:00:01."
    )


def test_in_time_is_what_reached_the_portal_in_time_however_long_it_then_waited():
    deadline = DEADLINES["winter"]
    bid = draft(officer_for_years(), open_round(closes_at=deadline))
    with time_machine.travel(deadline + timedelta(minutes=5), tick=False):
        sent = actions.bid_submit(bid=bid, by=bid.started_by, at=deadline - SECOND)
    assert sent.received_at == deadline - SECOND


def test_the_moment_of_a_request_is_the_one_that_the_first_middleware_took():
    request = RequestFactory().get("/")
    moment = DEADLINES["winter"]
    with time_machine.travel(moment + SECOND, tick=False):
        assert received_at(request) == moment + SECOND
        request.received_at = moment
        assert received_at(request) == moment


@pytest.mark.parametrize(("off", "opened"), [(-SECOND, False), (0 * SECOND, True)], ids=str)
def test_a_round_opens_at_its_second(off, opened):
    opens = DEADLINES["the second half past one"]
    one_round = RoundFactory()
    StageFactory(round=one_round, opens_at=opens, closes_at=opens + timedelta(days=20))
    moment = datetime.fromtimestamp(opens.timestamp() + off.total_seconds(), WALES)
    assert (closed_round(one_round, moment) == "") is opened
    assert Round.objects.open_at(moment).exists() is opened


def test_a_bid_cannot_be_started_before_the_round_opens_or_after_it_closes(signed_in):
    deadline = DEADLINES["winter"]
    one_round = open_round(closes_at=deadline)
    officer, address = officer_for_years(), url("bid_start", slug=one_round.slug_en)
    values = {
        "lead": officer.memberships.get().organisation_id,
        "title": "Letters",
        "topic": one_round.topics.get().pk,
        "language": "en",
    }
    with time_machine.travel(deadline - timedelta(days=31), tick=False):
        assert "The round opens on 14 November 2026, 12:00." in signed_in(officer).get(address).content.decode()
    with time_machine.travel(deadline + SECOND, tick=False):
        page = signed_in(officer).post(address, values).content.decode()
    assert "The round is not open for bids." in page
    assert not Bid.objects.exists()
    assert StartForm(values, one_round=one_round, user=officer).is_valid()


def test_after_the_deadline_nothing_is_written_and_what_was_typed_is_kept(signed_in):
    deadline = DEADLINES["winter"]
    bid = draft(officer_for_years(), open_round(closes_at=deadline))
    address = url("answer_edit", slug=bid.slug, key="q1")
    with time_machine.travel(deadline + SECOND, tick=False):
        client = signed_in(bid.started_by)
        page = client.post(address, {"version": "1", "text": "too late"}).content.decode()
        assert "The deadline has passed" in page
        assert "too late" in page
        assert "Save and continue" not in client.get(address).content.decode()
    assert not Answer.objects.filter(text="too late").exists()


def test_a_round_that_is_all_over_says_that_it_is_not_open():
    one_round = RoundFactory()
    assert closed_round(one_round, DEADLINES["winter"]) == "The round is not open for bids."


def test_a_bid_whose_stage_has_not_opened_or_is_not_planned_is_locked():
    deadline = DEADLINES["winter"]
    bid = draft(officer_for_years(), open_round(closes_at=deadline))
    assert locked_bid(bid, deadline - timedelta(days=40)) == "The round opens on 14 November 2026, 12:00."
    bid.round.stages.all().delete()
    assert locked_bid(Bid.objects.get(), deadline) == "The round is not open for bids."
