"""Uploaded documents: what a file is, found from its content, and a look inside those that are zip files.

A name or a browser's word for the type counts for nothing. A Word or Excel file is a zip: its members are looked at by
name and by the size that they say and the size that they have, so that no small file unpacks into a huge one, and no
program or macro comes along.
"""

import hashlib
import lzma
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .file_types import type_of

# the kinds of file that are taken: their ending, and the type that they are sent as
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
KINDS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "png": "PNG", "jpg": "JPEG"}
PLAIN = {CONTENT_TYPES[kind]: kind for kind in ("pdf", "png", "jpg")}
MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}  # the member that makes a zip the one or the other
# what reading a zip raises whose bytes are not what they say
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError, OSError, EOFError,
    ValueError, KeyError,
)  # fmt: skip
HEAD = 4096  # bytes that the library of types reads
MOST_MEMBERS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024  # bytes of all members together
MOST_EXPANSION = 200  # times the size of the file
PIECE = 256 * 1024
# what has no place in a document: programs, scripts, macros, and further archives
REFUSED = {
    ".exe", ".dll", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".jar", ".msi", ".scr",
    ".lnk", ".sh", ".zip", ".rar", ".7z", ".iso",
}  # fmt: skip
MACROS = "vbaproject.bin"
ZIPS = {"application/zip", "application/octet-stream", CONTENT_TYPES["docx"], CONTENT_TYPES["xlsx"]}


def kind_of(content: IO[bytes]) -> str:
    """What the file is: a key of KINDS. Raises ValidationError with a sentence for any other kind, or a harmful one."""
    content.seek(0)
    found = type_of(content.read(HEAD))
    content.seek(0)
    kind = PLAIN.get(found) or (document_of(content) if found in ZIPS else "")
    content.seek(0)
    if not kind:
        raise ValidationError(
            _("Choose a PDF, a Word document (.docx), an Excel workbook (.xlsx), or a picture (PNG or JPEG)."),
            code="kind",
        )
    return kind


def document_of(content: IO[bytes]) -> str:
    """A Word or Excel file, looked at inside; '' for any other zip. Raises ValidationError for a harmful one."""
    try:
        with zipfile.ZipFile(content) as archive:
            members = archive.infolist()
            kind = next((MAIN[one.filename] for one in members if one.filename in MAIN), "")
            if kind:
                look_inside(archive, members, packed=content.seek(0, 2))
    except BROKEN_ZIP:
        return ""
    return kind


def look_inside(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], *, packed: int) -> None:
    """Names first, then every member is unpacked and counted, whatever size it says that it has."""
    names = [PurePosixPath(one.filename.lower()) for one in members]
    if any(name.suffix in REFUSED for name in names):
        raise ValidationError(_("The document holds a program or an archive. Send it without."), code="program")
    if any(name.name == MACROS for name in names):
        raise ValidationError(_("The document holds macros. Save it without macros and send that."), code="macros")
    most = min(MOST_UNPACKED, max(packed, PIECE) * MOST_EXPANSION)
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > most:
        raise too_much()
    unpacked = 0
    for one in members:
        with archive.open(one) as member:
            while piece := member.read(PIECE):
                unpacked += len(piece)
                if unpacked > most:
                    raise too_much()


def too_much() -> ValidationError:
    return ValidationError(_("The document unpacks into far more than it should. Save it again and send that."), "bomb")


def sha256_of(content: Any) -> str:
    """The hash of an open file of bytes."""
    content.seek(0)
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()
