"""Reading papers: the list, a paper, its editions, and an edition as data."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from board.editions import latest
from board.filters import PaperFilter, WorkFilter
from board.finders import find_edition_read, find_reading
from board.implications import stated_in
from board.models import Edition, Paper, Withdrawal
from board.reader import reader_context
from board.reading import credited, draft_data, frozen_reading, purpose_label, read, text_of
from board.reviewing import unreviewed
from board.rules import drafts_read, paper_work
from board.states import PaperStatus
from board.tables import PaperTable, WorkTable, status_tag
from board.views.withdrawals import tombstone_data
from board.wording import cleared_text, edition_text, link_to, listed
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_languages
from wlga_portal.kernel.tables import list_page


@screen(public=True, methods=("GET", "HEAD"))
def paper_list(request: HttpRequest) -> HttpResponse:
    """What is published, as far as this person may see it."""
    papers = Paper.objects.visible_to(request.user).published().with_place().with_said().latest_first()
    return list_page(
        request,
        queryset=papers,
        table=PaperTable,
        filterset=PaperFilter,
        template="board/paper_list.html",
        works=drafts_read(request.user),
    )


@screen(may=drafts_read, methods=("GET", "HEAD"))
def paper_drafts(request: HttpRequest) -> HttpResponse:
    """What is in preparation, for those who work on it."""
    papers = Paper.objects.worked_on_by(request.user).in_preparation().with_place().with_authors()
    return list_page(
        request,
        queryset=papers.order_by("meeting__date", "number", "pk"),
        table=WorkTable,
        filterset=WorkFilter,
        template="board/paper_drafts.html",
        panels=panels_for("board.drafts", request, None),
    )


@screen(public=True, find=find_reading, methods=("GET", "HEAD"))
def paper_page(request: HttpRequest, paper: Paper | Withdrawal) -> HttpResponse:
    """The latest edition; for those who work on a paper that has none, its draft. What was withdrawn is told under an
    address that says nothing of its title."""
    if isinstance(paper, Withdrawal):
        return redirect(paper)
    set_languages(request, paper)
    return reading_page(request, paper, latest(paper) if paper.edition_number else None)


@screen(public=True, find=find_edition_read, methods=("GET", "HEAD"))
def edition_page(request: HttpRequest, edition: Edition | Withdrawal) -> HttpResponse:
    """One edition: an older one says which one took its place, one that was withdrawn why."""
    if isinstance(edition, Withdrawal):
        return redirect(edition)
    set_languages(request, edition)
    return reading_page(request, edition.paper, edition)


@screen(public=True, find=find_edition_read, methods=("GET", "HEAD"))
def edition_data(request: HttpRequest, edition: Edition | Withdrawal) -> HttpResponse:
    """The very bytes that the hash is of."""
    if isinstance(edition, Withdrawal):
        return tombstone_data(edition)
    answer = HttpResponse(edition.content.encode(), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{edition.paper.slug_en}-{edition.number}.json"'
    return answer


def reading_page(request: HttpRequest, paper: Paper, edition: Edition | None) -> HttpResponse:
    language = page_language()
    data: dict[str, Any] = edition.data if edition else draft_data(paper)
    reading = frozen_reading(edition.pk, edition.sha256, language) if edition else read(data, language)
    works = paper_work(request.user, paper)
    editions = list(paper.editions.standing().order_by("number").defer("content")) if edition else []
    context = {
        "paper": paper,
        "edition": edition,
        "newer": editions[-1] if edition and edition.number < editions[-1].number else None,
        "editions": editions,
        "changed": bool(edition and editions and editions[0].number < edition.number),
        "reading": reading,
        "title": text_of(data, "title"),
        "summary": text_of(data, "summary"),
        "audience": text_of(data, "audience"),
        "correction": text_of(data, "correction"),
        "authors_text": listed(credited(data, "authors")),
        "cleared_text": cleared_text(credited(data, "cleared_by"), text_of(data, "cleared_as")),
        "edition_text": edition_text(paper, edition) if edition else "",
        "meeting_link": link_to(paper.meeting) if paper.meeting else "",
        "purpose": purpose_label(data),
        "implications": stated_in(data),
        "unreviewed": data["drafted_in"] != language and unreviewed(paper, edition),
        "works": works,
        "status": status_tag(paper) if works else "",
        "superseded": paper.status == PaperStatus.SUPERSEDED,
        "restricted": paper.agenda_item is not None and paper.agenda_item.restricted,
        "panels": panels_for("board.paper", request, paper) if edition else [],
        "demonstration": paper.board.is_demo,
    }
    return page(request, "board/paper_page.html", context | reader_context(request, paper, edition, reading))
