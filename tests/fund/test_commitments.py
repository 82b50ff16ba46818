"""Commitments of money: by whom, until when, what voids them; and signatories of bodies that are no councils."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from fund import actions as bid_actions
from fund.actions import commitments as actions
from fund.clock import Closed
from fund.forms import PartnerForm
from fund.models import Bid, Commitment, Partner, Signatory, StageKind
from fund.secrets import hashed
from fund.states import Consent
from tests.factories.bidding import SignatoryFactory, values_of_commitment
from tests.factories.fund import PartnerFactory, StageFactory, draft
from tests.factories.people import BodyFactory, person
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import Refused, WrongState

from .conftest import url

pytestmark = pytest.mark.django_db


def proposal(**fields: object) -> Bid:
    bid = draft(person(Role.OFFICER), stage=StageKind.PROPOSALS)
    StageFactory(round=bid.round, kind=StageKind.PROPOSALS)
    type(bid.round).objects.filter(pk=bid.round_id).update(**fields)
    return Bid.objects.get(pk=bid.pk)


@pytest.fixture
def bid() -> Bid:
    return proposal()


def joined(bid: Bid, **fields: object) -> Partner:
    partner = PartnerFactory(bid=bid, share_pence=50_000, **fields)
    lead_there = person(Role.DIGITAL_LEAD, organisation=partner.organisation)
    Partner.objects.filter(pk=partner.pk).update(status="agreed", decided_at=timezone.now(), decided_by=lead_there)
    return Partner.objects.get(pk=partner.pk)


@pytest.fixture
def partner(bid) -> Partner:
    return joined(bid)


def commit(partner: Partner, **more: object) -> Commitment:
    partner.refresh_from_db()
    by = more.pop("by", None) or person(Role.FINANCE, organisation=partner.organisation)
    return actions.commitment_make(
        partner=partner, version=partner.version, values=values_of_commitment(), by=by, **more
    )


def posted(partner: Partner, **changes: str) -> dict[str, str]:
    day = timezone.localdate()
    given = {
        "version": str(partner.version),
        "approver": "Jo Treasurer",
        "post": "section_151",
        "decided_on_day": str(day.day),
        "decided_on_month": str(day.month),
        "decided_on_year": str(day.year),
        "authority": "cabinet",
        "reference": "CAB/2026/41",
    }
    return given | changes


def gaps(bid: Bid) -> list[str]:
    return [gap.text for gap in bid_actions.gaps_of(Bid.objects.get(pk=bid.pk)) if "committed" in gap.text]


def test_the_finance_approver_commits_the_share_on_the_page_that_changes_nothing_by_being_opened(signed_in, partner):
    finance = person(Role.FINANCE, organisation=partner.organisation)
    client, address = signed_in(finance), url("commitment_page", slug=partner.bid.slug, pk=partner.pk)
    assert "£500" in client.get(address).content.decode()
    assert not Commitment.objects.exists()
    assert gaps(partner.bid) == [f"{partner.organisation.name} has not committed its share of money."]
    assert client.post(address, posted(partner)).headers["Location"] == address
    held = Commitment.objects.get()
    assert (held.approver, held.post, held.authority, held.reference, held.share_pence, held.recorded_by) == (
        "Jo Treasurer", "section_151", "cabinet", "CAB/2026/41", 50_000, finance,
    )  # fmt: skip
    assert gaps(partner.bid) == []
    told = Notification.objects.get(kind="fund.committed")
    assert told.user == partner.bid.started_by
    lead = signed_in(partner.bid.started_by)
    assert "CAB/2026/41" in lead.get(url("partner_list", slug=partner.bid.slug)).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"approver": ""}, "Enter “Name of the approver”."),
        ({"reference": ""}, "Enter “Reference of the delegation or decision”."),
        ({"post": "signatory"}, "There is a problem"),
        ({"decided_on_year": "2999"}, "The date of the approval cannot be in the future."),
        ({"version": "0"}, "The role or the share changed while you were reading."),
    ],
)
def test_a_commitment_that_lacks_something_gets_a_sentence(signed_in, partner, changes, sentence):
    finance = person(Role.FINANCE, organisation=partner.organisation)
    address = url("commitment_page", slug=partner.bid.slug, pk=partner.pk)
    assert sentence in signed_in(finance).post(address, posted(partner, **changes)).content.decode()
    assert not Commitment.objects.exists()


def test_nobody_else_commits(signed_in, partner):
    address = url("commitment_page", slug=partner.bid.slug, pk=partner.pk)
    officer = person(Role.OFFICER, organisation=partner.organisation)
    for nobody in (officer, partner.bid.started_by, person(Role.FINANCE), person(Role.FUND_MANAGER)):
        assert signed_in(nobody).post(address, posted(partner)).status_code == 404
    assert not Commitment.objects.exists()


def test_a_later_change_of_role_or_share_voids_the_commitment_and_says_so(signed_in, partner):
    commit(partner)
    partner.refresh_from_db()
    form = PartnerForm(
        {"version": str(partner.version), "role": "Leads the tests", "share_pence": "500"}, instance=partner
    )
    assert form.is_valid()
    bid_actions.partner_change(form, by=partner.bid.started_by)
    void = Commitment.objects.get()
    assert (void.voided_at is not None, str(void.voided_why)) == (True, "The role or the share changed.")
    assert Partner.objects.get().status == Consent.VOID
    page = signed_in(partner.bid.started_by).get(url("partner_list", slug=partner.bid.slug)).content.decode()
    assert "Commitment no longer holds" in page
    assert gaps(partner.bid) != []
    assert list(partner.bid.happenings.filter(kind="commitment_void").values_list("kind", flat=True)) == [
        "commitment_void"
    ]


def test_a_newer_commitment_stands_in_the_place_of_the_older(partner):
    first, second = commit(partner), commit(partner)
    first.refresh_from_db()
    assert (str(first.voided_why), second.voided_at) == ("A newer commitment stands in its place.", None)


def test_without_a_share_or_an_agreement_there_is_nothing_to_commit(bid, partner):
    Partner.objects.filter(pk=partner.pk).update(share_pence=None)
    with pytest.raises(Refused, match="nothing to commit"):
        commit(partner)
    Partner.objects.filter(pk=partner.pk).update(share_pence=1, status="invited")
    with pytest.raises(Refused, match="agree in principle first"):
        commit(partner)


def test_no_money_is_committed_to_a_statement():
    bid = draft(person(Role.OFFICER))
    partner = joined(bid)
    with pytest.raises(Closed, match="at the stage of proposals"):
        commit(partner)
    assert gaps(bid) == []


def test_money_is_committed_until_the_proposals_close_and_not_a_second_later(partner):
    closes = partner.bid.round.stage(StageKind.PROPOSALS).closes_at
    commit(partner, at=closes)
    with pytest.raises(Closed, match="The deadline has passed"):
        commit(partner, at=closes + timedelta(seconds=1))


def test_commitments_follow_the_submission_until_a_date_of_their_own():
    due = timezone.now() + timedelta(days=40)
    bid = proposal(commitments_due_at=due)
    partner = joined(bid)
    assert gaps(bid) == []
    sent = bid_actions.bid_submit(bid=bid, by=bid.started_by)
    assert sent.snapshot["commitments"] == []
    late = bid.round.stage(StageKind.PROPOSALS).closes_at + timedelta(days=1)
    assert late < due
    commit(partner, at=late)
    commit(partner, at=due)
    with pytest.raises(Closed, match="were due by"):
        commit(partner, at=due + timedelta(seconds=1))


def test_partners_lock_at_the_deadline_while_commitments_may_follow(signed_in):
    bid = proposal(commitments_due_at=timezone.now() + timedelta(days=40))
    partner = joined(bid)
    late = bid.round.stage(StageKind.PROPOSALS).closes_at + timedelta(seconds=1)
    form = PartnerForm({"version": str(partner.version), "role": "New", "share_pence": "1"}, instance=partner)
    assert form.is_valid()
    with pytest.raises(Closed):
        bid_actions.partner_change(form, by=bid.started_by, at=late)
    with pytest.raises(Closed):
        bid_actions.partner_remove(partner=partner, by=bid.started_by, at=late)


def test_a_commitment_before_the_submission_stands_in_the_snapshot_without_a_name(bid, partner):
    commit(partner)
    sent = bid_actions.bid_submit(bid=Bid.objects.get(pk=bid.pk), by=bid.started_by)
    [one] = sent.snapshot["commitments"]
    assert (one["reference"], one["share_pence"], one["post"]) == ("D-2026-17", 50_000, "section_151")
    assert "Jo Treasurer" not in str(sent.snapshot)


# --- Signatories ----------------------------------------------------------------------------------
@pytest.fixture
def body(bid) -> Partner:
    return PartnerFactory(bid=bid, organisation=BodyFactory(), share_pence=20_000)


def token_of(message: str) -> str:
    return re.search(r"/(?:sign|llofnodi)/([^/\s]+)/", message).group(1)


def test_a_body_has_a_signatory_who_agrees_and_commits_by_a_link_without_an_account(signed_in, bid, body):
    address = url("signatory_invite", slug=bid.slug, pk=body.pk)
    data = {"name": "Robin", "email": "robin@body.example", "language": "cy"}
    assert signed_in(bid.started_by).post(address, data).status_code == 302
    run_jobs()
    [message] = [one for one in mail.outbox if one.to == ["robin@body.example"]]
    assert "lofnodi" in message.subject
    token = token_of(message.body)
    signatory = Signatory.objects.get()
    assert token not in signatory.sha256
    page, reader = url("sign_page", token=token), Client()
    opened = reader.get(page)
    assert opened.status_code == 200
    assert (opened.headers["Cache-Control"], opened.headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    body.refresh_from_db()
    assert body.status == Consent.INVITED
    assert reader.post(page, {"version": "1", "event": "sign"}).status_code == 302
    body.refresh_from_db()
    assert (body.status, body.signatory, body.decided_by) == (Consent.AGREED, signatory, None)
    form = posted(body, post="signatory", authority="board")
    assert reader.post(page, form).status_code == 302
    held = Commitment.objects.get()
    assert (held.signatory, held.recorded_by, held.share_pence) == (signatory, None, 20_000)
    assert gaps(bid) == []


def test_a_signatory_declines_and_the_lead_hears_of_it(bid, body):
    SignatoryFactory(partner=body, sha256=hashed("t"))
    response = Client().post(
        url("sign_page", token="t"), {"version": "1", "event": "refuse_by_link", "why": "No money."}
    )
    assert response.status_code == 302
    body.refresh_from_db()
    assert body.status == Consent.DECLINED
    assert Notification.objects.get().kind == "fund.consent_declined"


def test_the_link_of_a_signatory_expires_and_ends_when_a_new_one_is_sent(bid, body):
    make = {"partner": body, "name": "Robin", "email": "r@body.example", "language": "en", "by": bid.started_by}
    actions.signatory_invite(**make)
    actions.signatory_invite(**make)
    run_jobs()
    first, second = [token_of(one.body) for one in mail.outbox]
    assert Client().get(url("sign_page", token=first)).status_code == 410
    assert Client().get(url("sign_page", token=second)).status_code == 200
    Signatory.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().post(url("sign_page", token=second), {"version": "1", "event": "sign"}).status_code == 410
    assert Client().get(url("sign_page", token="guessed")).status_code == 404
    with pytest.raises(Refused, match="no longer holds"):
        actions.signatory_decide(signatory=Signatory.objects.first(), event="sign", version=1)


def test_a_signatory_agrees_to_what_they_read(bid, body):
    signatory = SignatoryFactory(partner=body)
    with pytest.raises(Refused, match="changed while you were reading"):
        actions.signatory_decide(signatory=signatory, event="sign", version=9)
    actions.signatory_decide(signatory=signatory, event="sign", version=1)
    body.refresh_from_db()
    with pytest.raises(WrongState):
        actions.signatory_decide(signatory=signatory, event="sign", version=body.version)


def test_a_council_has_no_signatory(signed_in, bid, partner):
    address = url("signatory_invite", slug=bid.slug, pk=partner.pk)
    page = signed_in(bid.started_by).post(address, {"name": "x", "email": "x@y.example", "language": "en"})
    assert "its digital lead and its finance approver answer" in page.content.decode()
    assert not Signatory.objects.exists()
