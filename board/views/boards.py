"""Boards: their remit, their people, their meetings and papers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.roles import Role, roles_of
from board.finders import find_board
from board.models import Board, Meeting, Paper
from board.rules import drafts_read, secretary
from board.states import MeetingStatus
from wlga_portal.kernel.screens import page, screen, set_languages

LATEST = 5  # papers shown with a board; the list has them all
MEETINGS = 12  # meetings shown on the front page of the area; the page of the board has them all


@dataclass(frozen=True, slots=True)
class BoardShown:
    """A board with what its page shows."""

    board: Any
    coming: list[Meeting]
    past: list[Meeting]
    cancelled: list[Meeting]
    papers: list[Paper]
    reports: list[Paper]
    more: bool  # earlier meetings stand on the page of the board


def shown(boards: list[Any], *, whole: bool) -> list[BoardShown]:
    """`boards` from `with_page()`; if not `whole`, with their latest meetings alone."""
    papers = Paper.objects.in_bulk_for_lists([pk for board in boards for pk in (*board.paper_ids, *board.report_ids)])
    return [board_shown(board, papers, whole=whole) for board in boards]


def board_shown(board: Any, papers: dict[int, Paper], *, whole: bool) -> BoardShown:
    today = timezone.localdate()
    open_status = (MeetingStatus.PLANNED, MeetingStatus.CALLED)
    return BoardShown(
        board,
        [meeting for meeting in reversed(board.dates) if meeting.status in open_status and meeting.date >= today],
        [meeting for meeting in board.dates if is_past(meeting, today)],
        [meeting for meeting in board.dates if meeting.status == MeetingStatus.CANCELLED and meeting.date >= today],
        [papers[pk] for pk in board.paper_ids],
        [papers[pk] for pk in board.report_ids],
        not whole and len(board.dates) == MEETINGS,
    )


def is_past(meeting: Meeting, today: Any) -> bool:
    return meeting.status == MeetingStatus.HELD or (meeting.status != MeetingStatus.CANCELLED and meeting.date < today)


@screen(public=True, methods=("GET", "HEAD"))
def front(request: HttpRequest) -> HttpResponse:
    """The boards of the programme in full; a demonstration board as a card that leads to its page."""
    boards = list(
        Board.objects.visible_to(request.user).real_first().with_page(request.user, papers=LATEST, meetings=MEETINGS)
    )
    context = {
        "boards": shown([board for board in boards if not board.is_demo], whole=False),
        "demonstrations": [board for board in boards if board.is_demo],
        "works": drafts_read(request.user),
        "runs": secretary(request.user),
        "member": roles_of(request.user).has(Role.BOARD_MEMBER),
    }
    return page(request, "board/front.html", context)


@screen(public=True, find=find_board, methods=("GET", "HEAD"))
def board_page(request: HttpRequest, board: Board) -> HttpResponse:
    set_languages(request, board)
    whole = Board.objects.with_page(request.user, papers=LATEST).get(pk=board.pk)
    context = {
        "shown": shown([whole], whole=True)[0],
        "demonstration": board.is_demo,
        "works": drafts_read(request.user),
        "runs": secretary(request.user),
    }
    return page(request, "board/board_page.html", context)
