"""Every form that takes a file asks the scanner; and files that harm, against a real `clamd` with a test signature."""

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.roles import Role
from fund.models import Attachment
from fund.tasks_rounds import scan_attachment, scan_waiting
from tests.factories.fund import draft, open_round
from tests.factories.people import person
from tests.fund.conftest import url
from tests.kernel.test_uploads import JPEG, PDF, PNG, excel, word, zipped
from tests.walk import BACKEND, opened
from tools.clamd import EICAR, main, prepare, program, running
from wlga_portal.kernel import scanning
from wlga_portal.kernel.forms import PortalForm, PortalModelForm
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.scanning import ScannerAway, Verdict, scan

# kept closed until it was scanned (tests/fund/test_attachments.py); a page of samples, which keeps nothing
WAITS = {"AttachmentForm", "SampleForm"}
FUZZED = 500


def all_below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from all_below(one)


def upload_forms() -> list[type[forms.BaseForm]]:
    """Every form of the portal with a field for a file."""
    import wlga_portal.urls  # noqa: F401  all views, and with them all forms

    found = {one for base in (PortalForm, PortalModelForm) for one in all_below(base)}
    return sorted(
        (one for one in found if any(isinstance(field, forms.FileField) for field in one.base_fields.values())),
        key=lambda one: one.__name__,
    )


def test_every_form_that_takes_a_file_asks_the_scanner_before_it_reads_one(settings, monkeypatch):
    settings.CLAMD = "somewhere:3310"
    monkeypatch.setattr(scanning, "scan", lambda _content, **_options: Verdict("Eicar"))
    asked = set()
    for kind in upload_forms():
        if not kind.__module__.startswith("tests.") and kind.__name__ not in WAITS:
            form: Any = kind.__new__(kind)
            form.cleaned_data = {"file": SimpleUploadedFile("a.docx", word())}
            with pytest.raises(ValidationError, match="holds something harmful"):
                form.clean_file()
            asked.add(kind.__name__)
    assert {"PictureForm", "WordForm", "ImportForm", "VersionImportForm", "FileForm"} <= asked


