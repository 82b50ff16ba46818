"""Draft minutes, block by block, in both languages, from what was recorded on the day."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from wlga_portal.kernel.bilingual import LANGUAGES
from wlga_portal.kernel.markup import plain
from wlga_portal.kernel.wording import day

from .cells import write_cells
from .models import (
    Action,
    AgendaItem,
    Attendance,
    Block,
    BlockKind,
    Capacity,
    Declaration,
    DeclarationKind,
    Meeting,
    MovementKind,
    Outcome,
)

Said = tuple[str, str]


def both(say: Callable[[], str]) -> Said:
    """The same sentence in English and in Welsh."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(say())
    return said[0], said[1]


def block(kind: str, text: Said, *, level: int | None = None, cells: Said = ("", "")) -> Block:
    made = Block(kind=kind, level=level)
    made.text, made.cells = text, cells
    return made


def heading(say: Callable[[], str], level: int = 2) -> Block:
    return block(BlockKind.HEADING, both(say), level=level)


def paragraph(say: Callable[[], str]) -> Block:
    return block(BlockKind.PARAGRAPH, both(say))


def minutes_blocks(meeting: Meeting) -> Iterator[Block]:
    """The blocks of the minutes in their order. A restricted item has its reason alone: minutes are public."""
    yield from attendance_blocks(meeting)
    declared = list(Declaration.objects.of_meeting(meeting))
    yield heading(lambda: _("Declarations of interest"))
    if not declared:
        yield paragraph(lambda: _("No interest was declared."))
    for one in declared:
        yield paragraph(lambda one=one: declaration_line(one))  # type: ignore[misc]  # bound now, said twice at once
    outcomes, actions = of_items(Outcome, meeting), of_items(Action, meeting)
    for item in meeting.items.order_by("position"):
        yield heading(lambda item=item: f"{item.position}. {plain(str(item.title))}")  # type: ignore[misc]  # as above
        yield from item_blocks(item, outcomes.get(item.pk, []), actions.get(item.pk, []))


def of_items(model: Any, meeting: Meeting) -> dict[int, list[Any]]:
    """The outcomes or the actions of each item."""
    found: dict[int, list[Any]] = {}
    for one in model.objects.filter(item__meeting=meeting).with_place().order_by("item__position", "pk"):
        found.setdefault(one.item_id, []).append(one)
    return found


def attendance_blocks(meeting: Meeting) -> Iterator[Block]:
    yield heading(lambda: _("Attendance"))
    rows = list(meeting.attendances.with_people().in_order())
    if not rows:
        yield paragraph(lambda: _("No attendance is recorded."))
        return

    def cells() -> str:
        head = [_("Name"), _("Role"), _("Attendance")]
        lines = [[str(one.person.named()), role_of(one), str(one.get_presence_display())] for one in rows]
        return write_cells([head, *lines])

    yield block(BlockKind.TABLE, both(lambda: _("Who was at the meeting")), cells=both(cells))
    for one in rows:
        for move in one.movements.all():
            yield paragraph(lambda one=one, move=move: movement_line(one, move))  # type: ignore[misc]  # as above


def role_of(one: Attendance) -> str:
    """The role of a member, for whom a substitute came, or that somebody was in attendance."""
    if one.seat is None:
        return str(Capacity.ATTENDEE.label)
    if one.capacity == Capacity.SUBSTITUTE:
        return _("Substitute for %(name)s") % {"name": one.seat.person.named()}
    return str(one.seat.role)


def movement_line(one: Attendance, move: Any) -> str:
    given = {"name": plain(str(one.person.named())), "item": move.item.position}
    if move.at is not None:
        given["time"] = time_format(move.at, "H:i")
        if move.kind == MovementKind.ARRIVED:
            return _("%(name)s arrived before item %(item)s, at %(time)s.") % given
        return _("%(name)s left before item %(item)s, at %(time)s.") % given
    if move.kind == MovementKind.ARRIVED:
        return _("%(name)s arrived before item %(item)s.") % given
    return _("%(name)s left before item %(item)s.") % given


def declaration_line(one: Declaration) -> str:
    """Who, in which item, what kind; of a restricted item without its nature."""
    given = {
        "name": plain(str(one.person.named())),
        "item": one.item.position,
        "nature": "" if one.item.restricted else f" {plain(str(one.nature))}",
        "granted": plain(one.granted),
    }
    if one.kind == DeclarationKind.PERSONAL:
        return (_("%(name)s declared a personal interest in item %(item)s and stayed.") + "%(nature)s") % given
    if one.kind == DeclarationKind.PREJUDICIAL:
        return (_("%(name)s declared a prejudicial interest in item %(item)s and left.") + "%(nature)s") % given
    sentence = _(
        "%(name)s declared a prejudicial interest in item %(item)s and stayed, with a dispensation from %(granted)s."
    )
    return (sentence + "%(nature)s") % given


def item_blocks(item: AgendaItem, outcomes: list[Outcome], actions: list[Action]) -> Iterator[Block]:
    if item.restricted:
        yield paragraph(lambda: _("This item is restricted. %(reason)s") % {"reason": plain(str(item.reason))})
        return
    if not outcomes:
        yield paragraph(lambda: _("No decision was recorded."))
    for outcome in outcomes:
        yield paragraph(lambda outcome=outcome: outcome_line(outcome))  # type: ignore[misc]  # as above
    for action in actions:
        yield paragraph(lambda action=action: action_line(action))  # type: ignore[misc]  # as above


def outcome_line(outcome: Outcome) -> str:
    """The words of the recommendation as they are (they are Markdown), the outcome, and the vote."""
    number = (
        pgettext("of a paper", "Recommendation %(number)s: ") % {"number": outcome.number} if outcome.number else ""
    )
    parts = [f"{number}{outcome.read}", f"**{outcome.get_result_display()}.**"]
    if outcome.detail:
        parts.append(str(outcome.detail))
    vote = getattr(outcome, "vote", None)
    if vote:
        parts.append(vote.said)
    return " ".join(parts)


def action_line(action: Action) -> str:
    given = {"action": plain(str(action.text)), "owner": plain(str(action.owner.named())), "due": day(action.due)}
    return _("Action: %(action)s Owner: %(owner)s. Due: %(due)s.") % given
