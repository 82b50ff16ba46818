"""Questions to the fund manager, answered to all councils; confidential answers; everything held on a bid."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.models import Confidentiality, Enquiry
from tests.factories.fund import (
    AttachmentFactory,
    EnquiryFactory,
    ExtensionFactory,
    draft,
    open_round,
)
from tests.factories.people import person
from wlga_portal.kernel.notify.mails import body_of
from wlga_portal.kernel.service_models import Notification

from .conftest import url

pytestmark = pytest.mark.django_db
TEXTS = {
    "question_en": "May two lead?",
    "question_cy": "A gaiff dau arwain?",
    "answer_en": "No, one.",
    "answer_cy": "Na, un.",
}


@pytest.fixture
def manager() -> Any:
    return person(Role.FUND_MANAGER)


def test_a_question_is_asked_and_answered_to_all_councils_in_both_languages(manager, signed_in):
    one_round = open_round()
    asker, other = person(Role.OFFICER, name="Secret Asker"), person(Role.DIGITAL_LEAD, language="cy")
    council = asker.memberships.get().organisation
    client = signed_in(asker)
    values = {"organisation": council.pk, "asked": "Can we both lead?", "language": "en"}
    client.post(url("enquiry_ask", slug=one_round.slug), values)
    enquiry = Enquiry.objects.get()
    assert [one.user for one in Notification.objects.all()] == [manager]
    everybody = url("enquiry_list", slug=one_round.slug)
    assert "Can we both lead?" in client.get(everybody).content.decode()
    assert "Can we both lead?" not in signed_in(other).get(everybody).content.decode()
    answering = signed_in(manager)
    page = answering.get(enquiry.get_absolute_url()).content.decode()
    assert "Secret Asker" in page
    half = answering.post(enquiry.get_absolute_url(), TEXTS | {"answer_cy": "", "version": enquiry.version})
    assert "Enter “Answer (Welsh)”." in half.content.decode()
    answering.post(enquiry.get_absolute_url(), TEXTS | {"version": enquiry.version})
    enquiry.refresh_from_db()
    assert enquiry.status == "answered"
    told = Notification.objects.filter(kind="fund.enquiry_answered")
    assert {one.user for one in told} == {asker, other}
    assert "Na, un." in body_of(told.get(user=other), "cy")
    for language, slug, answer in (("en", one_round.slug_en, "No, one."), ("cy", one_round.slug_cy, "Na, un.")):
        page = signed_in(None).get(url("enquiry_list", language, slug=slug)).content.decode()
        assert answer in page
        assert "Secret Asker" not in page
        assert str(council.name) not in page


def test_an_answer_that_is_put_right_says_so_marks_the_other_language_and_tells_all_again(manager, signed_in):
    asker = person(Role.OFFICER)
    enquiry = EnquiryFactory(asked_by=asker, organisation=asker.memberships.get().organisation)
    client, address = signed_in(manager), enquiry.get_absolute_url()
    client.post(address, TEXTS | {"version": enquiry.version})
    enquiry.refresh_from_db()
    client.post(address, TEXTS | {"version": enquiry.version})
    assert not Notification.objects.filter(kind="fund.enquiry_changed").exists()
    client.post(address, TEXTS | {"answer_en": "Yes, two.", "version": enquiry.version})
    enquiry = Enquiry.objects.get()
    assert (enquiry.answer.mark, enquiry.answer.stale) == ("stale_cy", "cy")
    assert Notification.objects.filter(kind="fund.enquiry_changed").count() == 1
    page = signed_in(None).get(url("enquiry_list", slug=enquiry.round.slug)).content.decode()
    assert "put right on" in page
    # a colleague who changed the same text meanwhile: both texts are shown
    clash = client.post(address, TEXTS | {"answer_en": "Perhaps.", "version": "2"}).content.decode()
    assert "Perhaps." in clash
    assert "Yes, two." in clash


def test_a_question_is_set_aside_with_a_reason_and_its_asker_sees_that(manager, signed_in):
    enquiry = EnquiryFactory()
    client, address = signed_in(manager), url("enquiry_set_aside", slug=enquiry.round.slug, pk=enquiry.pk)
    assert "reason" in client.post(address, {"why": ""}, follow=True).content.decode().lower()
    assert Enquiry.objects.get().status == "asked"
    client.post(address, {"why": "Asked before"})
    page = signed_in(enquiry.asked_by).get(url("enquiry_list", slug=enquiry.round.slug)).content.decode()
    assert "Set aside" in page
    assert "Notification" not in page
    # it can still be answered
    client.post(enquiry.get_absolute_url(), TEXTS | {"version": Enquiry.objects.get().version})
    assert Enquiry.objects.get().status == "answered"


def test_every_event_of_a_question_in_every_status(manager):
    for status in ("asked", "answered", "set_aside"):
        enquiry = EnquiryFactory()
        answered = TEXTS | {"answered_at": timezone.now()} if status == "answered" else {}
        Enquiry.objects.filter(pk=enquiry.pk).update(status=status, **answered)
        enquiry.refresh_from_db()
        events = {one.event for one in enquiry.events_for(manager)}
        assert events == {"asked": {"answer", "set_aside"}, "answered": set(), "set_aside": {"answer"}}[status]
        assert enquiry.events_for(enquiry.asked_by) == []


def test_who_asks_and_who_answers(signed_in, manager):
    enquiry = EnquiryFactory(round=open_round())
    ask, answer = url("enquiry_ask", slug=enquiry.round.slug), enquiry.get_absolute_url()
    aside = url("enquiry_set_aside", slug=enquiry.round.slug, pk=enquiry.pk)
    for who, asks in (
        (person(Role.OFFICER), 200), (person(Role.DIGITAL_LEAD), 200), (person(Role.TEAM), 403), (manager, 403),
        (person(Role.OFFICER, demo_slug="invented"), 403),
    ):  # fmt: skip
        client = signed_in(who)
        assert client.get(ask).status_code == asks
        assert client.get(answer).status_code == (200 if who == manager else 404)
        if who != manager:
            assert client.post(answer, TEXTS).status_code == 404
            assert client.post(aside, {"why": "x"}).status_code == 404
    assert signed_in(None).get(ask).status_code == signed_in(None).get(answer).status_code == 302
    # nobody asks in the name of another council
    stranger = person(Role.OFFICER)
    values = {"organisation": enquiry.organisation.pk, "asked": "x", "language": "en"}
    assert signed_in(stranger).post(ask, values).status_code == 200
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_questions_costs_the_same_at_any_size(signed_in, manager, rows):
    one_round = open_round()
    for number in range(rows):
        enquiry = EnquiryFactory(round=one_round)
        if number % 2:
            Enquiry.objects.filter(pk=enquiry.pk).update(status="answered", answered_at=timezone.now(), **TEXTS)
    client, address = signed_in(manager), url("enquiry_list", slug=one_round.slug)
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    assert len(found) <= 12


# --- what may be disclosed


def test_applicants_are_told_and_an_answer_is_marked_as_confidential_with_a_reason(signed_in):
    bid = draft(person(Role.OFFICER), open_round())
    client = signed_in(bid.started_by)
    told = "under the Freedom of Information Act"
    pages = (
        url("bid_start", slug=bid.round.slug),
        url("answer_edit", slug=bid.slug, key="q1"),
        url("bid_submit", slug=bid.slug),
    )
    for address in pages:
        assert told in client.get(address).content.decode()
    address = url("answer_confidential", slug=bid.slug, key="q1")
    assert "Enter “Why it is confidential”." in client.post(address, {"reason": ""}).content.decode()
    client.post(address, {"reason": "A supplier’s price"})
    client.post(address, {"reason": "A supplier’s secret price"})
    sent = actions.bid_submit(bid=bid, by=bid.started_by)
    assert [one["confidential"] for one in sent.snapshot["answers"]] == ["A supplier’s secret price", None]
    assert "A supplier’s secret price" in client.get(sent.get_absolute_url()).content.decode()
    # what is sent stays as it was sent
    assert "The bid is submitted." in client.post(address, {"lift": "1"}).content.decode()
    assert Confidentiality.objects.count() == 1
    bid.refresh_from_db()
    actions.bid_withdraw(bid=bid, by=bid.started_by)
    client.post(address, {"lift": "1"})
    assert not Confidentiality.objects.exists()
    assert signed_in(person(Role.OFFICER)).get(address).status_code == 404
    assert signed_in(None).get(address).status_code == 302


def test_one_file_gathers_everything_held_on_a_bid_as_it_was_sent(signed_in, manager, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bid = draft(person(Role.OFFICER, name="Officer Of Torfaen"), open_round())
    actions.confidential_mark(bid.answers_in_order()[0], reason="A price", by=bid.started_by)
    opened = AttachmentFactory(bid=bid, scan="clean", scanned_at=timezone.now())
    AttachmentFactory(bid=bid, name="closed.pdf")
    stage = bid.round.stages.get()
    ExtensionFactory(stage=stage, bid=bid, closes_at=stage.closes_at + timedelta(days=1))
    address = url("bid_disclose", slug=bid.slug)
    assert signed_in(manager).post(address).status_code == 404  # a draft is its council's
    sent = actions.bid_submit(bid=bid, by=bid.started_by)
    bid.refresh_from_db()
    actions.bid_withdraw(bid=bid, by=bid.started_by, why="A wrong figure")
    bid.answers.update(text="Changed and never sent")
    page = signed_in(manager).get(sent.get_absolute_url()).content.decode()
    assert "Everything held on this bid, in one file" in page
    answer = signed_in(manager).post(address)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{bid.reference.lower()}.zip"'
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    names = set(archive.namelist())
    assert {"README.txt", "submissions.json", "timeline.json", "more-time.json", "files.json"} <= names
    assert archive.read(f"files/{opened.pk}-{opened.safe_name}") == b"%PDF-1.7 a plan"
    assert [name for name in names if name.startswith("files/")] == [f"files/{opened.pk}-{opened.safe_name}"]
    readme = archive.read("README.txt").decode()
    assert ": A price" in readme
    assert "- closed.pdf" in readme
    [submission] = json.loads(archive.read("submissions.json"))
    assert submission["sha256"] == sent.sha256
    assert submission["snapshot"] == sent.snapshot
    assert "A wrong figure" in archive.read("timeline.json").decode()
    assert "Officer Of Torfaen" in archive.read("timeline.json").decode()
    assert "Changed and never sent" not in "".join(archive.read(name).decode("latin-1") for name in names)
    for who in (bid.started_by, person(Role.ASSESSOR), person(Role.TEAM), person(Role.FUND_MANAGER, demo_slug="x")):
        assert signed_in(who).post(address).status_code == 404
    assert signed_in(manager).get(address).status_code == 405


def test_a_bid_without_marks_says_so(signed_in, manager):
    bid = draft(person(Role.OFFICER), open_round())
    actions.bid_submit(bid=bid, by=bid.started_by)
    answer = signed_in(manager).post(url("bid_disclose", slug=bid.slug))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "marked no answer as confidential" in archive.read("README.txt").decode()
