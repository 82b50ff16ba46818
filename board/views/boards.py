"""Boards: their remit, their people, their meetings and papers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from board.finders import find_board
from board.models import Board, Meeting, Paper, PaperKind
from board.rules import drafts_read
from board.states import MeetingStatus
from wlga_portal.kernel.screens import page, screen, set_languages

LATEST = 5  # papers shown with a board; the list has them all


@dataclass(frozen=True, slots=True)
class BoardShown:
    """A board with what its page shows."""

    board: Any
    coming: list[Meeting]
    past: list[Meeting]
    cancelled: list[Meeting]
    papers: list[Paper]
    reports: list[Paper]


def shown(board: Any, papers: list[Paper]) -> BoardShown:
    today = timezone.localdate()
    own = [paper for paper in papers if paper.board_id == board.pk]
    open_status = (MeetingStatus.PLANNED, MeetingStatus.CALLED)
    return BoardShown(
        board,
        [meeting for meeting in board.dates if meeting.status in open_status and meeting.date >= today],
        [meeting for meeting in reversed(board.dates) if is_past(meeting, today)],
        [meeting for meeting in board.dates if meeting.status == MeetingStatus.CANCELLED and meeting.date >= today],
        [paper for paper in own if paper.kind == PaperKind.PAPER][:LATEST],
        [paper for paper in own if paper.kind == PaperKind.REPORT][:LATEST],
    )


def is_past(meeting: Meeting, today: Any) -> bool:
    return meeting.status == MeetingStatus.HELD or (meeting.status != MeetingStatus.CANCELLED and meeting.date < today)


def published_papers(request: HttpRequest) -> list[Paper]:
    """The latest published papers that this person may see."""
    papers = Paper.objects.visible_to(request.user).published().with_place().latest_first()
    return list(papers[:200])


@screen(public=True, methods=("GET", "HEAD"))
def front(request: HttpRequest) -> HttpResponse:
    """The boards of the programme in full; a demonstration board as a card that leads to its page."""
    boards = list(Board.objects.visible_to(request.user).with_page().real_first())
    papers = published_papers(request)
    context = {
        "boards": [shown(board, papers) for board in boards if not board.is_demo],
        "demonstrations": [board for board in boards if board.is_demo],
        "works": drafts_read(request.user),
    }
    return page(request, "board/front.html", context)


@screen(public=True, find=find_board, methods=("GET", "HEAD"))
def board_page(request: HttpRequest, board: Board) -> HttpResponse:
    set_languages(request, board)
    whole = Board.objects.with_page().get(pk=board.pk)
    context = {
        "shown": shown(whole, published_papers(request)),
        "demonstration": board.is_demo,
        "works": drafts_read(request.user),
    }
    return page(request, "board/board_page.html", context)
