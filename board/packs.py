"""The pack of a meeting: all its papers that somebody may read, as the data of one tagged PDF, and its key.

The pack is always built whole from its sources: PDFs that are merged lose their tags.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from wlga_portal.kernel.pdf import render_pdf
from wlga_portal.kernel.wording import day

from .implications import stated_in
from .models import AgendaItem, BlockKind, Edition, Meeting, Paper, Purpose
from .pack_words import Words
from .reading import credited, number_columns, purpose_label, shown, side, text_of
from .wording import place_label, times_of

FORMAT = 1  # of what a pack looks like: another number makes all of them anew


@dataclass(frozen=True)
class Contents:
    """What a pack holds: the agenda as everybody sees it, and these editions, in the order of their papers."""

    meeting: Meeting
    items: Sequence[AgendaItem]
    editions: Sequence[Edition]

    @property
    def restricted(self) -> bool:
        """Whether it holds a paper that is not for everybody."""
        return any(one.paper.agenda_item and one.paper.agenda_item.restricted for one in self.editions)

    def key(self, language: str, *, large: bool) -> str:
        """The hash of all that the pack says, in what form, and whether it is for everybody."""
        meeting = self.meeting
        facts = [
            FORMAT, language, large, self.restricted, meeting.pk, str(meeting.date), str(meeting.starts_at),
            str(meeting.ends_at),
            [meeting.title.en, meeting.title.cy, meeting.place.en, meeting.place.cy],
            [
                [item.position, item.title.en, item.title.cy, item.kind, item.minutes, item.restricted,
                 item.reason.en, item.reason.cy]
                for item in self.items
            ],
            [[one.sha256, one.paper.number, one.paper.agenda_item_id, one.paper.slug_en, one.paper.slug_cy]
             for one in self.editions],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def contents_for(user: Any, meeting: Meeting) -> Contents:
    """What this person's pack of the meeting holds: the latest editions of the papers that they may read."""
    return contents_with(meeting, Edition.objects.readable(user).filter(paper__meeting=meeting))


def contents_of(meeting: Meeting, editions: Sequence[int]) -> Contents:
    """The same from the ids of editions, for the worker: those of them that are still the latest of their papers."""
    return contents_with(meeting, Edition.objects.standing().filter(pk__in=editions))


def contents_with(meeting: Meeting, editions: Any) -> Contents:
    latest = editions.current().select_related("paper__agenda_item", "paper__board").defer("content")
    return Contents(
        meeting,
        list(meeting.items.order_by("position")),
        list(latest.order_by("paper__number", "pk")),
    )


def pack_data(contents: Contents, language: str, *, at: datetime) -> dict[str, Any]:
    """The whole document. The active language must be `language`."""
    meeting = contents.meeting
    whole = {one.pk: one for one in Edition.objects.in_bulk([one.pk for one in contents.editions]).values()}
    papers = [paper_blocks(one.paper, whole[one.pk], language) for one in contents.editions]
    meta = [(_("Date"), day(meeting.date))]
    meta += [(_("Time"), times_of(meeting))] if meeting.starts_at else []
    meta += [(_("Place"), str(meeting.place))] if meeting.place else []
    meta += [(_("Papers"), str(len(papers)))]
    if contents.restricted:
        meta.append((_("Restricted"), _("This pack holds restricted papers. It is for you alone: do not pass it on.")))
    return {
        "title": str(meeting),
        "subtitle": str(meeting.board.name),
        "meta": meta,
        "author": str(settings.PORTAL_NAME),
        "contents": True,
        "cover": True,
        "date": at,
        "blocks": [*agenda_blocks(contents), *(block for blocks in papers for block in blocks)],
    }


def agenda_blocks(contents: Contents) -> list[dict[str, Any]]:
    """The agenda; each item leads to its papers. A restricted item says its reason, as it does everywhere."""
    found: list[dict[str, Any]] = [{"type": "heading", "level": 1, "text": _("Agenda"), "id": "agenda"}]
    for item in contents.items:
        said = [{"text": str(item.title), "label": True}]
        facts = [str(Purpose(item.kind).label)] if item.kind else []
        facts += (
            [ngettext("%(minutes)s minute", "%(minutes)s minutes", item.minutes) % {"minutes": item.minutes}]
            if item.minutes
            else []
        )
        if facts:
            said.append({"text": f" ({', '.join(facts)})"})
        found.append({"type": "paragraph", "number": str(item.position), "text": said})
        if item.restricted:
            found.append({"type": "paragraph", "text": f"{_('Restricted')}: {item.reason}"})
        own = [one.paper for one in contents.editions if one.paper.agenda_item_id == item.pk]
        if own:
            entries = [[{"text": paper_name(paper), "link": f"#{place_of(paper)}"}] for paper in own]
            found.append({"type": "list", "items": entries})
    return found


def place_of(paper: Paper) -> str:
    return f"paper{paper.number}-{paper.pk}"


def paper_name(paper: Paper) -> str:
    return f"{_('Paper %(number)s') % {'number': paper.number}}: {paper.said}"


