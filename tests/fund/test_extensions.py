"""More time: for one bid and for everybody, to the second, in summer, in winter and when the clocks change."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.clock import Closed, closed_bid
from fund.models import Bid, Extension, Stage
from fund.panels import bids_to_finish
from tests.factories.fund import PartnerFactory, StageFactory, draft, open_round
from tests.factories.people import CouncilFactory, person
from wlga_portal.kernel.notify.mails import body_of
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import Refused

from .conftest import url
from .test_clock import DEADLINES, officer_for_years

pytestmark = pytest.mark.django_db
WALES = ZoneInfo("Europe/London")
REASON = {"reason_en": "The portal was away.", "reason_cy": "Nid oedd y porth ar gael."}


@pytest.fixture
def manager() -> Any:
    return person(Role.FUND_MANAGER)


def by_the_second(moment: datetime, seconds: int) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() + seconds, WALES)


def give(bid: Bid | None, stage: Stage, closes_at: datetime, manager: Any, **more: Any) -> Extension:
    return actions.extension_give(stage=stage, bid=bid, closes_at=closes_at, by=manager, **REASON, **more)


@pytest.mark.parametrize("until", DEADLINES.values(), ids=DEADLINES)
@pytest.mark.parametrize("whole", [False, True], ids=["one bid", "everybody"])
def test_more_time_counts_to_its_second_and_no_further(until, whole, manager):
    one_round = open_round(closes_at=until - timedelta(days=2))
    mine, other = draft(officer_for_years(), one_round), draft(officer_for_years(), one_round)
    give(None if whole else mine, one_round.stages.get(), until, manager)
    mine, other = Bid.objects.get(pk=mine.pk), Bid.objects.get(pk=other.pk)
    assert closed_bid(mine, by_the_second(until, -1)) == closed_bid(mine, until) == ""
    assert "The deadline has passed" in closed_bid(mine, by_the_second(until, 1))
    assert (closed_bid(other, until) == "") is whole
    with time_machine.travel(until, tick=False), pytest.raises(Closed):
        actions.bid_submit(bid=mine, by=mine.started_by, at=by_the_second(until, 1))
    with time_machine.travel(until, tick=False):
        assert actions.bid_submit(bid=mine, by=mine.started_by, at=until).received_at.timestamp() == until.timestamp()


def test_the_two_half_past_ones_of_october_are_two_closings(manager):
    first, second = DEADLINES["the first half past one"], DEADLINES["the second half past one"]
    one_round = open_round(closes_at=datetime.fromtimestamp(first.timestamp(), WALES))
    bid = draft(officer_for_years(), one_round)
    # an hour later on every clock in the world, the same time by the clock in Wales
    extension = give(bid, one_round.stages.get(), datetime.fromtimestamp(second.timestamp(), ZoneInfo("UTC")), manager)
    assert extension.closes_at.timestamp() - extension.was_closes_at.timestamp() == 3600


def test_it_works_on_the_page_after_the_stage_has_closed(manager, signed_in):
    closed = timezone.now() - timedelta(hours=2)
    one_round = open_round(closes_at=closed)
    bid = draft(officer_for_years(), one_round, reference="TF-007", slug_en="tf-007", slug_cy="tf-007")
    officer = bid.started_by
    assert list(bids_to_finish(officer)) == []
    until = timezone.localtime() + timedelta(days=3)
    values = {
        "stage": "statements", "reference": "tf-007", **REASON, "closes_at_day": until.day,
        "closes_at_month": until.month, "closes_at_year": until.year, "closes_at_time": "12:00",
    }  # fmt: skip
    address = url("extension_list", slug=one_round.slug)
    page = signed_in(manager).post(address, values, follow=True).content.decode()
    assert "More time is given, and all concerned are told." in page
    assert "TF-007" in page
    assert [need.text for need in bids_to_finish(officer)] == [f"Finish and submit the bid “{bid.title}”"]
    task_list = signed_in(officer).get(url("bid_page", slug="tf-007")).content.decode()
    assert "The fund manager gave this bid more time, until" in task_list
    assert "The portal was away." in task_list
    assert one_round.stages.get().closes_at == closed
    assert signed_in(officer).post(url("bid_submit", slug="tf-007")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reference": "nobody"}, "This round has no bid with this reference."),
        ({"closes_at_year": "2020"}, "The new closing time must be later than the present one."),
        ({"reason_cy": ""}, "Enter “Reason (Welsh)”."),
        ({"reference": "TF-1", "stage": "sift"}, "The bid is not at this stage."),
    ],
)
def test_what_does_not_fit_gets_a_sentence(manager, signed_in, changes, sentence):
    one_round = open_round()
    StageFactory(
        round=one_round,
        kind="sift",
        opens_at=timezone.now() + timedelta(days=30),
        closes_at=timezone.now() + timedelta(days=40),
    )
    draft(person(Role.OFFICER), one_round, reference="TF-1")
    values = {
        "stage": "statements", "reference": "", **REASON, "closes_at_day": "1", "closes_at_month": "1",
        "closes_at_year": "2099", "closes_at_time": "12:00",
    }  # fmt: skip
    page = signed_in(manager).post(url("extension_list", slug=one_round.slug), values | changes).content.decode()
    assert sentence in page
    assert not Extension.objects.exists()


def test_more_time_is_never_less(manager):
    bid = draft(person(Role.OFFICER))
    stage = bid.round.stages.get()
    give(bid, stage, stage.closes_at + timedelta(days=2), manager)
    with pytest.raises(Refused, match="must be later than the present one"):
        give(bid, stage, stage.closes_at + timedelta(days=1), manager)
    give(None, stage, stage.closes_at + timedelta(days=5), manager)
    assert Bid.objects.get(pk=bid.pk).writing_stage.closes_at == stage.closes_at + timedelta(days=5)


def test_the_stages_that_have_not_begun_move_by_as_much_where_asked_for(manager):
    closes = datetime(2026, 3, 27, 12, tzinfo=WALES)
    one_round = open_round(closes_at=closes)
    StageFactory(round=one_round, kind="interest", opens_at=closes, closes_at=closes + timedelta(days=14))
    with time_machine.travel(closes - timedelta(days=1), tick=False):
        give(None, one_round.stage("statements"), datetime(2026, 3, 31, 12, tzinfo=WALES), manager, move_later=True)
    interest = Stage.objects.get(kind="interest")
    # the clocks went forward between: noon stays noon
    assert timezone.localtime(interest.opens_at).isoformat() == "2026-03-31T12:00:00+01:00"
    assert timezone.localtime(interest.closes_at).isoformat() == "2026-04-14T13:00:00+01:00" or (
        timezone.localtime(interest.closes_at).hour == 12
    )


def test_all_concerned_are_told_in_their_language(manager, signed_in):
    bid = draft(person(Role.OFFICER))
    agreed, asked = CouncilFactory(), CouncilFactory()
    partner = person(Role.DIGITAL_LEAD, organisation=agreed, language="cy")
    decided = {"decided_by": partner, "decided_at": timezone.now()}
    PartnerFactory(bid=bid, organisation=agreed, status="agreed", **decided)
    PartnerFactory(bid=bid, organisation=asked)
    stranger = person(Role.OFFICER, organisation=asked)
    invented = person(Role.OFFICER, demo_slug="somebody")
    stage = bid.round.stages.get()
    give(bid, stage, stage.closes_at + timedelta(days=2), manager)
    assert set(Notification.objects.values_list("user", flat=True)) == {bid.started_by.pk, partner.pk}
    give(None, stage, stage.closes_at + timedelta(days=3), manager)
    told = Notification.objects.filter(kind="fund.round_extended")
    assert set(told.values_list("user", flat=True)) == {bid.started_by.pk, partner.pk, stranger.pk}
    assert invented.pk not in told.values_list("user", flat=True)
    first = told.first()
    assert first.urgent
    assert "The portal was away." in body_of(first, "en")
    assert "Nid oedd y porth ar gael." in body_of(first, "cy")
    for language, slug, text in (
        ("en", bid.round.slug_en, "everybody has more time, until"),
        ("cy", bid.round.slug_cy, "mae gan bawb fwy o amser, tan"),
    ):
        assert text in signed_in(None).get(url("round_page", language, slug=slug)).content.decode()


def test_only_the_manager_of_the_round_gives_more_time(signed_in, manager):
    one_round = open_round()
    address = url("extension_list", slug=one_round.slug)
    for who in (person(Role.OFFICER), person(Role.TEAM), person(Role.FUND_MANAGER, demo_slug="x")):
        assert signed_in(who).get(address).status_code == 404
        assert signed_in(who).post(address, {}).status_code == 404
    assert signed_in(None).get(address).status_code == 302
    assert signed_in(manager).get(address).status_code == 200
