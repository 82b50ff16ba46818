"""Every status x event of bids and of consents, and who may cause each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.clock import locked_bid
from fund.models import Bid, Partner
from fund.states import BID, CONSENT, BidStatus, Consent
from tests.factories.fund import BidFactory, HistoricBidFactory, PartnerFactory, draft, open_round
from tests.factories.people import person
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState, advance

from .test_constraints import submission

pytestmark = pytest.mark.django_db

# event -> the statuses from which it works, and where it leads
BID_MOVES = {
    "submit": ({"draft", "withdrawn", "invited"}, "submitted"),
    "withdraw": ({"submitted"}, "withdrawn"),
    "merge": ({"draft", "withdrawn", "submitted"}, "merged"),
    "send_merged": ({"draft"}, "submitted"),
    "invite": ({"submitted"}, "invited"),
    "refuse": ({"submitted"}, "unsuccessful"),
    "award": ({"submitted"}, "awarded"),
    "reopen": ({"unsuccessful"}, "submitted"),
}
DECIDING = {"invite", "refuse", "award", "reopen"}
MERGING = {"merge", "send_merged"}  # by a merge that every authority accepted: test_merging.py
CONSENT_MOVES = {
    "agree": ({"invited", "void", "declined"}, "agreed"),
    "decline": ({"invited", "void", "agreed"}, "declined"),
    "sign": ({"invited", "void", "declined"}, "agreed"),
    "refuse_by_link": ({"invited", "void", "agreed"}, "declined"),
    "void": ({"agreed"}, "void"),
    "ask_again": ({"declined"}, "invited"),
}
BY_LINK = {"sign", "refuse_by_link"}  # the portal itself, after it looked at the token
# where each event is caused on a page
ADDRESSES = {
    "submit": ("fund:bid_submit", {"slug": "x"}),
    "withdraw": ("fund:bid_withdraw", {"slug": "x"}),
    "agree": ("fund:partner_consent", {"slug": "x", "pk": 1}),
    "decline": ("fund:partner_consent", {"slug": "x", "pk": 1}),
    "sign": ("fund:sign_page", {"token": "x"}),
    "refuse_by_link": ("fund:sign_page", {"token": "x"}),
    "void": ("fund:partner_edit", {"slug": "x", "pk": 1}),
    "ask_again": ("fund:partner_edit", {"slug": "x", "pk": 1}),
}


def test_every_event_has_a_rule_an_address_and_a_row_in_this_test():
    assert set(BID.rules) == set(BID.transitions) == set(BID_MOVES)
    assert set(CONSENT.rules) == set(CONSENT.transitions) == set(CONSENT_MOVES)
    assert set(ADDRESSES) == (set(BID_MOVES) - DECIDING - MERGING) | set(CONSENT_MOVES)
    for name, parts in ADDRESSES.values():
        assert reverse(name, kwargs=parts)


def bid_in(status: str) -> Bid:
    if status == BidStatus.PROGRESSED:
        return HistoricBidFactory()
    sent = submission()
    into = BidFactory(round=sent.bid.round, topic=sent.bid.topic) if status == BidStatus.MERGED else None
    Bid.objects.filter(pk=sent.bid_id).update(status=status, latest=sent, merged_into=into)
    return Bid.objects.get(pk=sent.bid_id)


@pytest.mark.parametrize("status", BidStatus.values)
@pytest.mark.parametrize("event", sorted(set(BID_MOVES) - MERGING))
def test_a_bid_moves_only_along_the_table(status, event):
    bid = bid_in(status)
    sources, target = BID_MOVES[event]
    if bid.is_historic:
        with pytest.raises(NotAllowed):
            advance(bid, event, by=person(Role.OFFICER))
        return
    by = person(Role.FUND_MANAGER) if event in DECIDING else bid.started_by
    if status in sources:
        assert advance(bid, event, by=by, why="Because").status == target
        change = StatusChange.of(bid).get()
        assert (change.event, change.source, change.target, change.by) == (event, status, target, by)
    else:
        with pytest.raises(WrongState):
            advance(bid, event, by=by, why="Because")
        assert not StatusChange.of(bid).exists()


def partner_in(status: str) -> tuple[Partner, object, object]:
    partner = PartnerFactory(bid=draft(person(Role.OFFICER)))
    lead_there = person(Role.DIGITAL_LEAD, organisation=partner.organisation)
    decided = {"decided_at": timezone.now(), "decided_by": lead_there}
    Partner.objects.filter(pk=partner.pk).update(status=status, **decided)
    return Partner.objects.get(pk=partner.pk), lead_there, partner.bid.started_by


@pytest.mark.parametrize("status", [status for status in Consent.values if status != "unknown"])
@pytest.mark.parametrize("event", CONSENT_MOVES)
def test_a_consent_moves_only_along_the_table(status, event):
    partner, lead_there, officer = partner_in(status)
    by, stranger = (lead_there, officer) if event in {"agree", "decline"} else (officer, lead_there)
    by = None if event in BY_LINK else by
    sources, target = CONSENT_MOVES[event]
    with pytest.raises(NotAllowed):
        advance(partner, event, by=stranger)
    if status in sources:
        assert advance(partner, event, by=by).status == target
    else:
        with pytest.raises(WrongState):
            advance(partner, event, by=by)


@pytest.mark.parametrize("event", CONSENT_MOVES)
def test_a_consent_that_is_not_known_never_moves(event):
    partner = PartnerFactory(bid=HistoricBidFactory(), status="unknown")
    leads = person(Role.DIGITAL_LEAD, Role.OFFICER, organisation=partner.organisation)
    with pytest.raises((NotAllowed, WrongState)):
        advance(partner, event, by=leads)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER}], ids=lambda role: role.value)
def test_only_an_officer_of_the_lead_submits(role):
    bid = draft(person(Role.OFFICER))
    with pytest.raises(NotAllowed):
        advance(bid, "submit", by=person(role, organisation=bid.lead))
    with pytest.raises(NotAllowed):
        advance(bid, "submit", by=person(Role.OFFICER))
    with pytest.raises(NotAllowed):
        advance(bid, "submit", by=None)


def test_only_the_fund_manager_decides():
    bid, invented = bid_in("submitted"), person(Role.FUND_MANAGER, demo_slug="invented")
    for event in sorted(DECIDING - {"reopen"}):
        for role in (Role.OFFICER, Role.ASSESSOR, Role.TEAM, Role.DIGITAL_LEAD):
            with pytest.raises(NotAllowed):
                advance(bid, event, by=person(role, organisation=bid.lead))
        with pytest.raises(NotAllowed):
            advance(bid, event, by=invented)


def test_an_invited_bid_is_a_proposal_that_its_councils_write_on():
    bid = bid_in("submitted")
    manager = person(Role.FUND_MANAGER)
    invited = actions.invite_to_propose(bid=bid, by=manager)
    assert (invited.status, invited.stage, invited.is_writable) == ("invited", "proposals", True)
    Bid.objects.filter(pk=bid.pk).update(status="submitted")
    with pytest.raises(Refused, match="a proposal already"):
        actions.invite_to_propose(bid=Bid.objects.get(pk=bid.pk), by=manager)
    assert "decided" in locked_bid(bid_in("awarded"), timezone.now())


def test_a_membership_that_has_ended_gives_nothing():
    bid = BidFactory(round=open_round())
    officer = bid.started_by
    ended = timezone.localdate() - timedelta(days=1)
    officer.memberships.update(starts=ended - timedelta(days=1), ends=ended)
    officer = type(officer).objects.get(pk=officer.pk)
    with pytest.raises(NotAllowed):
        advance(bid, "submit", by=officer)
