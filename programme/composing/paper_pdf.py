"""A composed paper as a tagged PDF in one language: an edition of it, or its draft."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from board.models import Edition, Paper
from board.reading import credited, draft_data, text_of
from wlga_portal.kernel.pdf import render_pdf
from wlga_portal.kernel.wording import day

from .reports import pdf_blocks


def paper_pdf(paper: Paper, edition: Edition | None, language: str) -> bytes:
    """The whole paper after its front (PDF/UA-1), whatever the page's language is. Without an edition: the draft."""
    data = edition.data if edition else draft_data(paper)
    with override(language):
        content = {
            "title": str(text_of(data, "title")),
            "subtitle": str(text_of(data, "board")),
            "meta": front_of(data, paper, edition),
            "author": str(settings.PORTAL_NAME),
            "contents": True,
            "cover": False,
            "date": edition.published_at if edition else timezone.make_aware(datetime.combine(dated(paper), time())),
            "blocks": [{"type": "paragraph", "text": one} for one in [str(text_of(data, "summary"))] if one]
            + pdf_blocks(data, language),
        }
        return render_pdf("document.typ", content, language)


def dated(paper: Paper) -> Any:
    return paper.dated or timezone.localdate()


def front_of(data: dict[str, Any], paper: Paper, edition: Edition | None) -> list[tuple[str, Any]]:
    """Who wrote and cleared it, of which day it is, and which edition, or that it is none."""

    def names(part: str) -> str:
        return ", ".join(str(one) for one in credited(data, part))

    state = f"{edition.number}, {day(edition.published_at)}" if edition else _("Draft, not published")
    restricted = paper.agenda_item is not None and paper.agenda_item.restricted
    address = f"{settings.BASE_URL}{paper.get_absolute_url()}"
    facts: list[tuple[str, Any]] = [
        (_("Authors"), names("authors")),
        (_("Cleared by"), names("cleared_by")),
        (_("Date of the paper"), str(day(paper.dated)) if paper.dated else ""),
        (_("Edition"), state),
        (_("Restricted"), _("This paper is for you alone: do not pass it on.") if restricted else ""),
        (_("On the portal"), [{"text": address, "link": address}]),
    ]
    return [(label, text) for label, text in facts if text]
