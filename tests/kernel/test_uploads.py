"""What a file is comes from its content; a look inside those that are zip files."""

import io
import zipfile
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from wlga_portal.kernel import uploads
from wlga_portal.kernel.uploads import kind_of, sha256_of

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def word() -> bytes:
    target = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("A plan")
    document.save(target)
    return target.getvalue()


def excel() -> bytes:
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def zipped(members: dict[str, Any], content: bytes = b"") -> bytes:
    """A zip of these members, beside those of `content`."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "pdf"), (PNG, "png"), (JPEG, "jpg"), (word(), "docx"), (excel(), "xlsx")]
)
def test_the_kind_is_found_from_the_content(content, kind):
    target = io.BytesIO(content)
    assert kind_of(target) == kind
    assert target.tell() == 0
    assert len(sha256_of(target)) == 64


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program", b"<html><script>", b"", b"PK\x03\x04 cut off", zipped({"notes.txt": "a zip"}),
        b"plain",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    ],
    ids=["program", "html", "empty", "broken zip", "other zip", "text", "svg"],
)  # fmt: skip
def test_any_other_kind_is_refused_with_a_sentence(content):
    with pytest.raises(ValidationError, match="Choose a PDF, a Word document"):
        kind_of(io.BytesIO(content))


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        ("word/embeddings/setup.EXE", "holds a program"),
        ("word/more.zip", "holds a program"),
        ("word/vbaProject.bin", "holds macros"),
    ],
)
def test_a_document_with_a_program_or_macros_is_refused(member, sentence):
    with pytest.raises(ValidationError, match=sentence):
        kind_of(io.BytesIO(zipped({member: b"x"}, word())))


def test_a_document_that_unpacks_into_too_much_is_refused(monkeypatch):
    with pytest.raises(ValidationError, match="unpacks into far more"):
        kind_of(io.BytesIO(zipped({"word/media/a.bin": b"\0" * 60_000_000}, word())))
    monkeypatch.setattr(uploads, "MOST_MEMBERS", 3)
    with pytest.raises(ValidationError, match="unpacks into far more"):
        kind_of(io.BytesIO(word()))


def test_a_size_that_a_member_only_claims_is_not_believed(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 50_000)
    content = zipped({"word/document.xml": b"x" * 100_000})
    archive = zipfile.ZipFile(io.BytesIO(content))
    told: Any = [SimpleNamespace(filename=one.filename, file_size=1) for one in archive.infolist()]
    monkeypatch.setattr(archive, "open", lambda one: io.BytesIO(b"x" * 100_000))
    with pytest.raises(ValidationError, match="unpacks into far more"):
        uploads.look_inside(archive, told, packed=len(content))
