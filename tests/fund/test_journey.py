"""From an open round to a receipt, as the browser sends it, in each language."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.roles import Role
from fund.models import Answer, Bid, Partner, Submission
from fund.states import BidStatus, Consent
from tests.factories.fund import open_round
from tests.factories.people import CouncilFactory, person

from .conftest import url

pytestmark = pytest.mark.django_db


def follow(client, address, data):
    response = client.post(address, data, follow=True)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_officer_writes_a_partner_agrees_and_the_fund_manager_reads_what_was_sent(signed_in, language):
    one_round = open_round()
    council, other = CouncilFactory(), CouncilFactory()
    officer = person(Role.OFFICER, organisation=council)
    lead_there = person(Role.DIGITAL_LEAD, organisation=other)
    manager = person(Role.FUND_MANAGER)
    here = signed_in(officer)

    front = here.get(url("front", language)).content.decode()
    start = url("bid_start", language, slug=getattr(one_round, f"slug_{language}"))
    assert start in front
    topic = one_round.topics.get()
    follow(here, start, {"lead": council.pk, "title": "Letters", "topic": topic.pk, "language": language})
    bid = Bid.objects.get()
    assert (bid.status, bid.lead, bid.language) == ("draft", council, language)
    assert bid.reference == f"{one_round.reference_stem}-001"

    for key in ("q1", "q2"):
        address = url("answer_edit", language, slug=bid.slug, key=key)
        form = here.get(address).content.decode()
        version = re.search(r'name="version" value="(\d+)"', form)[1]
        follow(here, address, {"version": version, "text": f"Words for {key}."})
    saved = Answer.objects.order_by("pk").values_list("text", "words")
    assert list(saved) == [("Words for q1.", 3), ("Words for q2.", 3)]
    assert "Words for q1." in here.get(url("answer_edit", language, slug=bid.slug, key="q1")).content.decode()

    follow(
        here,
        url("partner_list", language, slug=bid.slug),
        {"organisation": other.pk, "role": "Tries it out", "share_pence": "1,000"},
    )
    partner = Partner.objects.get()
    assert (partner.status, partner.share_pence) == (Consent.INVITED, 100_000)

    check = here.get(url("bid_submit", language, slug=bid.slug)).content.decode()
    assert str(getattr(other, f"name_{language}")) in check
    assert here.post(url("bid_submit", language, slug=bid.slug)).status_code == 422

    there = signed_in(lead_there)
    consent = url("partner_consent", language, slug=bid.slug, pk=partner.pk)
    page = there.get(consent).content.decode()
    assert Partner.objects.get().status == Consent.INVITED
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    follow(there, consent, {"version": version, "event": "agree"})
    partner.refresh_from_db()
    assert (partner.status, partner.decided_by) == (Consent.AGREED, lead_there)

    receipt = follow(here, url("bid_submit", language, slug=bid.slug), {})
    submission = Submission.objects.get()
    bid.refresh_from_db()
    assert (bid.status, bid.latest) == (BidStatus.SUBMITTED, submission)
    assert submission.reference in receipt
    assert submission.sha256 in receipt
    assert submission.is_whole

    managing = signed_in(manager)
    listed = managing.get(url("submission_list", language)).content.decode()
    with override(language):
        sent = reverse("fund:submission_page", kwargs={"slug": bid.slug, "number": 1})
    assert sent in listed
    read = managing.get(sent).content.decode()
    assert "Words for q1." in read
    assert submission.sha256 in read


def test_what_was_typed_is_there_when_the_officer_comes_back(signed_in):
    one_round = open_round()
    officer = person(Role.OFFICER)
    here = signed_in(officer)
    council = officer.memberships.get().organisation
    topic = one_round.topics.get()
    here.post(
        url("bid_start", slug=one_round.slug_en),
        {"lead": council.pk, "title": "Letters", "topic": topic.pk, "language": "en"},
    )
    bid = Bid.objects.get()
    address = url("answer_draft", slug=bid.slug, key="q1")
    saved = here.post(address, {"version": "1", "text": "half a sen"}, headers={"accept": "application/json"})
    assert re.fullmatch(r"\d\d:\d\d:\d\d", saved.json()["saved_at"])
    assert Answer.objects.get(question__key="q1").text == ""
    page = here.get(url("answer_edit", slug=bid.slug, key="q1")).content.decode()
    assert "half a sen" in page
    assert "not saved yet" in page
    assert "Text not saved" in here.get(url("bid_page", slug=bid.slug)).content.decode()
    here.post(url("answer_discard", slug=bid.slug, key="q1"))
    assert "half a sen" not in here.get(url("answer_edit", slug=bid.slug, key="q1")).content.decode()