def paper_blocks(paper: Paper, edition: Edition, language: str) -> list[dict[str, Any]]:
    """One paper: its name, what it asks, who wrote it, its text with the numbers that it has on its page."""
    data, place = edition.data, place_of(paper)
    words = Words(place, {block["anchor"] for block in data["blocks"]})
    said = text_of(data, "title")
    title = f"{_('Paper %(number)s') % {'number': paper.number}}: {said}"
    url = f"{settings.BASE_URL}{paper.get_absolute_url()}"
    found: list[dict[str, Any]] = [
        {"type": "page_break"},
        {"type": "heading", "level": 1, "text": title, "id": place},
    ]
    if paper.agenda_item and paper.agenda_item.restricted:
        found.append({"type": "paragraph", "text": [{"text": _("Restricted"), "label": True}]})
    asks = [block for block in data["blocks"] if block["kind"] == BlockKind.RECOMMENDATION]
    found.append({"type": "heading", "level": 2, "text": _("What is asked")})
    found.append({"type": "paragraph", "text": purpose_label(data) or _("not published")})
    if asks:
        label = {block["anchor"]: place_label("recommendation", block["number"]) for block in asks}
        entries = [
            [{"text": label[block["anchor"]], "link": f"#{place}-{block['anchor']}"}, ": ",
             *words.line(*side(block["text"], language))]
            for block in asks
        ]  # fmt: skip
        found.append({"type": "list", "items": entries})
    facts = [(_("Summary"), str(text_of(data, "summary")))]
    facts += [(_("Authors"), ", ".join(str(name) for name in credited(data, "authors")))]
    facts += [(_("Cleared by"), ", ".join(str(name) for name in credited(data, "cleared_by")))]
    facts += [(_("Edition"), f"{edition.number}, {day(edition.published_at)}")]
    found += [
        {"type": "paragraph", "text": [{"text": f"{label}: ", "label": True}, text]} for label, text in facts if text
    ]
    page = [{"text": f"{_('On the portal')}: ", "label": True}, {"text": url, "link": url}]
    found.append({"type": "paragraph", "text": page})
    found += implications_blocks(data)
    found.append({"type": "heading", "level": 2, "text": pgettext("of a paper in a pack", "The paper")})
    level = 2
    for block in data["blocks"]:
        if block["kind"] == BlockKind.HEADING:
            level = min(block["level"] + 1, level + 1)
        found += block_parts(block, words, paper, url, language, level)
    return found


def implications_blocks(data: dict[str, Any]) -> list[dict[str, Any]]:
    """What the paper says of its implications, as its page does."""
    found: list[dict[str, Any]] = []
    for one in stated_in(data):
        none = f"{pgettext('implication', 'None, because')} " if one.none else ""
        said = [{"text": f"{one.label}: ", "label": True}, f"{none}{one.text}"]
        found.append({"type": "paragraph", "text": said})
    return [{"type": "heading", "level": 2, "text": _("Implications")}, *found] if found else []


def block_parts(
    block: dict[str, Any], words: Words, paper: Paper, url: str, language: str, level: int
) -> list[dict[str, Any]]:
    """A block of the paper as parts of the pack. "3.12" is paragraph 12 of paper 3, and leads to it on the portal."""
    said, lang = side(block["text"], language)
    anchor = f"{words.prefix}-{block['anchor']}"
    if block["kind"] == BlockKind.HEADING:
        return [{"type": "heading", "level": level, "text": words.line(said, lang), "id": anchor}]
    if block["kind"] in (BlockKind.TABLE, BlockKind.FIGURE):
        return table_parts(block, words, anchor, language)
    number = {"text": f"{paper.number}.{block['number']}", "link": f"{url}#{block['anchor']}"}
    return text_parts(block, words, anchor, language, number)


def text_parts(block: dict[str, Any], words: Words, anchor: str, language: str, number: Any) -> list[dict[str, Any]]:
    """The paragraphs and lists of a block, its number before the first; a recommendation has its own."""
    parts = words.blocks(*side(block["text"], language)) or [{"type": "paragraph", "text": "–"}]
    if parts[0]["type"] != "paragraph":
        parts.insert(0, {"type": "paragraph", "text": ""})
    parts[0]["id"] = anchor
    if block["kind"] == BlockKind.RECOMMENDATION:
        parts[0] |= {"type": "recommendation", "number": str(block["number"])}
    else:
        parts[0]["number"] = number
    return parts


def table_parts(block: dict[str, Any], words: Words, anchor: str, language: str) -> list[dict[str, Any]]:
    """A table, or a figure with its data below it."""
    caption = words.line(*side(block["text"], language))
    name = place_label(block["kind"], block["number"])
    table = block["table"] or {"columns": [], "rows": []}
    chart = shown(block, language).chart
    found: list[dict[str, Any]] = [
        {"type": "paragraph", "text": [{"text": f"{name}: ", "label": True}, *caption], "id": anchor}
    ]
    if chart is not None:
        found.append({"type": "figure", "image": str(chart.picture), "format": "svg", "alt": chart.sentence})
        found.append({"type": "paragraph", "text": chart.sentence})
    numbers = number_columns(table, language)
    header = [words.line(*side(cell, language)) or [{"text": "–"}] for cell in table["columns"]]
    if header:
        rows = [[words.line(*side(cell, language)) or [{"text": ""}] for cell in row] for row in table["rows"]]
        align = ["right" if index in numbers else "left" for index in range(len(header))]
        found.append({"type": "table", "header": header, "rows": rows, "align": align})
    return found


def moment_of(contents: Contents) -> datetime:
    """The time that the file bears, of its latest edition or else of the meeting: the same pack is the same bytes."""
    dates = [one.published_at for one in contents.editions]
    midnight = timezone.make_aware(datetime.combine(contents.meeting.date, time()))
    return max(dates) if dates else midnight


def pack_pdf(contents: Contents, language: str, *, large: bool) -> bytes:
    """The pack as a tagged PDF in this language, whatever the page's is. Raises PdfProblem."""
    with override(language):
        data = pack_data(contents, language, at=moment_of(contents))
        return render_pdf("document.typ", data, language, large=large)
