"""Files of the four areas in a bucket, on a real server: kept, served by right, deleted, and away for a while."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from accounts.actions.erasing import erase_account
from accounts.roles import Role
from fund.models import Attachment
from projects.demo_posts import wall
from projects.models import Picture
from tests.board.conftest import signed_in
from tests.buckets import content, names
from tests.factories.fund import draft, open_round
from tests.factories.kernel import ExportFactory
from tests.factories.people import UserFactory, person
from tests.factories.posts import PostFactory
from tests.kernel.test_uploads import PDF
from training.models import Import
from wlga_portal.kernel import scanning
from wlga_portal.kernel.files import FilesAway
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.scanning import Verdict

pytestmark = pytest.mark.django_db
SENTENCE = "The files cannot be reached just now. Try again in a few minutes; nothing else is affected."
WELSH = "Ni ellir cyrraedd y ffeiliau ar hyn o bryd."


@pytest.fixture
def bid() -> Any:
    return draft(person(Role.OFFICER), open_round())


@pytest.fixture(autouse=True)
def scanner(settings, monkeypatch):
    """A scanner that finds nothing; what it was given."""
    settings.CLAMD = "somewhere:3310"
    given: list[bytes] = []

    def scan(file: Any, **_options: Any) -> Verdict:
        given.append(file.read())
        return Verdict()

    monkeypatch.setattr(scanning, "scan", scan)
    return given


def url(bid: Any, language: str = "en") -> str:
    with override(language):
        return reverse("fund:attachment_list", kwargs={"slug": bid.slug})


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("Plan.pdf", PDF)


def test_a_document_of_a_bid_is_kept_scanned_opened_by_who_may_and_refused_to_others(bucket, bid, scanner):
    writer = signed_in(bid.started_by)
    for _number in range(2):  # two of one name
        assert writer.post(url(bid), {"file": pdf(), "requirement": ""}).status_code == 302
    one, two = Attachment.objects.order_by("pk")
    assert sorted(names()) == sorted([one.file.name, two.file.name])
    assert content(one.file.name) == PDF
    address = one.get_absolute_url()
    assert writer.get(address).status_code == 404  # closed until it is checked
    run_jobs()
    assert scanner == [PDF, PDF]
    answer = writer.get(address)
    assert answer.status_code == 200  # by the portal itself: nobody is sent to the bucket
    assert b"".join(answer.streaming_content) == PDF
    assert str(bucket.port) not in str(answer.headers)
    assert signed_in(person(Role.OFFICER)).get(address).status_code == 404
    assert signed_in(None).get(address).status_code == 302
    writer.post(reverse("fund:attachment_remove", kwargs={"slug": bid.slug, "pk": one.pk}))
    run_jobs()
    assert names() == [two.file.name]


def test_what_was_made_for_an_erased_person_is_deleted_from_the_bucket(bucket):
    user = UserFactory(is_active=False)
    ExportFactory(asker=user).file.save("people.csv", ContentFile(b"Zephaniah"))
    assert len(names()) == 1
    with bucket.stopped():
        erase_account(user, by=person(Role.ADMINISTRATOR))
        assert [ran.status for ran in run_jobs(swallow=True) if ran.name == "kernel.remove_file"] == ["todo"]
    run_jobs(ahead=True)
    assert names() == []


@pytest.mark.parametrize("ails", ["stopped", "refusing"])
def test_while_the_bucket_is_away_files_alone_are_closed_and_the_queue_drains_when_it_is_back(bucket, bid, ails):
    writer = signed_in(bid.started_by)
    writer.post(url(bid), {"file": pdf(), "requirement": ""})
    run_jobs()
    writer.post(url(bid), {"file": pdf(), "requirement": ""})
    opened, waiting = Attachment.objects.order_by("pk")
    with getattr(bucket, ails)():
        assert [ran.status for ran in run_jobs(swallow=True)] == ["todo"]
        for language, words in (("en", SENTENCE), ("cy", WELSH)):
            page = writer.post(url(bid, language), {"file": pdf(), "requirement": ""})
            assert (page.status_code, words in page.content.decode()) == (200, True)
        answer = writer.post(url(bid), {"file": pdf(), "requirement": ""}, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()) == (422, {"errors": [SENTENCE]})
        closed = writer.get(opened.get_absolute_url())
        assert (closed.status_code, closed.headers["Retry-After"]) == (503, "30")
        assert closed.headers["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in closed.headers
        assert "The files cannot be reached for the moment" in closed.content.decode()
        with override("cy"):
            welsh = opened.get_absolute_url()
        assert "Ni ellir cyrraedd y ffeiliau am y tro" in writer.get(welsh).content.decode()
        for page in (url(bid), bid.get_absolute_url(), "/en/", "/cy/"):
            assert writer.get(page).status_code == 200
        assert writer.get("/readyz").status_code == 200
        assert Attachment.objects.count() == 2
        remove = reverse("fund:attachment_remove", kwargs={"slug": bid.slug, "pk": opened.pk})
        assert writer.post(remove).status_code == 302  # the row at once, its file when the bucket is back
    run_jobs(ahead=True)
    waiting.refresh_from_db()
    assert waiting.scan == "clean"  # it was added, and the bucket lost, before the scanner could read it
    assert b"".join(writer.get(waiting.get_absolute_url()).streaming_content) == PDF
    assert names() == [waiting.file.name]


def test_pictures_and_lists_of_attendance_are_not_taken_while_the_bucket_is_away(bucket):
    team = signed_in(person(Role.TEAM))
    post = PostFactory(slug_en="maps", slug_cy="mapiau")
    typed = {"alt_en": "A wall of notes", "alt_cy": "Wal o nodiadau"}
    with bucket.stopped():
        address = reverse("projects:picture_add", kwargs={"slug": post.slug})
        page = team.post(address, {**typed, "file": SimpleUploadedFile("a.png", wall())}).content.decode()
        assert escape(SENTENCE) in page
        assert "A wall of notes" in page
        rows = SimpleUploadedFile("a.csv", b"Name,Course\nAnn,Maps\n")
        page = team.post(reverse("training:import_create"), {"name": "LMS", "file": rows}).content.decode()
        assert escape(SENTENCE) in page
    assert not Picture.objects.exists()
    assert not Import.objects.exists()


def test_a_fault_that_is_none_of_the_stores_stays_a_fault(rf):
    from wlga_portal.kernel.middleware import FilesMiddleware

    door = FilesMiddleware(lambda _request: None)
    assert door.process_exception(rf.get("/"), OSError("another")) is None
    answer = door.process_exception(rf.get("/", headers={"accept": "application/json"}), FilesAway())
    assert (answer.status_code, answer.content.decode()) == (503, '{"errors": ["' + SENTENCE + '"]}')
