"""Submitting: the gaps, the snapshot, the receipt, many at once, taking back."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.clock import Closed
from fund.models import Answer, Bid, Submission
from fund.models.submissions import digest
from fund.states import BidStatus
from tests.factories.fund import PartnerFactory, QuestionFactory, draft, open_round
from tests.factories.people import person
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.service_models import Notification

from .conftest import BACKEND, url

PARALLEL = 50


def ready(**fields):
    return draft(person(Role.OFFICER), open_round(**fields))


@pytest.mark.django_db
def test_every_gap_is_listed_with_its_link_and_nothing_is_sent(signed_in):
    bid = ready()
    partner = PartnerFactory(bid=bid)
    Answer.objects.filter(question__key="q1").update(text="", words=0)
    long = bid.answers.get(question__key="q2")
    long.text = "word " * 21
    long.save()
    client = signed_in(bid.started_by)
    for response in (client.get(url("bid_submit", slug=bid.slug)), client.post(url("bid_submit", slug=bid.slug))):
        page = response.content.decode()
        question = bid.answers.first().question.label
        assert f'href="{url("answer_edit", slug=bid.slug, key="q1")}">“{question}” has no answer.' in page
        assert "has 21 words; the limit is 20." in page
        assert f'href="{url("partner_list", slug=bid.slug)}">{partner.organisation.name} has not agreed yet.' in page
    assert response.status_code == 422
    assert not Submission.objects.exists()
    assert Bid.objects.get().status == BidStatus.DRAFT


@pytest.mark.django_db
def test_a_question_that_may_be_left_empty_is_no_gap():
    bid = ready()
    QuestionFactory(round=bid.round, key="more", required=False)
    assert actions.gaps_of(bid) == []


@pytest.mark.django_db
def test_a_round_that_does_not_ask_for_consent_takes_a_bid_whose_partners_have_not_answered():
    bid = ready(consent_required=False)
    PartnerFactory(bid=bid)
    assert actions.gaps_of(bid) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "sentence"),
    [("void", "must agree again: its role or share changed."), ("declined", "declined: take it out of the bid")],
)
def test_a_partner_that_no_longer_agrees_is_a_gap(status, sentence):
    bid = ready()
    partner = PartnerFactory(bid=bid)
    type(partner).objects.update(status=status, decided_at=timezone.now(), decided_by=bid.started_by)
    assert [sentence in gap.text for gap in actions.gaps_of(bid)] == [True]


@pytest.mark.django_db
def test_the_snapshot_holds_the_whole_bid_and_people_by_their_id():
    bid = ready()
    Bid.objects.update(amount_pence=123_45)
    bid = Bid.objects.get()
    sent = actions.bid_submit(bid=bid, by=bid.started_by)
    assert sent.snapshot["answers"][0]["text"] == "Some words of an answer."
    assert sent.snapshot["answers"][0]["words"] == 5
    assert sent.snapshot["lead"]["slug"] == bid.lead.slug_en
    assert sent.snapshot["amount_pence"] == sent.amount_pence == 12345
    assert sent.snapshot["submitted_by"] == bid.started_by_id
    assert bid.started_by.email not in json.dumps(sent.snapshot)
    assert bid.started_by.name not in json.dumps(sent.snapshot)
    again = Submission.objects.get()
    assert again.is_whole
    assert again.sha256 == digest(again.snapshot)


@pytest.mark.django_db
def test_the_snapshot_stays_as_it_was_when_the_bid_is_taken_back_and_changed(signed_in):
    bid = ready()
    client = signed_in(bid.started_by)
    client.post(url("bid_submit", slug=bid.slug))
    client.post(url("bid_withdraw", slug=bid.slug), {"why": "One word is wrong."})
    assert Bid.objects.get().status == BidStatus.WITHDRAWN
    client.post(url("answer_edit", slug=bid.slug, key="q1"), {"version": "1", "text": "Another text."})
    client.post(url("bid_submit", slug=bid.slug))
    first, second = Submission.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert first.snapshot["answers"][0]["text"] == "Some words of an answer."
    assert second.snapshot["answers"][0]["text"] == "Another text."
    assert Bid.objects.get().latest == second
    assert [change.event for change in StatusChange.of(bid)] == ["submit", "withdraw", "submit"]
    old = client.get(url("submission_page", slug=bid.slug, number=1)).content.decode()
    assert "A later submission of this bid stands in the place of this one." in old
    assert "One word is wrong." in client.get(url("bid_page", slug=bid.slug)).content.decode()


@pytest.mark.django_db
def test_the_receipt_has_reference_server_time_and_hash_on_the_page_and_as_a_message(signed_in):
    bid = ready()
    page = signed_in(bid.started_by).post(url("bid_submit", slug=bid.slug), follow=True).content.decode()
    sent = Submission.objects.get()
    local = timezone.localtime(sent.received_at)
    assert f"{local:%H:%M:%S}" in page
    assert bid.reference in page
    assert sent.sha256 in page
    message = Notification.objects.get(kind="fund.bid_received")
    assert (message.user, message.urgent) == (bid.started_by, True)
    assert message.context["sha256"] == sent.sha256
    assert message.url_en == url("submission_page", slug=bid.slug, number=1)


@pytest.mark.django_db
def test_a_submitted_bid_is_closed_to_writing(signed_in):
    bid = ready()
    actions.bid_submit(bid=bid, by=bid.started_by)
    client = signed_in(bid.started_by)
    page = client.post(url("answer_edit", slug=bid.slug, key="q1"), {"version": "1", "text": "New."}).content.decode()
    assert "The bid is submitted. To change it, withdraw it first." in page
    details = {"version": "1", "title": "New", "topic": bid.topic_id, "language": "en"}
    assert "withdraw it first" in client.post(url("details_edit", slug=bid.slug), details).content.decode()
    assert client.get(url("bid_submit", slug=bid.slug)).headers["Location"] == url("bid_receipt", slug=bid.slug)
    assert client.post(url("bid_submit", slug=bid.slug)).headers["Location"] == url("bid_receipt", slug=bid.slug)
    assert Submission.objects.count() == 1
    assert Bid.objects.get().title == bid.title


@pytest.mark.django_db
def test_a_bid_cannot_be_taken_back_after_the_deadline(signed_in):
    bid = ready()
    actions.bid_submit(bid=bid, by=bid.started_by)
    late = bid.round.stages.get().closes_at + timedelta(seconds=1)
    with pytest.raises(Closed, match="The deadline has passed"):
        actions.bid_withdraw(bid=bid, by=bid.started_by, at=late)
    assert Bid.objects.get().status == BidStatus.SUBMITTED


@pytest.mark.django_db
def test_what_was_not_submitted_cannot_be_withdrawn_and_has_no_receipt(signed_in):
    bid = ready()
    client = signed_in(bid.started_by)
    assert "The bid is not submitted." in client.get(url("bid_withdraw", slug=bid.slug)).content.decode()
    page = client.post(url("bid_withdraw", slug=bid.slug), {"why": ""}).content.decode()
    assert "cannot be done now" in page
    assert client.get(url("bid_receipt", slug=bid.slug)).status_code == 404


@pytest.mark.django_db
def test_a_withdrawn_bid_says_on_its_receipt_that_it_does_not_count(signed_in):
    bid = ready()
    actions.bid_submit(bid=bid, by=bid.started_by)
    actions.bid_withdraw(bid=bid, by=bid.started_by)
    client = signed_in(bid.started_by)
    assert "The bid was withdrawn after this." in client.get(url("bid_receipt", slug=bid.slug)).content.decode()
    sent = client.get(url("submission_page", slug=bid.slug, number=1)).content.decode()
    assert "This bid was withdrawn." in sent


@pytest.mark.django_db
def test_the_page_of_what_was_sent_reads_the_snapshot_alone(signed_in):
    bid = ready()
    Bid.objects.update(amount_pence=5_000_00, language="cy")
    partner = PartnerFactory(bid=bid, share_pence=None)
    type(partner).objects.update(status="agreed", decided_at=timezone.now(), decided_by=bid.started_by)
    actions.bid_submit(bid=Bid.objects.get(), by=bid.started_by)
    Bid.objects.update(title="A title of later")
    page = signed_in(bid.started_by).get(url("submission_page", slug=bid.slug, number=1)).content.decode()
    assert "A title of later" not in page
    assert "£5,000" in page
    assert f"Consent: {'Agreed in principle'}" in page
    assert 'lang="cy">Some words' in page or 'lang="cy"><p>Some words' in page


@pytest.mark.django_db(transaction=True)
def test_fifty_submits_at_once_make_one_bid():
    bid = ready()
    officer, slug = bid.started_by, bid.slug
    clients = []
    for _number in range(PARALLEL):
        client = Client()
        client.force_login(officer, backend=BACKEND)
        clients.append(client)
    statuses, start = [], threading.Barrier(PARALLEL)

    def press(client: Client) -> None:
        start.wait()
        try:
            response = client.post(url("bid_submit", slug=slug))
            statuses.append((response.status_code, response.headers.get("Location")))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [(302, url("bid_receipt", slug=slug))] * PARALLEL
    assert Submission.objects.count() == 1
    assert StatusChange.of(bid).count() == 1
    assert Notification.objects.filter(kind="fund.bid_received").count() == 1


@pytest.mark.django_db(transaction=True)
def test_bids_started_at_once_get_references_of_their_own():
    one_round, officer = open_round(), person(Role.OFFICER)
    lead = officer.memberships.get().organisation
    topic = one_round.topics.get()
    start = threading.Barrier(8)

    def begin() -> None:
        start.wait()
        try:
            actions.bid_start(one_round=one_round, lead=lead, topic=topic, title="One", language="en", by=officer)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    references = sorted(Bid.objects.values_list("reference", flat=True))
    assert references == [f"{one_round.reference_stem}-{number:03d}" for number in range(1, 9)]


@pytest.mark.django_db
def test_text_that_was_typed_and_not_saved_is_called_to_mind_before_sending(signed_in):
    bid = ready()
    client, check = signed_in(bid.started_by), url("bid_submit", slug=bid.slug)
    sentence = "You typed text that is not saved in the bid."
    assert sentence not in client.get(check).content.decode()
    client.post(url("answer_draft", slug=bid.slug, key="q2"), {"version": "1", "text": "Better words."})
    page = client.get(check).content.decode()
    assert sentence in page
    assert f'href="{url("answer_edit", slug=bid.slug, key="q2")}"' in page
    assert sentence not in signed_in(person(Role.OFFICER, organisation=bid.lead)).get(check).content.decode()
