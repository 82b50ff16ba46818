"""What a page is about, found among what the person may see: everything else is not there (404)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest

from wlga_portal.kernel.workflow import Transition

from .models import AgendaItem, Block, Board, Edition, Meeting, Paper, Withdrawal


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a workflow, about to be taken with a thing."""

    thing: Any
    transition: Transition


def find_board(request: HttpRequest, slug: str) -> Board:
    return Board.find(Board.objects.visible_to(request.user), slug)


def find_meeting(request: HttpRequest, slug: str) -> Meeting:
    return Meeting.find(Meeting.objects.visible_to(request.user).select_related("board"), slug)


def find_item(request: HttpRequest, slug: str, position: int) -> AgendaItem:
    meeting = find_meeting(request, slug)
    item = meeting.items.get(position=position)
    item.meeting = meeting
    return item


def find_paper(request: HttpRequest, slug: str) -> Paper:
    """A paper that this person may read."""
    return Paper.find(Paper.objects.visible_to(request.user).with_place(), slug)


def find_work(request: HttpRequest, slug: str) -> Paper:
    """A paper on which this person works."""
    return Paper.find(Paper.objects.worked_on_by(request.user).with_place(), slug)


def find_paper_step(request: HttpRequest, slug: str, event: str) -> Step:
    return step_of(find_work(request, slug), event)


def find_meeting_step(request: HttpRequest, slug: str, event: str) -> Step:
    return step_of(find_meeting(request, slug), event)


def step_of(thing: Any, event: str) -> Step:
    """The step of that name; 404 where the workflow has none."""
    if event not in thing.workflow.transitions:
        raise Http404
    return Step(thing, thing.workflow.transitions[event])


def find_edition(request: HttpRequest, slug: str, number: int) -> Edition:
    paper = find_paper(request, slug)
    if paper.edition_number is None:
        raise Http404
    edition = paper.editions.standing().get(number=number)
    edition.paper = paper
    return edition


def find_reading(request: HttpRequest, slug: str) -> Paper | Withdrawal:
    """A paper that this person may read, or the tombstone of its latest edition."""
    try:
        return find_paper(request, slug)
    except Http404:
        gone: Withdrawal = tombstones(request, slug).latest("edition__number")
        return gone


def find_edition_read(request: HttpRequest, slug: str, number: int) -> Edition | Withdrawal:
    """An edition that this person may read, or its tombstone."""
    gone: Withdrawal | None = tombstones(request, slug).filter(edition__number=number).first()
    return gone or find_edition(request, slug, number)


def tombstones(request: HttpRequest, slug: str) -> Any:
    """What was withdrawn of the paper with this slug, in either language."""
    done = Withdrawal.objects.visible_to(request.user).done().with_place()
    return done.filter(Q(edition__paper__slug_en=slug) | Q(edition__paper__slug_cy=slug))


def find_block(request: HttpRequest, slug: str, pk: int) -> Block:
    paper = find_work(request, slug)
    block = paper.blocks.get(pk=pk)
    block.paper = paper
    return block
