"""A bid as a Word file: every question with its answer and its count of words, costs and partners."""

from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.wording import moment, pounds

from .models import Answer, Bid, Section
from .models.costs import CostKind, Funding

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CODES = {"en": "en-GB", "cy": "cy-GB"}


def word_of(bid: Bid) -> bytes:
    """The file, in the page's language; what the councils wrote is marked with the language of the bid."""
    document = Document()
    document.core_properties.title = bid.title
    document.core_properties.language = CODES[page_language()]
    for defaults in document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
        for mark in defaults.findall(qn("w:lang")):
            defaults.remove(mark)
        defaults.append(language_mark(page_language()))
    written(document.add_heading("", 0), bid.title, bid.language)
    document.add_paragraph(f"{bid.reference}. {bid.get_status_display()}. {moment(timezone.now())}")
    section = ""
    for answer in bid.answers_in_order():
        if answer.question.section != section:
            section = answer.question.section
            document.add_heading(str(Section(section).label), 1)
        add_answer(document, answer, bid.language)
    add_costs(document, bid)
    add_partners(document, bid)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def add_answer(document: Any, answer: Answer, language: str) -> None:
    question = answer.question
    document.add_heading(str(question.label), 2)
    if answer.effect:
        document.add_paragraph(answer.get_effect_display())
    for paragraph in answer.text.split("\n") if answer.text else [""]:
        written(document.add_paragraph(), paragraph or ("" if answer.text else _("no answer yet")), language)
    values = {"words": answer.words, "limit": question.word_limit}
    document.add_paragraph(_("Words: %(words)s of %(limit)s") % values, style="Caption")


def add_costs(document: Any, bid: Bid) -> None:
    lines = list(bid.costs.select_related("category", "organisation"))
    if not lines:
        return
    document.add_heading(_("Costs"), 1)
    heads = (_("Financial year"), _("Costs"), _("Council or body"), _("Revenue or capital"), _("Paid by"), _("Amount"))
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for line in lines:
        values = (
            line.year,
            f"{line.category.name}: {line.note}",
            str(line.organisation.name),
            str(CostKind(line.kind).label),
            str(Funding(line.funding).label),
            pounds(line.amount_pence),
        )
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = str(value)


def add_partners(document: Any, bid: Bid) -> None:
    partners = list(bid.partners.select_related("organisation"))
    if not partners:
        return
    document.add_heading(_("Partners"), 1)
    for partner in partners:
        share = pounds(partner.share_pence) if partner.share_pence is not None else _("none given")
        line = f"{partner.organisation.name}: {partner.get_status_display()}. {_('Share of the cost:')} {share}"
        document.add_paragraph(line, style="List Bullet")
        written(document.add_paragraph(), partner.role, bid.language)


def written(paragraph: Any, text: str, language: str) -> None:
    """A run of text with its language, so that it is spelled and read aloud rightly."""
    run = paragraph.add_run(text)
    run._r.get_or_add_rPr().append(language_mark(language))


def language_mark(language: str) -> Any:
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), CODES[language])
    return mark
