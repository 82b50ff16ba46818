"""What a page is about, found among what the person may see: everything else is not there (404)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest

from accounts.models import User
from wlga_portal.kernel.workflow import Transition

from .answering import answered
from .editions import latest
from .models import (
    Action,
    AgendaItem,
    Block,
    Board,
    Edition,
    Meeting,
    Outcome,
    Paper,
    PlannedItem,
    Seat,
    StandingItem,
    Substitute,
    Withdrawal,
)
from .querysets import held_on
from .recommendations import Recommendation, recommendations_in, recommendations_of
from .rules import paper_work, seats_of, secretary


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


def find_day(request: HttpRequest, slug: str) -> Meeting:
    """A meeting whose day was recorded here; a historic one has none."""
    meeting = find_meeting(request, slug)
    if meeting.is_historic:
        raise Http404
    return meeting


find_own_meeting = find_day


def find_day_item(request: HttpRequest, slug: str, position: int) -> AgendaItem:
    meeting = find_day(request, slug)
    item = meeting.items.get(position=position)
    item.meeting = meeting
    return item


def find_recorded(model: Any, path: str) -> Callable[..., Any]:
    """Finds one row of the day's record by its id; `path` leads to its meeting. There for the secretariat alone."""

    def find(request: HttpRequest, pk: int) -> Any:
        if not secretary(request.user):
            raise Http404
        meetings = Meeting.objects.visible_to(request.user)
        return model.objects.select_related(f"{path}__board").get(pk=pk, **{f"{path}__in": meetings})

    return find


def find_asked(request: HttpRequest, slug: str, position: int, uid: UUID) -> tuple[AgendaItem, Recommendation]:
    """A recommendation of a paper of this item, by its block's uid."""
    item = find_day_item(request, slug, position)
    papers = Paper.objects.visible_to(request.user).published().filter(agenda_item=item).order_by("number")
    for one in recommendations_of(papers):
        if one.uid == str(uid):
            return item, one
    raise Http404


def find_recommendation(request: HttpRequest, slug: str, uid: UUID) -> Recommendation:
    """A recommendation of a published paper that this person may read; of an older edition where the last lacks it."""
    paper = find_paper(request, slug)
    for edition in paper.editions.standing().order_by("-number"):
        edition.paper = paper
        for one in recommendations_in(edition):
            if one.uid == str(uid):
                return one
    raise Http404


def find_outcome(request: HttpRequest, pk: int) -> Outcome:
    return Outcome.objects.visible_to(request.user).with_place().get(pk=pk)


def find_action(request: HttpRequest, pk: int) -> Action:
    return Action.objects.visible_to(request.user).with_place().get(pk=pk)


def find_action_step(request: HttpRequest, pk: int, event: str) -> Step:
    return step_of(find_action(request, pk), event)


def find_answer(request: HttpRequest, token: str) -> tuple[Action, User]:
    """The action and its owner of a message's link. Where the owner is another by now, the link opens nothing."""
    named = answered(token)
    if named is None:
        raise Http404
    action = Action.objects.shown().with_place().get(pk=named[0], owner__user=named[1], owner__user__is_active=True)
    owner = action.owner.user
    if owner is None or (action.item.restricted and request.user != owner):
        raise Http404
    return action, owner


def find_paper(request: HttpRequest, slug: str) -> Paper:
    """A paper that this person may read."""
    return Paper.find(Paper.objects.visible_to(request.user).with_place(), slug)


def read_by(user: Any, paper: Paper) -> Edition | None:
    """The edition that this person's file of the paper holds; None: its words as they are, for those who work on it."""
    edition = latest(paper) if paper.edition_number else None
    return None if paper_work(user, paper) and not paper.is_frozen else edition


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


def find_seat(request: HttpRequest, slug: str, pk: int) -> Seat:
    """A seat of a board."""
    board = find_board(request, slug)
    seat = board.seats.with_people().get(pk=pk)
    seat.board = board
    return seat


def find_substitute(request: HttpRequest, slug: str, pk: int) -> Substitute:
    board = find_board(request, slug)
    substitute = Substitute.objects.select_related("seat__person__user", "person__user").get(pk=pk, seat__board=board)
    substitute.seat.board = board
    return substitute


def find_standing(request: HttpRequest, slug: str, pk: int) -> StandingItem:
    board = find_board(request, slug)
    standing = board.standing_items.get(pk=pk)
    standing.board = board
    return standing


def find_agenda_item(request: HttpRequest, slug: str, pk: int) -> AgendaItem:
    """An item by its id: its number changes with the order of the agenda."""
    meeting = find_meeting(request, slug)
    item = meeting.items.select_related("owner", "presenter__user", "planned").get(pk=pk)
    item.meeting = meeting
    return item


def find_planned(request: HttpRequest, pk: int) -> PlannedItem:
    """An item of the forward work programme."""
    shown = PlannedItem.objects.visible_to(request.user)
    return shown.select_related("board", "meeting__board", "owner", "item__meeting").get(pk=pk)


def find_planned_step(request: HttpRequest, pk: int, event: str) -> Step:
    return step_of(find_planned(request, pk), event)


@dataclass(frozen=True, slots=True)
class Place:
    """A seat, at a meeting."""

    meeting: Meeting
    seat: Seat


def find_place(request: HttpRequest, slug: str, pk: int) -> Place:
    """A seat that is held on the day of the meeting."""
    meeting = find_meeting(request, slug)
    seats = Seat.objects.filter(held_on(meeting.date), board=meeting.board_id).with_people()
    return Place(meeting, seats.get(pk=pk))


def find_own_place(request: HttpRequest, slug: str) -> Place:
    """The seat of this person at the meeting; 404 for who has none."""
    meeting = find_meeting(request, slug)
    seat = seats_of(request.user, meeting).first()
    if seat is None:
        raise Http404
    return Place(meeting, seat)
