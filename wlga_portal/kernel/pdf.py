"""PDF that a screen reader can read: `render_pdf(template, data, language)`, PDF/UA-1 by Typst.

The data of `document.typ`, as Python values (`pdf_blocks` checks them and states their sentences):

    {"title": str, "subtitle": runs, "meta": [(label, runs)], "author": str, "contents": bool, "date": datetime,
     "cover": bool,  # the title and the contents on pages of their own; each page then names its chapter
     "blocks": [
        {"type": "heading", "level": 1, "text": runs, "id": str},
        {"type": "paragraph", "text": runs, "number": "3.1" | run, "id": str},
        {"type": "list", "ordered": bool, "items": [runs | {"text": runs, "ordered": bool, "items": [...]}]},
        {"type": "table", "header": [runs], "rows": [[runs]], "align": ["left" | "right"], "widths": [number],
         "caption": runs},
        {"type": "figure", "image": bytes, "format": "svg" | "png" | "jpg", "alt": str, "caption": runs,
         "width": percent},
        {"type": "recommendation", "number": "1", "text": runs, "id": str},
        {"type": "page_break"}]}

`runs` is a string, or a list of strings and of {"text", "bold", "italic", "link", "lang", "label"}; a link is an
address or the `#id` of a block; a label is drawn bold and stresses nothing.
Only title and blocks must be given. With a "date" the same data gives the same bytes.
"""

import functools
import json
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import typst
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .pdf_blocks import Document, Image, PdfProblem, document

__all__ = ["PdfProblem", "Rendered", "render", "render_pdf"]

FOLDER = Path(__file__).parent / "typst"
UNKNOWN_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


@dataclass(frozen=True)
class Rendered:
    """A finished PDF, and the characters that no font of it has: they stand in it as codes, listed at its end."""

    pdf: bytes
    unprintable: tuple[str, ...] = ()


def render_pdf(template: str, data: Mapping[str, Any], language: str, *, large: bool = False) -> bytes:
    """The document as a tagged PDF/UA-1 in `language` ("en" or "cy"); `large` sets 18 point.

    Raises PdfProblem, whose sentences (in the active language) say what must be put right in the data.
    """
    return render(template, data, language, large=large).pdf


def render(template: str, data: Mapping[str, Any], language: str, *, large: bool = False) -> Rendered:
    """As `render_pdf`, and says which characters could not be printed."""
    checked = document(data)
    with translation.override(language):
        words = labels(checked)
    content = {**checked.content, "language": language, "large": large, "labels": words}
    with tempfile.TemporaryDirectory(prefix="portal-pdf-") as folder:
        write_images(Path(folder), checked.images)
        return compile_until_printable(source(template), content, Path(folder), checked.date or timezone.now())


def labels(checked: Document) -> dict[str, Any]:
    """The words that the template itself prints, in the active language."""
    page = _("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}
    for block in checked.recommendations:
        number = block["number"]
        block["label"] = _("Recommendation %(number)s") % {"number": number} if number else _("Recommendation")
    return {
        "page": page.split("\0"),
        "contents": _("Contents"),
        "table": _("Table"),
        "figure": _("Figure"),
        "unprintable": _("These characters could not be printed; their codes stand in the text in square brackets:"),
    }


def compile_until_printable(template: bytes, content: dict[str, Any], folder: Path, moment: datetime) -> Rendered:
    """Typst names every character that no font has; each becomes its code, and the document is made again."""
    gone: set[str] = set()
    while True:  # each round knows more characters than the last
        listed = sorted(gone)
        shown = {**with_codes(content, gone), "unprintable": [describe(character) for character in listed]}
        try:
            made = typst.Compiler(
                template,
                root=folder,
                font_paths=fonts(),
                sys_inputs={"data": json.dumps(shown, ensure_ascii=False)},
            ).compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(moment.timestamp()))
        except typst.TypstError as error:
            new = unknown_characters(error.diagnostic) - gone
            if not new:
                sentence = _("The document could not be made: %(reason)s") % {"reason": error.message}
                raise PdfProblem([sentence]) from error
            gone |= new
        else:
            return Rendered(cast(bytes, made), tuple(listed))


def unknown_characters(diagnostic: str) -> set[str]:
    """The characters that Typst could not set. A mark that does not fit its letter is to blame, not the letter."""
    found: set[str] = set()
    for text in UNKNOWN_GLYPH.findall(diagnostic):
        found.update(ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text))
    marks = {character for character in found if unicodedata.category(character).startswith("M")}
    return marks or found


def with_codes(value: Any, gone: set[str]) -> Any:
    """The same data with each character of `gone` written as [U+1F600]."""
    match value:
        case str() if gone:
            return value.translate({ord(character): f"[{code(character)}]" for character in gone})
        case list():
            return [with_codes(part, gone) for part in value]
        case dict():
            return {key: with_codes(part, gone) for key, part in value.items()}
    return value


def code(character: str) -> str:
    return f"U+{ord(character):04X}"


def describe(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"{code(character)} {name}".strip()


def write_images(folder: Path, images: list[Image]) -> None:
    for image in images:
        (folder / image.name).write_bytes(image.content)


@functools.cache
def fonts() -> typst.Fonts:
    """Source Sans and the fonts inside Typst: the same on every machine, whatever its system has."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])


@functools.cache
def source(template: str) -> bytes:
    return (FOLDER / Path(template).name).read_bytes()
