"""Every other deadline of the fund, to the second: by the clock in Wales, and on the days when the clocks change."""

from datetime import UTC, datetime, timedelta

import pytest

from fund.actions.merging import locked, merges_expire
from fund.clock import Closed, closed_commitment, closed_round
from fund.models import CommentLink, Signatory
from fund.views.interest import closed_interest
from tests.factories.bidding import CommentLinkFactory, SignatoryFactory
from tests.factories.fund import BidFactory, StageFactory, open_round
from tests.factories.likeness import MergeFactory

from .test_clock import DEADLINES

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
UNTIL, BEFORE, FROM = (True, True, False), (True, False, False), (False, True, True)


def around(moment: datetime) -> list[datetime]:
    """A second before, the moment, a second after."""
    exact = moment.astimezone(UTC)
    return [exact - SECOND, exact, exact + SECOND]


@pytest.fixture(params=DEADLINES.values(), ids=DEADLINES)
def moment(request):
    return request.param


def test_interest_is_said_from_its_first_second_to_its_last(moment):
    one_round = open_round(closes_at=moment.astimezone(UTC) - timedelta(days=20))
    stage = StageFactory(
        round=one_round, kind="interest", opens_at=moment.astimezone(UTC) - timedelta(days=9), closes_at=moment
    )
    assert tuple(closed_interest(one_round, at) == "" for at in around(moment)) == UNTIL
    stage.opens_at, stage.closes_at = moment, moment.astimezone(UTC) + timedelta(days=9)
    stage.save()
    one_round = type(one_round).objects.get(pk=one_round.pk)
    assert tuple(closed_interest(one_round, at) == "" for at in around(moment)) == FROM


def test_bids_are_started_from_the_first_second_of_a_stage_to_its_last(moment):
    one_round = open_round(closes_at=moment)
    assert tuple(closed_round(one_round, at) == "" for at in around(moment)) == UNTIL
    later = open_round(closes_at=moment.astimezone(UTC) + timedelta(days=9))
    later.stages.update(opens_at=moment)
    assert tuple(closed_round(later, at) == "" for at in around(moment)) == FROM


def test_money_is_committed_to_the_last_second_of_a_date_of_its_own(moment):
    closed = moment.astimezone(UTC) - timedelta(days=5)
    one_round = open_round(closes_at=closed - timedelta(days=40), commitments_due_at=moment)
    StageFactory(round=one_round, kind="proposals", opens_at=closed - timedelta(days=20), closes_at=closed)
    bid = BidFactory(round=one_round, stage="proposals")
    assert tuple(closed_commitment(bid, at) == "" for at in around(moment)) == UNTIL


def test_a_merge_is_accepted_until_its_last_second_and_runs_out_in_the_next(moment):
    merge = MergeFactory(expires_at=moment)
    before, exact, after = around(moment)
    assert [locked(merge, at).pk for at in (before, exact)] == [merge.pk] * 2
    with pytest.raises(Closed, match="ran out"):
        locked(merge, after)
    assert [merges_expire(at) for at in (before, exact, after)] == [0, 0, 1]


def test_the_links_of_a_colleague_and_of_a_signatory_end_at_their_second(moment):
    CommentLinkFactory(expires_at=moment)
    SignatoryFactory(expires_at=moment)
    for links in (CommentLink.objects, Signatory.objects):
        assert tuple(links.holding(at).exists() for at in around(moment)) == BEFORE
