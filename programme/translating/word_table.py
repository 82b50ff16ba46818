"""A Word table of texts: for who translates without a translation program.

Four columns: the text's name, where it stands, English, Welsh. The side that is asked for is the one to write in;
tracked changes come back as if they were accepted.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from board.word_package import checked_package

from .texts import Direction, Entry
from .units import Unit, note, plain

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTHS = (Cm(3), Cm(4.2), Cm(9.2), Cm(9.2))
SHADE = "E3E9E7"
LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr")}  # what a reader no longer sees


def word_of(entries: Iterable[Entry]) -> bytes:
    """The texts as a landscape document with one table; its first row is repeated on each page."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    document.core_properties.title = _("Texts to translate")
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(_("Texts to translate"), 1)
    document.add_paragraph(
        _("Write in the white column of each row. Leave the others as they are: by them the portal knows the text.")
    )
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    table.autofit = False
    headings = (_("Name"), _("Where it stands"), _("English"), _("Welsh"))
    fill(table.rows[0], [(text, "", True) for text in headings])
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for entry in entries:
        where = f"{note(entry)} ({Direction(entry.target).label})"
        cells = [(entry.key, "", True), (where, "", True)]
        cells += [(entry.en, "en-GB", entry.target != "en"), (entry.cy, "cy-GB", entry.target != "cy")]
        fill(table.add_row(), cells)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def fill(row: Any, cells: list[tuple[str, str, bool]]) -> None:
    """Write each cell, in its language; a shaded one is not for writing."""
    for cell, (text, language, shaded), width in zip(row.cells, cells, WIDTHS, strict=True):
        cell.width = width
        run = cell.paragraphs[0].add_run(plain(text))
        if language:
            mark = OxmlElement("w:lang")
            mark.set(qn("w:val"), language)
            run._r.get_or_add_rPr().append(mark)
        if shaded:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
                shade.set(qn(f"w:{name}"), value)
            cell._tc.get_or_add_tcPr().append(shade)


def read_word(content: bytes) -> list[Unit]:
    """The rows of every table that name a text. Raises ValidationError with a sentence for what is no such file."""
    checked_package(content)
    try:
        document = Document(io.BytesIO(content))
    except (KeyError, ValueError, AttributeError) as error:
        raise ValidationError(_("This is not a Word file (.docx), or it is damaged.")) from error
    return list(rows_of(document))


def rows_of(document: Any) -> Iterator[Unit]:
    for row in document.element.body.iter(qn("w:tr")):
        texts = [said(cell) for cell in row.iter(qn("w:tc"))]
        unit = Unit(texts[0].replace("\n", "").replace(" ", "") if texts else "", "", "")
        if unit.named is None or len(texts) != len(WIDTHS):
            continue
        english, welsh = texts[2], texts[3]
        yield Unit(unit.key, english, welsh) if unit.named[3] == "cy" else Unit(unit.key, welsh, english)


def said(cell: Any) -> str:
    """The words of a cell, a line for each paragraph, without what was deleted."""
    return plain("\n".join("".join(words(paragraph)) for paragraph in cell.iter(qn("w:p"))))


def words(element: Any) -> Iterator[str]:
    for part in element:
        if part.tag in LEFT_OUT:
            continue
        if part.tag == qn("w:t"):
            yield part.text or ""
        elif part.tag in {qn("w:br"), qn("w:cr")}:
            yield "\n"
        elif part.tag == qn("w:tab"):
            yield "\t"
        else:
            yield from words(part)
