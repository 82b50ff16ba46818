"""Clarification after the submission: it stands beside what was sent, for good."""

import pytest

from accounts.roles import Role
from fund import actions as bid_actions
from fund.actions import addenda as actions
from fund.models import Addendum, Bid
from tests.factories.fund import draft
from tests.factories.people import person
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import NotAllowed, Refused

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def bid() -> Bid:
    return draft(person(Role.OFFICER))


def test_a_clarification_stands_beside_the_submission_which_stays_as_it_was(signed_in, bid):
    manager = person(Role.FUND_MANAGER)
    sent = bid_actions.bid_submit(bid=bid, by=bid.started_by)
    client, address = signed_in(bid.started_by), url("addendum_send", slug=bid.slug)
    assert address in client.get(bid.get_absolute_url()).content.decode()
    done = client.post(address, {"about": "Which councils", "content": "All 22 of them."})
    assert done.headers["Location"] == sent.get_absolute_url()
    addendum = Addendum.objects.get()
    assert (addendum.number, addendum.submission, addendum.by) == (1, sent, bid.started_by)
    assert Notification.objects.get(kind="fund.addendum").user == manager
    page = signed_in(manager).get(sent.get_absolute_url()).content.decode()
    assert "All 22 of them." in page
    assert addendum.sha256 in page
    sent.refresh_from_db()
    assert sent.is_whole
    client.post(address, {"about": "More", "content": "Also bodies."})
    assert [one.number for one in bid.addenda.all()] == [1, 2]


def test_a_draft_has_no_clarification_and_nobody_else_sends_one(signed_in, bid):
    address, given = url("addendum_send", slug=bid.slug), {"about": "a", "content": "b"}
    page = signed_in(bid.started_by).post(address, given).content.decode()
    assert "belongs to a submitted bid" in page
    bid_actions.bid_submit(bid=bid, by=bid.started_by)
    with pytest.raises(NotAllowed):
        actions.addendum_send(bid=bid, by=person(Role.OFFICER), **given)
    assert signed_in(person(Role.OFFICER)).post(address, given).status_code == 404
    assert not Addendum.objects.exists()
    bid_actions.bid_withdraw(bid=bid, by=bid.started_by)
    with pytest.raises(Refused, match="belongs to a submitted bid"):
        actions.addendum_send(bid=bid, by=bid.started_by, **given)


def test_a_clarification_has_a_limit_of_words(signed_in, bid):
    bid_actions.bid_submit(bid=bid, by=bid.started_by)
    given = {"about": "a", "content": "word " * 501}
    page = signed_in(bid.started_by).post(url("addendum_send", slug=bid.slug), given).content.decode()
    assert "Use 500 words or fewer. There are 501." in page
