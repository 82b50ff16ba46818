"""Whether a file is a Word file that can be opened without harm: looked at before any of its XML is read."""

import io
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wlga_portal.kernel.uploads import BROKEN_ZIP

LARGEST = 20 * 1024 * 1024  # bytes of the file
LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST_PART = 40 * 1024 * 1024
MOST_PARTS = 2_000
MOST_RATIO = 200  # how much larger a part of some size may become: text packs about ten times
OLD_WORD = b"\xd0\xcf\x11\xe0"  # .doc, and a .docx with a password
MAIN = "word/document.xml"


def checked_package(content: bytes) -> None:
    """Raises ValidationError with a sentence for what is no Word file, or unpacks to too much."""
    if len(content) > LARGEST:
        raise ValidationError(_("The file is too large: at most 20 MB."))
    if content.startswith(OLD_WORD):
        raise ValidationError(_("This is an old Word file, or one with a password. Save it as .docx without one."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if MAIN not in names or "[Content_Types].xml" not in names:
                raise ValidationError(_("This is not a Word file (.docx)."))
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise ValidationError(_("The file holds macros. Save it as .docx without them."))
            if any(part.flag_bits & 1 for part in parts):
                raise ValidationError(_("The file is protected by a password. Save it without one."))
            refuse_bomb(parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    head = package.open(part).read(4096)
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise ValidationError(_("The file holds what no Word file holds, and is not opened."))
    except BROKEN_ZIP as error:
        raise ValidationError(_("This is not a Word file (.docx), or it is damaged.")) from error


def refuse_bomb(parts: list[zipfile.ZipInfo]) -> None:
    """By what the file says of itself; the reader of zip files gives no more than that."""
    whole = sum(part.file_size for part in parts)
    swollen = any(part.file_size > 1_000_000 and part.file_size > MOST_RATIO * part.compress_size for part in parts)
    too_large = whole > LARGEST_UNPACKED or any(part.file_size > LARGEST_PART for part in parts)
    if swollen or too_large or len(parts) > MOST_PARTS:
        raise ValidationError(_("The file unpacks to far more than a paper holds, and is not opened."))