def test_every_form_that_takes_a_file_refuses_one_that_is_too_large(settings):
    """V5.2.1: more than the largest of docs/security/controls.md, whatever the form."""
    settings.CLAMD = ""
    asked = set()
    for kind in upload_forms():
        if not kind.__module__.startswith("tests.") and kind.__name__ != "SampleForm":
            form: Any = kind.__new__(kind)
            form.cleaned_data = {"file": SimpleUploadedFile("a.docx", word().ljust(20 * 1024 * 1024 + 1, b"\0"))}
            with pytest.raises(ValidationError, match=r"too large|larger than"):
                form.clean_file()
            asked.add(kind.__name__)
    assert {"AttachmentForm", "PictureForm", "WordForm", "ImportForm", "VersionImportForm", "FileForm"} <= asked


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The real scanner, on a socket of its own."""
    with running(tmp_path_factory.mktemp("clamd")) as socket:
        yield socket


def packed(content: bytes, name: str = "harmless.txt") -> bytes:
    return zipped({name: content})


@pytest.mark.deep
@pytest.mark.parametrize(
    "content",
    [
        EICAR, packed(EICAR), packed(packed(EICAR)), zipped({"word/media/note.txt": EICAR}, word()),
        zipped({"xl/media/note.txt": EICAR}, excel()),
    ],
    ids=["plain", "zip", "zip in a zip", "docx", "xlsx"],
)  # fmt: skip
def test_eicar_is_found_by_the_real_scanner(clamd, settings, content):
    settings.CLAMD = str(clamd)
    assert scan(io.BytesIO(content)).found.startswith("Eicar-Test-Signature")


@pytest.mark.deep
@pytest.mark.parametrize("content", [PDF, PNG, JPEG, word(), excel()], ids=["pdf", "png", "jpg", "docx", "xlsx"])
def test_a_clean_file_passes_the_real_scanner(clamd, settings, content):
    settings.CLAMD = str(clamd)
    assert scan(io.BytesIO(content)).clean


@pytest.fixture
def bid(client, settings, tmp_path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    officer = person(Role.OFFICER)
    client.force_login(officer, backend=BACKEND)
    return draft(officer, open_round())


def send(client: Any, bid: Any, content: bytes, name: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(url("attachment_list", slug=bid.slug), {"file": file, "requirement": ""})


@pytest.mark.deep
@pytest.mark.django_db
def test_a_harmful_document_of_a_bid_waits_closed_while_the_scanner_is_away_and_never_opens(
    client, bid, settings, clamd, tmp_path
):
    settings.CLAMD = str(tmp_path / "nobody-listens.ctl")
    assert send(client, bid, zipped({"word/media/note.txt": EICAR}, word()), "Plan.docx").status_code == 302
    row = Attachment.objects.get()
    with pytest.raises(ScannerAway):
        scan_attachment(attachment=row.pk)
    page = client.get(url("attachment_list", slug=bid.slug)).content.decode()
    assert "while the scanner is away the files wait, closed" in page
    assert client.get(row.get_absolute_url()).status_code == 404
    settings.CLAMD = str(clamd)
    scan_attachment(attachment=row.pk)
    row.refresh_from_db()
    assert (row.scan, row.found.startswith("Eicar-Test-Signature")) == ("refused", True)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert send(client, bid, word(), "Clean.docx").status_code == 302
    run_jobs()
    clean = Attachment.objects.latest("pk")
    served = opened(client, clean.get_absolute_url())
    assert (served.status_code, served["Content-Security-Policy"]) == (200, "default-src 'none'; sandbox")
    assert served["Content-Disposition"].startswith("attachment;")
    scan_waiting(timestamp=0)


@pytest.mark.deep
@pytest.mark.django_db
@pytest.mark.parametrize("content", [EICAR, packed(EICAR)], ids=["plain", "zip"])
def test_eicar_plain_and_in_a_zip_are_no_documents_and_are_refused_at_the_door(client, bid, content):
    assert send(client, bid, content, "Plan.docx").status_code == 200
    assert not Attachment.objects.exists()


def broken(chance: random.Random, good: list[bytes]) -> bytes:
    """A good file with some of it changed, cut, doubled or moved; or chance alone."""
    content = bytearray(chance.choice(good))
    for _times in range(chance.randint(1, 12)):
        place = chance.randrange(len(content) or 1)
        way = chance.randrange(5)
        if way == 0 and content:
            content[place % len(content)] = chance.randrange(256)
        elif way == 1:
            content[place:place] = chance.randbytes(chance.randint(1, 64))
        elif way == 2:
            del content[place : place + chance.randint(1, 400)]
        elif way == 3:
            content += content[place : place + 200]
        else:
            content = content[: place + 1]
    return bytes(content) if chance.random() > 0.05 else chance.randbytes(chance.randint(1, 4000))


def stored(members: dict[str, bytes]) -> bytes:
    """A zip whose members are not packed, so that a change reaches what they say."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.mark.deep
@pytest.mark.django_db
def test_five_hundred_broken_files_are_answered_with_a_sentence_or_taken_and_never_with_a_500(client, bid, clamd):
    chance = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        loose = stored({name: archive.read(name) for name in archive.namelist()})
    good = [PDF, PNG, JPEG, word(), excel(), loose, packed(b"x"), EICAR]
    names = ["Plan.docx", "plan.pdf", "a/../b.png", "‮gpj.exe", "x" * 300, "..pdf", "a\0b.xlsx"]
    answers: dict[int, int] = {}
    for _number in range(FUZZED):
        content = broken(chance, good)
        with transaction.atomic():
            status = send(client, bid, content, chance.choice(names)).status_code
            transaction.set_rollback(True)
        answers[status] = answers.get(status, 0) + 1
    assert set(answers) <= {200, 302}, answers
    assert sum(answers.values()) == FUZZED
    assert answers[200] > FUZZED / 4


def test_the_test_scanner_knows_eicar_by_its_hash_alone(tmp_path):
    settings, socket = prepare(tmp_path / "scanner")
    assert socket.name == "clamd.ctl"
    assert f"LocalSocket {socket}" in settings.read_text(encoding="utf-8")
    said = (tmp_path / "scanner/test.hdb").read_text(encoding="utf-8")
    assert said == "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n"
    _settings, short = prepare(tmp_path / ("long" * 30))
    assert len(str(short)) < 108


def test_without_a_scanner_on_the_machine_it_says_what_to_install(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("shutil.which", lambda *_names, **_options: None)
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="apt-get install clamav-daemon"):
        program()
    assert main() == 1
    assert "apt-get install clamav-daemon" in capsys.readouterr().err
