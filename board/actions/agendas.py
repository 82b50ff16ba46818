"""Writes of an agenda: items added, changed, put in order, taken out, moved to another meeting."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused, advance

from ..models import AgendaItem, Meeting, Paper, PlannedMove
from ..states.forward import PlannedStatus
from .forward import OPEN, close_up, insert, off_the_agenda
from .meetings import locked_for_planning


def item_add(item: AgendaItem, *, by: Any) -> AgendaItem:
    """A new item, last but before the standing items of the end. Raises Refused."""
    with audited(by=by, why="item added"):
        locked_for_planning(item.meeting, by)
        insert(item)
    return item


def item_save(item: AgendaItem, *, by: Any) -> AgendaItem:
    """An item as its form left it; what was planned follows where it is restricted. The addresses of its papers that
    were never published then say no title but the item's. Raises Refused."""
    with audited(by=by, why="item changed"):
        locked_for_planning(item.meeting, by)
        item.save()
        for paper in item.papers.filter(editions=None) if item.restricted else ():
            paper.set_slugs(item.title.en, item.title.cy)
            paper.save()
        planned = getattr(item, "planned", None)
        if planned is not None:
            for name in ("title", "reason"):
                setattr(planned, name, getattr(item, name))
            planned.kind, planned.owner, planned.restricted = item.kind or planned.kind, item.owner, item.restricted
            planned.save()
    return item


def items_order(meeting: Meeting, ids: Iterable[int], *, by: Any) -> None:
    """The items in this order; those that are not named keep theirs, after them. Raises Refused."""
    with audited(by=by, why="agenda put in order"):
        locked_for_planning(meeting, by)
        known = {item.pk: item for item in meeting.items.order_by("position")}
        named = [pk for pk in dict.fromkeys(ids) if pk in known]
        for position, pk in enumerate([*named, *(pk for pk in known if pk not in named)], 1):
            if known[pk].position != position:
                AgendaItem.objects.filter(pk=pk).update(position=position)


def item_shift(item: AgendaItem, *, by: Any, up: bool) -> None:
    """One place up or down; at the end of the row nothing happens. Raises Refused."""
    with audited(by=by, why="item moved"):
        locked_for_planning(item.meeting, by)
        ids = list(item.meeting.items.order_by("position").values_list("pk", flat=True))
        here = ids.index(item.pk)
        there = here - 1 if up else here + 1
        if 0 <= there < len(ids):
            ids[here], ids[there] = ids[there], ids[here]
            items_order(item.meeting, ids, by=by)


def item_remove(item: AgendaItem, *, by: Any) -> None:
    """Take the item off the agenda; what was planned waits again. Raises Refused where a paper was begun."""
    with audited(by=by, why="item taken off the agenda"):
        locked_for_planning(item.meeting, by)
        if item.papers.exists():
            raise Refused(_("A paper was begun for this item: move the item to another meeting instead."))
        if item.projects.exists():
            raise Refused(_("A project names this item: take that link away first."))
        if item.is_recorded or item.declarations.exists():
            raise Refused(_("Something is recorded of this item, or somebody declared an interest in it: it stays."))
        planned = getattr(item, "planned", None)
        if planned is not None:
            advance(planned, "take_back", by=by, also=off_the_agenda)
            return
        AgendaItem.objects.filter(pk=item.pk).delete()
        close_up(item.meeting)


def item_defer(item: AgendaItem, target: Meeting, *, by: Any, why: str) -> AgendaItem:
    """Move the item, with declared interests and the papers that are not published yet, to another meeting.

    It is a meeting of the same board. Raises Refused.
    """
    with audited(by=by, why=why):
        source = locked_for_planning(item.meeting, by)
        target = locked_for_planning(target, by)
        if target.pk == source.pk or target.board_id != source.board_id or target.status not in OPEN:
            raise Refused(_("An item can be planned to a coming meeting of its own board."))
        if item.papers.published().exists():
            raise Refused(_("Its paper is published for this meeting: it stays here. Plan a new item instead."))
        if item.is_recorded:
            raise Refused(
                _("Something of the meeting is recorded of this item: it stays here. Plan a new item instead.")
            )
        last = max(number_of_last(source), number_of_last(target))
        for number, paper in enumerate(item.papers.order_by("number"), last + 1):
            Paper.objects.filter(pk=paper.pk).update(number=number)
        end = target.items.aggregate(last=Max("position"))["last"] or 0
        item.meeting, item.position = target, end + 1
        item.save()  # the database takes the item's papers with it
        close_up(source)
        planned = getattr(item, "planned", None)
        if planned is not None and planned.status == PlannedStatus.PLACED:
            planned.meeting = target
            planned.save()
            PlannedMove.objects.create(planned=planned, source=source, target=target, why=why, by=by)
    return item


def number_of_last(meeting: Meeting) -> int:
    return int(meeting.papers.aggregate(last=Max("number"))["last"] or 0)
