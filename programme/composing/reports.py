"""Documents that are composed for whoever asks, and kept by nobody: page, tagged PDF and Word of one content."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from board.cells import table_of
from board.editions import numbered
from board.models import BlockKind
from board.pack_words import Words
from board.packs import table_parts, text_parts
from board.reading import side
from board.word_out import word_of
from fund.models import Round
from organisations.models import Organisation
from projects.models import DeliveryPlan
from training.years import Year
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.pdf import render_pdf
from wlga_portal.kernel.wording import day

from .sections import annual, council, fund, training
from .writing import Composed, Page

NOTHING = {"en": "", "cy": ""}


@dataclass(frozen=True)
class Document:
    """A composed document: its title and blocks, true on `on`."""

    title: Text
    blocks: list[Composed]
    on: date
    demonstration: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """In the form of an edition, for the page, Word and PDF alike."""
        blocks = []
        for block in self.blocks:
            paired = {
                "uid": block.key,
                "kind": block.kind,
                "level": block.level,
                "text": {"en": block.text.en, "cy": block.text.cy},
                "table": table_of(block.cells.en, block.cells.cy) if block.cells.en else None,
            }
            blocks.append(paired)
        title = {"en": self.title.en, "cy": self.title.cy}
        return {
            "board": NOTHING, "purpose": "", "title": title, "summary": NOTHING, "blocks": numbered(blocks),
        }  # fmt: skip

    def word(self, language: str) -> bytes:
        return word_of(self.data, language, authors=[], cleared=[])

    def pdf(self, language: str, *, large: bool = False) -> bytes:
        """Tagged (PDF/UA-1). The same content gives the same bytes."""
        with override(language):
            content = {
                "title": getattr(self.title, language),
                "meta": [(_("True on"), day(self.on))],
                "author": str(settings.PORTAL_NAME),
                "contents": False,
                "cover": False,
                "date": timezone.make_aware(datetime.combine(self.on, time())),
                "blocks": pdf_blocks(self.data, language),
            }
            return render_pdf("document.typ", content, language, large=large)


def pdf_blocks(data: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """The blocks for the PDF, with the numbers that they have on the page."""
    words = Words("doc", {block["anchor"] for block in data["blocks"]})
    found: list[dict[str, Any]] = []
    level = 0
    for block in data["blocks"]:
        said, lang = side(block["text"], language)
        anchor = f"doc-{block['anchor']}"
        if block["kind"] == BlockKind.HEADING:
            level = min(block["level"] - 1, level + 1)  # a writer may have left one out
            found.append({"type": "heading", "level": level, "text": words.line(said, lang), "id": anchor})
        elif block["kind"] in (BlockKind.TABLE, BlockKind.FIGURE):
            found += table_parts(block, words, anchor, language)
        else:
            found += text_parts(block, words, anchor, language, str(block["number"]))
    return found


def annual_report(plan: DeliveryPlan) -> Document:
    """The annual report of a plan's year."""
    on = min(plan.ends, timezone.localdate())
    page = Page(on)
    annual.of_plan(page, plan)
    page.section("training", "Training", "Hyfforddiant")
    training.of_year(page, plan.year, demonstration=plan.is_demo)
    title = Text(f"Annual report {plan.year}", f"Adroddiad blynyddol {plan.year}")
    return Document(title, page.blocks, on, plan.is_demo)


def leaflet(organisation: Organisation) -> Document:
    """A council on two pages."""
    today = timezone.localdate()
    page = Page(today)
    council.council(page, organisation, str(Year.of(today)))
    name = organisation.official_name
    title = Text(f"{name.en} and the digital programme", f"{name.cy} a’r rhaglen ddigidol")
    return Document(title, page.blocks, today)


def round_report(found: Round) -> Document:
    """A round of the fund: as it is published, and how it ran where a source says so."""
    today = timezone.localdate()
    page = Page(today)
    fund.of_round(page, found)
    fund.process(page, found)
    title = Text(f"Report of the round: {found.name.en}", f"Adroddiad y rownd: {found.name.cy}")
    return Document(title, page.blocks, today, found.is_demo)
