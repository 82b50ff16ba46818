"""A Word file as the blocks of a paper: headings, numbered paragraphs, lists, tables, links; and what was left out.

Changes that are tracked count as accepted. What a paper has no place for (footnotes, pictures, text boxes, comments)
is not dropped in silence: `left_out` says each in a sentence, with its words, before anything is taken in.
"""

import io
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from .cells import write_cells
from .models import BlockKind
from .word_package import checked_package
from .word_xml import bare, joined, numbering, parsed, said_by, switched_on

MOST_ROWS, MOST_COLUMNS, MOST_BLOCKS = 300, 20, 2_000
RECOMMENDATIONS = re.compile(r"^(recommendations?|argymhellion|argymhelliad)\b", re.IGNORECASE)
HEADING = re.compile(r"^heading (\d)$")
TYPED_NUMBER = re.compile(r"^(?:(?:Recommendation|Argymhelliad)\s)?\(?\\?\d+(?:\.\d+)*[.):]?\t\s*")
SPECIAL = re.compile(r"([\\`*_\[\]<])")
LIST_MARK = re.compile(r"^(\s*)([-+#>]|\d+[.)])(?=\s)", re.MULTILINE)
FRONT_STYLE, CAPTION_STYLE, ASK_STYLE = "paper front", "caption", "recommendation"
SAID = 120  # how much of what was left out is repeated
# parts of a text that are walked into: accepted insertions, fields, content controls
WITHIN = {qn(f"w:{name}") for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml")}
DROPPED = {qn("w:del"), qn("w:moveFrom")}


@dataclass
class WordPaper:
    """What a Word file says: rows for blocks (kind, level, text, cells) and what was left out, in sentences."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    title: str = ""

    def leave(self, sentence: str, said: str = "") -> None:
        """Say once that this was left out."""
        words = " ".join(said.split())
        short = f"{words[:SAID]}…" if len(words) > SAID else words
        line = f"{sentence} “{short}”" if short else sentence
        if line not in self.left_out:
            self.left_out.append(line)


def read_word(content: bytes) -> WordPaper:
    """Read a .docx. Raises ValidationError with a sentence for what cannot be read, or holds nothing."""
    checked_package(content)
    try:
        document = Document(io.BytesIO(content))
        paper = Reader(document).read()
    except ValidationError:
        raise
    except Exception as error:  # whatever a damaged file makes the library raise, the author gets a sentence
        raise ValidationError(_("The file is damaged: it cannot be read as a Word file.")) from error
    if not paper.blocks:
        raise ValidationError(_("The file holds no text that can be taken in."))
    return paper


class Reader:
    """Walks one document."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.paper = WordPaper()
        self.in_recommendations = False
        self.caption = ""
        self.level = 1  # of the last heading, as Word counts them
        self.notes = {kind: self.notes_of(kind) for kind in ("footnotes", "endnotes", "comments")}

    def notes_of(self, kind: str) -> dict[str, str]:
        """The words of the footnotes, endnotes or comments, by their ids."""
        for relation in self.document.part.rels.values():
            if relation.reltype == getattr(RELATIONSHIP_TYPE, kind.upper()):
                root = parsed(relation.target_part)
                return {str(note.get(qn("w:id"))): said_by(note) for note in root}
        return {}

    def read(self) -> WordPaper:
        for element in self.elements(self.document.element.body):
            if element.tag == qn("w:p"):
                self.paragraph(element)
            elif element.tag == qn("w:tbl"):
                self.table(element)
            if len(self.paper.blocks) > MOST_BLOCKS:
                raise ValidationError(_("The file has more than 2,000 paragraphs: divide it into several papers."))
        for section in self.document.sections:
            for part in (section.header, section.footer):
                said = "" if part.is_linked_to_previous else " ".join(one.text for one in part.paragraphs)
                if said.strip():
                    self.paper.leave(_("The header or footer is left out:"), said)
        if self.caption:
            self.add(BlockKind.PARAGRAPH, self.caption)
        return self.paper

    def elements(self, parent: Any) -> Any:
        """Paragraphs and tables, also those inside content controls."""
        for element in parent:
            if element.tag in WITHIN:
                yield from self.elements(element)
            else:
                yield element

    def add(self, kind: str, text: str, **columns: Any) -> None:
        row = {"kind": str(kind), "level": None, "text": text, "cells": "", "list": False}
        self.paper.blocks.append({**row, **columns})

    # --- Paragraphs -------------------------------------------------------------------------------
    def paragraph(self, element: Any) -> None:
        style = self.style_of(element)
        name = (style.name or "").lower() if style is not None else ""
        text = self.words(element).strip()
        if not text or name == FRONT_STYLE:
            return
        heading = HEADING.match(name)
        if name == "title" and not self.paper.blocks:
            self.paper.title = bare(text)
        elif heading or self.outline(element) is not None:
            self.heading(bare(text), int(heading[1]) if heading else int(self.outline(element) or 0) + 1)
        elif name == CAPTION_STYLE:
            self.captioned(bare(text))
        else:
            self.body(element, style, name, text)

    def heading(self, text: str, level: int) -> None:
        if level > self.level + 1:
            self.paper.leave(_("A level of headings is skipped before this one:"), text)
        if level > 2:
            self.paper.leave(_("A paper has two levels of headings; this one is taken in as the second:"), text)
        self.level = level
        self.in_recommendations = bool(RECOMMENDATIONS.match(text))
        first = not any(one["kind"] == BlockKind.HEADING for one in self.paper.blocks)
        self.add(BlockKind.HEADING, text, level=2 if level == 1 or first else 3)

    def captioned(self, text: str) -> None:
        """The caption of the table above it that has none, else of the one that follows."""
        last = self.paper.blocks[-1] if self.paper.blocks else None
        if last and last["kind"] == BlockKind.TABLE and not last["text"]:
            last["text"] = text
        else:
            self.caption = text

    def body(self, element: Any, style: Any, name: str, text: str) -> None:
        place = numbering(self.document, element, style)
        said = TYPED_NUMBER.sub("", text)
        if name == ASK_STYLE:
            self.add(BlockKind.RECOMMENDATION, said)
        elif place is None or place == ("number", 0):
            # below a heading that says so, what is numbered is a recommendation
            numbered = place is not None or said != text
            asks = self.in_recommendations and numbered
            self.add(BlockKind.RECOMMENDATION if asks else BlockKind.PARAGRAPH, said)
        else:
            self.item(said, *place)

    def item(self, text: str, kind: str, level: int) -> None:
        """A line of a list: it belongs to the paragraph above it."""
        depth = level - 1 if kind == "number" else level
        mark = "1." if kind == "number" else "-"
        line = f"{'   ' * max(0, depth)}{mark} {text.replace(chr(10), ' ')}"
        last = self.paper.blocks[-1] if self.paper.blocks else None
        if last and last["kind"] in (BlockKind.PARAGRAPH, BlockKind.RECOMMENDATION):
            last["text"] += f"\n{line}" if last["list"] else f"\n\n{line}"
            last["list"] = True
        else:
            self.add(BlockKind.PARAGRAPH, line, list=True)

    # --- What a paragraph is ----------------------------------------------------------------------
    def style_of(self, element: Any) -> Any:
        found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        wanted = found.get(qn("w:val")) if found is not None else None
        return next((style for style in self.document.styles if style.style_id == wanted), None) if wanted else None

    def outline(self, element: Any) -> int | None:
        found = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        level = int(found.get(qn("w:val"), "9")) if found is not None else 9
        return level if level < 9 else None

    # --- Words ------------------------------------------------------------------------------------
    def words(self, element: Any) -> str:
        """The Markdown of a paragraph; what has no place in it is noted."""
        parts: list[tuple[str, str]] = []  # (mark, words): neighbours with the same mark are one
        self.collect(element, parts, "")
        text = ""
        for mark, said in joined(parts):
            inner = said.strip()
            start, end = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
            text += f"{start}{mark}{inner}{mark}{end}" if mark and inner else said
        return LIST_MARK.sub(r"\1\\\2", text)

    def collect(self, element: Any, parts: list[tuple[str, str]], mark: str) -> None:
        for child in element:
            if child.tag in DROPPED:
                self.paper.leave(_("A change was tracked: what it deletes is left out:"), said_by(child))
            elif child.tag in WITHIN:
                if child.tag == qn("w:ins"):
                    self.paper.leave(_("A change was tracked: what it adds is taken in:"), said_by(child))
                self.collect(child, parts, mark)
            elif child.tag == qn("w:hyperlink"):
                parts.append(("", self.link(child)))
            elif child.tag == qn("w:r"):
                self.run(child, parts)
            elif child.tag in {qn("m:oMath"), qn("m:oMathPara")}:
                self.paper.leave(_("A formula is left out:"), "".join(child.itertext()))

    def link(self, element: Any) -> str:
        inner: list[tuple[str, str]] = []
        self.collect(element, inner, "")
        said = "".join(words for _mark, words in inner)
        relation = self.document.part.rels.get(element.get(qn("r:id"), ""))
        address = relation.target_ref if relation is not None and relation.is_external else ""
        if not re.match(r"(https?://|mailto:)", address, re.IGNORECASE):
            return said
        return f"[{said}]({address.replace(' ', '%20').replace('(', '%28').replace(')', '%29')})"

    def run(self, element: Any, parts: list[tuple[str, str]]) -> None:
        properties = element.find(qn("w:rPr"))
        mark = "".join(sign for name, sign in (("b", "**"), ("i", "*")) if switched_on(properties, name))[:2]
        for child in element:
            name = child.tag.rpartition("}")[2]
            if name == "t":
                parts.append((mark, SPECIAL.sub(r"\\\1", child.text or "")))
            elif name in {"tab", "br", "cr", "noBreakHyphen"}:
                parts.append(("", {"tab": "\t", "noBreakHyphen": "-"}.get(name, "\n")))
            elif name in {"footnoteReference", "endnoteReference", "commentReference"}:
                self.note(name.removesuffix("Reference"), str(child.get(qn("w:id"))))
            elif name in {"drawing", "pict", "object", "AlternateContent"}:
                self.drawing(child)

    def note(self, kind: str, number: str) -> None:
        sentence = {
            "footnote": _("A footnote is left out:"),
            "endnote": _("An endnote is left out:"),
            "comment": _("A comment is left out:"),
        }[kind]
        self.paper.leave(sentence, self.notes[f"{kind}s"].get(number, ""))

    def drawing(self, element: Any) -> None:
        boxes = [said_by(box) for box in element.iter(qn("w:txbxContent"))]
        if boxes:
            self.paper.leave(_("A text box is left out:"), boxes[0])
            return
        names = (one.get("descr") or one.get("title") or "" for one in element.iter() if one.tag == qn("wp:docPr"))
        self.paper.leave(_("A picture or drawing is left out."), next(names, ""))

    # --- Tables -----------------------------------------------------------------------------------
    def table(self, element: Any) -> None:
        rows, merged = [], False
        for line in element.findall(qn("w:tr")):
            cells: list[str] = []
            for cell in self.elements(line):
                if cell.tag == qn("w:tc"):
                    said, wide, continued = self.cell(cell)
                    merged = merged or wide > 1 or continued
                    cells += [said, *[""] * (wide - 1)]
            rows.append(cells)
        caption, self.caption = self.caption, ""
        width = max((len(row) for row in rows), default=0)
        first = " | ".join(rows[0]) if rows else ""
        if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
            sentence = _("A table of %(rows)s rows and %(columns)s columns is too large for a paper, and is left out:")
            self.paper.leave(sentence % {"rows": len(rows), "columns": width}, first)
            return
        if merged:
            self.paper.leave(_("A table has merged cells: each part is a cell of its own now, some are empty:"), first)
        if len(rows) < 2:
            for said in rows[0] if rows else []:
                if said:
                    self.add(BlockKind.PARAGRAPH, said)
            return
        if not caption:
            self.paper.leave(_("A table has no caption: write one:"), first)
        rows[0] = [bare(said) for said in rows[0]]
        cells_text = write_cells([[*row, *[""] * (width - len(row))] for row in rows])
        self.add(BlockKind.TABLE, caption, cells=cells_text)

    def cell(self, element: Any) -> tuple[str, int, bool]:
        """A cell's words on one line, how many columns it spans, whether it continues the one above."""
        wide = element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        tall = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        continued = tall is not None and tall.get(qn("w:val")) != "restart"
        if element.find(f".//{qn('w:tbl')}") is not None:
            self.paper.leave(_("A table within a table is taken in as words:"), said_by(element))
        said = " ".join(self.words(one) for one in element.iter(qn("w:p")))
        span = int(wide.get(qn("w:val"), "1")) if wide is not None else 1
        return " ".join(said.split()), min(span, MOST_COLUMNS + 1), continued
