"""A paper as a Word file in one language: the ask first, numbered paragraphs, real headings, lists, tables and links.

What this writes, `word_in` reads again as the same blocks.
"""

import io
import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from markdown_it import MarkdownIt
from markdown_it.token import Token

from wlga_portal.kernel.bilingual import Text

from .implications import stated_in
from .markup import NOT_WITHIN_A_BLOCK
from .models import BlockKind, Purpose
from .reading import side

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FRONT, ASK = "Paper front", "Recommendation"
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
parser = MarkdownIt("commonmark", {"html": False}).disable(NOT_WITHIN_A_BLOCK)


def word_of(data: dict[str, Any], language: str, *, authors: Iterable[Text], cleared: Iterable[Text]) -> bytes:
    """The bytes of the .docx; `authors` and `cleared` are the names that the data holds as ids."""
    with override(language):
        writer = Writer(language)
        writer.front(data, [str(one) for one in authors], [str(one) for one in cleared])
        for block in data["blocks"]:
            writer.block(block)
        writer.implications(data)
        return writer.bytes()


class Writer:
    """Writes one document."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.document = Document()
        styles = self.document.styles
        styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(11)
        for name in (FRONT, ASK):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        styles[ASK].paragraph_format.left_indent = Cm(0.8)
        spoken = "cy-GB" if language == "cy" else "en-GB"
        for one in styles.element.iter(qn("w:lang")):
            one.set(qn("w:val"), spoken)
        self.document.core_properties.language = spoken

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def say(self, text: dict[str, str]) -> str:
        return NOT_IN_XML.sub("", side(text, self.language)[0])

    # --- Front ------------------------------------------------------------------------------------
    def front(self, data: dict[str, Any], authors: list[str], cleared: list[str]) -> None:
        """Title, what is asked, who wrote and cleared it; `word_in` passes over all but the title."""
        title = self.say(data["title"])
        self.document.core_properties.title = title
        self.document.add_paragraph(title, style="Title")
        lines = [
            (_("Board"), self.say(data["board"])),
            (_("Purpose"), str(Purpose(data["purpose"]).label) if data["purpose"] else ""),
            (_("Summary"), self.say(data["summary"])),
            (_("Authors"), ", ".join(authors)),
            (_("Cleared by"), ", ".join(cleared)),
        ]
        for label, said in lines:
            if said:
                self.labelled(label, said)
        asked = [block for block in data["blocks"] if block["kind"] == BlockKind.RECOMMENDATION]
        if asked:
            self.labelled(_("What is asked"), "")
            for block in asked:
                self.markdown(f"{block['number']}. ", self.say(block["text"]), FRONT)

    def labelled(self, label: str, said: str) -> None:
        paragraph = self.document.add_paragraph(style=FRONT)
        paragraph.add_run(f"{label}: " if said else label).bold = True
        paragraph.add_run(said)

    def implications(self, data: dict[str, Any]) -> None:
        stated = stated_in(data)
        if stated:
            self.labelled(_("Implications"), "")
        for one in stated:
            none = f"{pgettext('implication', 'None, because')} " if one.none else ""
            self.labelled(one.label, NOT_IN_XML.sub("", f"{none}{one.text}"))

    # --- Blocks -----------------------------------------------------------------------------------
    def block(self, block: dict[str, Any]) -> None:
        said = self.say(block["text"])
        if block["kind"] == BlockKind.HEADING:
            self.document.add_heading(self.plain(said), level=block["level"] - 1)
        elif block["kind"] in (BlockKind.TABLE, BlockKind.FIGURE):
            self.table(block, said)
        elif block["kind"] == BlockKind.RECOMMENDATION:
            label = _("Recommendation %(number)s") % {"number": block["number"]}
            self.markdown(f"{label}\t", said, ASK)
        else:
            self.markdown(f"{block['number']}.\t", said, "Normal")

    def table(self, block: dict[str, Any], caption: str) -> None:
        rows = [block["table"]["columns"], *block["table"]["rows"]]
        self.document.add_paragraph(self.plain(caption), style="Caption")
        width = max(len(row) for row in rows)
        if not width:
            return
        table = self.document.add_table(rows=0, cols=width, style="Table Grid")
        for index, row in enumerate(rows):
            cells = table.add_row().cells
            for cell, said in zip(cells, row, strict=False):
                self.inline(cell.paragraphs[0], parser.parseInline(self.say(said)), bold=not index)
        header = table.rows[0]._tr.get_or_add_trPr()
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        header.append(repeated)
        self.document.add_paragraph(style=FRONT)

    def plain(self, text: str) -> str:
        """One line without Markdown."""
        tokens = [child for token in parser.parseInline(" ".join(text.split())) for child in token.children or []]
        return "".join(token.content for token in tokens)

    def markdown(self, label: str, text: str, style: str) -> None:
        """The paragraphs and lists of a block; the label begins the first."""
        lists: list[str] = []
        first = True
        for token in parser.parse(text) or [Token("inline", "", 0)]:
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                lists.append("List Bullet" if token.type.startswith("bullet") else "List Number 2")
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                lists.pop()
            elif token.type == "inline":
                paragraph = self.document.add_paragraph(style=self.list_style(lists) if lists else style)
                if first:
                    paragraph.add_run(label)
                first = False
                self.inline(paragraph, [token])

    def list_style(self, lists: list[str]) -> str:
        deep = min(len(lists), 3)
        return lists[-1] if deep == 1 else f"List {'Bullet' if 'Bullet' in lists[-1] else 'Number'} {deep}"

    def inline(self, paragraph: Any, tokens: Iterable[Token], *, bold: bool = False) -> None:
        """Words with emphasis and links, as runs."""
        strong, em, link = int(bold), 0, None
        for token in (child for one in tokens for child in one.children or []):
            if token.type in {"strong_open", "strong_close"}:
                strong += 1 if token.type == "strong_open" else -1
            elif token.type in {"em_open", "em_close"}:
                em += 1 if token.type == "em_open" else -1
            elif token.type == "link_open":
                link = self.hyperlink(paragraph, str(token.attrs.get("href", "")))
            elif token.type == "link_close":
                link = None
            elif token.type in {"text", "softbreak", "hardbreak", "code_inline"}:
                run = paragraph.add_run(token.content or (" " if token.type == "softbreak" else "\n"))
                run.bold, run.italic = strong > 0 or None, em > 0 or None
                if link is not None:
                    run.font.underline = True
                    link.append(run._r)

    def hyperlink(self, paragraph: Any, address: str) -> Any:
        relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        paragraph._p.append(link)
        return link
