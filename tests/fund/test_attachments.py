"""Files of bids: what is taken, the scan, who opens what, and what is sent."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.forms.attachments import AttachmentForm
from fund.models import Attachment, Submission
from fund.models.attachments import LARGEST_FILE
from fund.tasks_rounds import SOON, scan_attachment, scan_waiting
from tests.factories.fund import AttachmentFactory, PartnerFactory, RequiredAttachmentFactory, draft, open_round
from tests.factories.people import CouncilFactory, person
from tests.kernel.test_uploads import PDF, word
from wlga_portal.kernel import scanning
from wlga_portal.kernel.notify.mails import subject_of
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.scanning import ScannerAway, Verdict
from wlga_portal.kernel.service_models import Notification

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bid() -> Any:
    return draft(person(Role.OFFICER), open_round())


@pytest.fixture
def scanner(settings, monkeypatch):
    """A scanner that says what the list says, in turn; `ScannerAway` is raised."""
    settings.CLAMD = "somewhere:3310"
    says: list[Any] = []

    def scan(content: Any, **_options: Any) -> Verdict:
        said = says.pop(0)
        if isinstance(said, Exception):
            raise said
        return Verdict(said)

    monkeypatch.setattr(scanning, "scan", scan)
    return says


def pdf(name: str = "Plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def add(client: Any, bid: Any, file: Any = None, **options: Any) -> Any:
    return client.post(url("attachment_list", slug=bid.slug), {"file": file or pdf(), "requirement": ""}, **options)


def test_a_file_waits_closed_to_everybody_until_it_is_checked(bid, signed_in, scanner):
    client = signed_in(bid.started_by)
    assert add(client, bid).status_code == 302
    attachment = Attachment.objects.get()
    assert (attachment.kind, attachment.name, attachment.scan) == ("pdf", "Plan.pdf", "waiting")
    assert client.get(attachment.get_absolute_url()).status_code == 404
    page = client.get(url("attachment_list", slug=bid.slug)).content.decode()
    assert "Waiting to be checked" in page
    assert "while the scanner is away the files wait, closed" in page
    assert attachment.get_absolute_url() + '"' not in page
    scanner.append("")
    run_jobs()
    answer = client.get(attachment.get_absolute_url())
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Plan.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == PDF
    assert "Checked" in client.get(url("attachment_list", slug=bid.slug)).content.decode()


def test_a_scanner_that_is_away_is_asked_again_by_the_queue(bid, signed_in, scanner):
    add(signed_in(bid.started_by), bid)
    scanner.extend([ScannerAway("away"), ScannerAway("away"), ""])
    run_jobs(swallow=True)
    assert Attachment.objects.get().scan == "waiting"
    run_jobs(ahead=True, swallow=True)
    run_jobs(ahead=True, swallow=True)
    assert Attachment.objects.get().scan == "clean"
    assert scanner == []


def test_whatever_still_waits_is_scanned_later_and_the_round_stops_where_the_scanner_is_away(bid, scanner):
    first, second, fresh = (AttachmentFactory(bid=bid) for _number in range(3))
    Attachment.objects.exclude(pk=fresh.pk).update(added_at=timezone.now() - SOON * 2)
    scanner.extend(["", ScannerAway("away")])
    scan_waiting(timestamp=0)
    assert dict(Attachment.objects.values_list("pk", "scan")) == {
        first.pk: "clean",
        second.pk: "waiting",
        fresh.pk: "waiting",
    }


def test_without_a_scanner_files_wait_and_the_page_says_so(bid, signed_in, settings):
    settings.CLAMD = ""
    client = signed_in(bid.started_by)
    add(client, bid)
    run_jobs()
    scan_waiting(timestamp=0)
    assert Attachment.objects.get().scan == "waiting"
    assert (
        "This portal has no scanner at present." in client.get(url("attachment_list", slug=bid.slug)).content.decode()
    )


def test_a_harmful_file_stays_closed_its_council_is_told_and_the_bid_waits_for_a_clean_one(bid, signed_in, scanner):
    client = signed_in(bid.started_by)
    add(client, bid)
    scanner.append("Eicar-Test-Signature")
    run_jobs()
    attachment = Attachment.objects.get()
    assert (attachment.scan, attachment.found) == ("refused", "Eicar-Test-Signature")
    assert client.get(attachment.get_absolute_url()).status_code == 404
    assert subject_of(Notification.objects.get(), "en") == f"A file of the bid “{bid.title}” holds something harmful"
    assert ("“Plan.pdf” holds something harmful: take it out.") in [gap.text for gap in actions.gaps_of(bid)]
    client.post(url("attachment_remove", slug=bid.slug, pk=attachment.pk))
    assert actions.gaps_of(bid) == []
    scan_attachment(attachment=attachment.pk)  # gone meanwhile: nothing to do


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (pdf("plan.pdf", b"MZ\x90\x00 a program"), "Choose a PDF, a Word document"),
        (pdf("plan.pdf", b"<script>"), "Choose a PDF, a Word document"),
        (pdf("plan.pdf", b""), "The file is empty."),
        (None, "Choose a file for “File”."),
    ],
)
def test_what_is_no_such_file_gets_a_sentence_and_is_not_kept(bid, signed_in, file, sentence):
    client, address = signed_in(bid.started_by), url("attachment_list", slug=bid.slug)
    page = client.post(address, {"file": file} if file else {}).content.decode()
    assert sentence in page
    if file:
        file.seek(0)
    answer = client.post(address, {"file": file} if file else {}, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert sentence in answer.json()["errors"][0]
    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_refused():
    file = pdf()
    file.size = LARGEST_FILE + 1
    form = AttachmentForm({}, {"file": file}, bid=draft(person(Role.OFFICER)))
    assert form.errors["file"] == ["The file is too large: at most 20 MB."]


def test_the_script_gets_the_address_of_the_list(bid, signed_in):
    answer = add(signed_in(bid.started_by), bid, pdf("a.docx", word()), headers={"Accept": "application/json"})
    assert answer.json() == {"url": url("attachment_list", slug=bid.slug)}
    assert Attachment.objects.get().kind == "docx"


def test_the_files_of_a_bid_are_at_most_100_mb_together(bid, signed_in):
    for _number in range(5):
        last = AttachmentFactory(bid=bid, size_bytes=LARGEST_FILE)
    client = signed_in(bid.started_by)
    assert "larger than 100 MB together" in add(client, bid).content.decode()
    client.post(url("attachment_remove", slug=bid.slug, pk=last.pk))
    assert add(client, bid).status_code == 302


def test_a_required_file_is_a_gap_until_it_is_there_and_what_was_sent_stays(bid, signed_in):
    asked = RequiredAttachmentFactory(round=bid.round, stage="statements", name_en="A map")
    client = signed_in(bid.started_by)
    assert [gap.text for gap in actions.gaps_of(bid)] == ["The file “A map” is missing."]
    client.post(url("attachment_list", slug=bid.slug), {"file": pdf(), "requirement": asked.pk})
    sent = actions.bid_submit(bid=bid, by=bid.started_by)
    attachment = Attachment.objects.get()
    assert [(one["name"], one["sha256"], one["requirement"]) for one in sent.snapshot["files"]] == [
        ("Plan.pdf", attachment.sha256, asked.key)
    ]
    assert sent.is_whole
    remove = url("attachment_remove", slug=bid.slug, pk=attachment.pk)
    assert "The bid is submitted." in client.post(remove, follow=True).content.decode()
    assert "The bid is submitted." in add(client, bid, follow=True).content.decode()
    answer = add(client, bid, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["errors"]) == (
        422, ["The bid is submitted. To change it, withdraw it first."],
    )  # fmt: skip
    bid.refresh_from_db()
    actions.bid_withdraw(bid=bid, by=bid.started_by)
    client.post(remove)
    attachment.refresh_from_db()
    assert attachment.removed_at is not None
    assert attachment.file.storage.exists(attachment.file.name)
    assert "Plan.pdf" in client.get(sent.get_absolute_url()).content.decode()
    assert client.post(remove).status_code == 404


def test_who_opens_a_file(bid, signed_in):
    attachment = AttachmentFactory(bid=bid, scan="clean", scanned_at=timezone.now())
    partner, other = CouncilFactory(), CouncilFactory()
    PartnerFactory(bid=bid, organisation=partner)
    people = {
        "officer": bid.started_by,
        "lead": person(Role.DIGITAL_LEAD, organisation=bid.lead),
        "partner": person(Role.OFFICER, organisation=partner),
        "other": person(Role.OFFICER, organisation=other),
        "manager": person(Role.FUND_MANAGER),
        "assessor": person(Role.ASSESSOR),
        "board": person(Role.BOARD_MEMBER, organisation=bid.lead),
    }

    def openers() -> set[str]:
        address = url("attachment_file", slug=bid.slug, pk=attachment.pk)
        found = set()
        for name, who in people.items():
            answer = signed_in(who).get(address)
            if answer.status_code == 200:
                assert b"".join(answer.streaming_content)
                found |= {name}
        return found

    assert openers() == {"officer", "lead", "partner"}
    assert signed_in(None).get(attachment.get_absolute_url()).status_code == 302
    late = AttachmentFactory(bid=bid, scan="clean", scanned_at=timezone.now())
    late_address = url("attachment_file", slug=bid.slug, pk=late.pk)
    late.removed_at = timezone.now()
    late.save()
    bid.partners.all().update(status="agreed", decided_by=people["partner"], decided_at=timezone.now())
    actions.bid_submit(bid=bid, by=bid.started_by)
    assert openers() == {"officer", "lead", "partner", "manager"}
    # what was not sent is not the manager's
    assert signed_in(people["manager"]).get(late_address).status_code == 404
    other_bid = draft(people["other"], open_round())
    assert (
        signed_in(people["other"]).get(url("attachment_file", slug=other_bid.slug, pk=attachment.pk)).status_code == 404
    )


def test_who_adds_and_takes_out_a_file(bid, signed_in):
    attachment = AttachmentFactory(bid=bid)
    invited = CouncilFactory()
    PartnerFactory(bid=bid, organisation=invited)
    reader = signed_in(person(Role.OFFICER, organisation=invited))
    remove = url("attachment_remove", slug=bid.slug, pk=attachment.pk)
    assert reader.post(remove).status_code == 403
    assert "Only those who write the bid add files." in add(reader, bid, follow=True).content.decode()
    stranger = signed_in(person(Role.OFFICER))
    assert (stranger.post(remove).status_code, add(stranger, bid).status_code) == (404, 404)
    assert Attachment.objects.count() == 1
    assert not Submission.objects.exists()


def test_a_name_reaches_no_file_system(bid, signed_in):
    add(signed_in(bid.started_by), bid, pdf("..%2f..%2fetc\u202epasswd.exe"))
    attachment = Attachment.objects.get()
    assert attachment.file.name.startswith(f"attachments/{bid.pk}/")
    assert attachment.safe_name.endswith(".pdf")
    assert "exe" not in attachment.safe_name.rpartition(".")[2]


def test_a_name_stays_a_name_in_the_header_that_it_is_served_with(bid, signed_in):
    name = 'a"; filename="b.exe\r\nX-Evil: 1.pdf'
    named = AttachmentFactory(bid=bid, name=name, scan="clean", scanned_at=timezone.now())
    answer = signed_in(bid.started_by).get(named.get_absolute_url())
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment;")
    assert "\r" not in said
    assert "\n" not in said
    assert "X-Evil" not in answer.headers
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content)


def test_sizes_are_said_in_words():
    assert [Attachment(size_bytes=size).size_in_words for size in (1, 120 * 1024, 3 * 1024 * 1024 // 2)] == [
        "1 KB", "120 KB", "1.5 MB",
    ]  # fmt: skip


def test_lists_of_training_and_pictures_pass_the_same_door(settings, monkeypatch):
    from projects.forms.posts import PictureForm
    from tests.kernel.test_uploads import PNG
    from training.forms.imports import ImportForm

    settings.CLAMD = "somewhere:3310"
    monkeypatch.setattr(scanning, "scan", lambda _content, **_options: Verdict("Eicar"))
    picture = PictureForm({}, {"file": SimpleUploadedFile("a.png", PNG)})
    training = ImportForm({}, {"file": SimpleUploadedFile("a.csv", b"a,b")}, is_demo=False)
    for form in (picture, training):
        assert form.errors["file"] == ["The file holds something harmful and was not taken."]
    assert io.BytesIO(PNG).read(1) == b"\x89"
