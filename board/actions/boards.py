"""Writes that set up a board: the board itself, its seats, their substitutes, its standing items."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused

from ..models import Board, Person, Seat, StandingItem, Substitute


def board_save(board: Board, *, by: Any) -> Board:
    """A board as its form left it; a new one gets its addresses from its name."""
    with audited(by=by, why="board set up" if board._state.adding else "board changed"):
        if board._state.adding:
            board.set_slugs(board.name.en, board.name.cy)
        board.save()
    return board


def person_of(user: Any = None, *, name: str = "", style: tuple[str, str] = ("", "")) -> Person:
    """The person who is this user, or who is known by this name; made where there is none."""
    if user is not None:
        return Person.objects.get_or_create(user=user)[0]
    return Person.objects.get_or_create(public_name=name, defaults={"style_en": style[0], "style_cy": style[1]})[0]


def seat_save(seat: Seat, *, by: Any, who: dict[str, Any] | None = None) -> Seat:
    """A seat as its form left it; a new one is for `who` (see `person_of`), and comes last."""
    with audited(by=by, why="seat given" if seat._state.adding else "seat changed"):
        if who is not None:
            seat.person = person_of(**who)
            last = Seat.objects.filter(board_id=seat.board_id).aggregate(last=Max("position"))["last"] or 0
            seat.position = last + 1
        seat.save()
    return seat


def substitute_save(substitute: Substitute, *, by: Any, who: dict[str, Any] | None = None) -> Substitute:
    """Somebody who may come for the holder of a seat. Raises Refused for the holder themselves."""
    with audited(by=by, why="substitute named"):
        if who is not None:
            substitute.person = person_of(**who)
        if substitute.person_id == substitute.seat.person_id:
            raise Refused(_("Nobody is their own substitute."))
        substitute.save()
    return substitute


def standing_save(standing: StandingItem, *, by: Any) -> StandingItem:
    with audited(by=by, why="standing item"):
        if standing._state.adding:
            others = StandingItem.objects.filter(board_id=standing.board_id)
            standing.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
        standing.save()
    return standing


def standing_delete(standing: StandingItem, *, by: Any) -> None:
    """No new agenda begins with it; the items that came from it stay."""
    with audited(by=by, why="standing item ended"):
        standing.items.update(standing=None)
        standing.delete()
