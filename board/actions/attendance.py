"""Attendance, substitutes, movements and declared interests of a meeting's day."""

from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused

from ..models import (
    THERE,
    AgendaItem,
    Attendance,
    Capacity,
    Declaration,
    Meeting,
    Movement,
    MovementKind,
    Person,
    Presence,
    Seat,
)
from ..presence import mark_of
from ..recording import recording
from ..rules import interest_declare


def attendance_record(meeting: Meeting, marks: dict[int, tuple[str, str]], *, by: Any, why: str = "") -> int:
    """Who of the members is there: for each seat what the page showed, and what is right. Gives how many changed.

    Raises Refused, with nothing written, where somebody else changed the same mark meanwhile to something else.
    """
    changed = {seat: pair for seat, pair in marks.items() if pair[0] != pair[1]}
    if not changed:
        return 0
    with recording(meeting, by=by, why=why) as row:
        seats = Seat.objects.filter(board=row.board_id, pk__in=changed).with_people()
        known = {one.seat_id: one for one in row.attendances.filter(capacity=Capacity.MEMBER, seat__in=changed)}
        for seat in seats:
            (was, now), one = changed[seat.pk], known.get(seat.pk)
            if mark_of(one) not in (was, now):
                given = {"name": seat.person, "mark": one.get_presence_display() if one else _("not recorded")}
                raise Refused(_("Somebody else recorded %(name)s meanwhile: %(mark)s. Look again.") % given)
            if now not in THERE and one is not None:
                one.movements.all().delete()
            if now == "" and one is not None:
                one.delete()
            elif now:
                Attendance.objects.update_or_create(
                    meeting=row, person=seat.person, defaults={"seat": seat, "presence": now, "capacity": "member"}
                )
    return len(changed)


def person_named(name: str) -> Person:
    """The person of that public name."""
    person, _made = Person.objects.get_or_create(public_name=" ".join(name.split()))
    return person


def attendance_add(
    meeting: Meeting, person: Person, *, by: Any, seat: Seat | None = None, presence: str, why: str = ""
) -> Attendance:
    """Somebody who is not a member: in attendance, or as the substitute of the member who holds `seat`.

    That member gets apologies, unless something is recorded of them. Said twice, it stands once. Raises Refused.
    """
    with recording(meeting, by=by, why=why) as row:
        if seat is not None:
            member = row.attendances.filter(seat=seat, capacity=Capacity.MEMBER).first()
            if member is not None and member.is_there:
                raise Refused(_("%(name)s is there, so nobody comes as a substitute.") % {"name": seat.person})
            if member is None:
                Attendance.objects.create(
                    meeting=row, person=seat.person, seat=seat, capacity=Capacity.MEMBER, presence=Presence.APOLOGIES
                )
            other = row.attendances.filter(seat=seat, capacity=Capacity.SUBSTITUTE).exclude(person=person).first()
            if other is not None:
                raise Refused(_("%(name)s is there as the substitute already.") % {"name": other.person})
        known = row.attendances.filter(person=person).first()
        if known is not None and known.capacity == Capacity.MEMBER:
            raise Refused(_("%(name)s is a member of the board.") % {"name": person})
        capacity = Capacity.ATTENDEE if seat is None else Capacity.SUBSTITUTE
        added, _made = Attendance.objects.update_or_create(
            meeting=row, person=person, defaults={"seat": seat, "capacity": capacity, "presence": presence}
        )
    return added


def attendance_remove(one: Attendance, *, by: Any, why: str = "") -> None:
    """Take off the record somebody who was added by mistake; a member's mark is changed instead."""
    if one.capacity == Capacity.MEMBER:
        raise Refused(_("A member of the board stays on the list. Change the mark."))
    with recording(one.meeting, by=by, why=why):
        one.delete()


def movement_record(
    one: Attendance, item: AgendaItem, *, kind: str, by: Any, at: Any = None, why: str = ""
) -> Movement:
    """Somebody arrived, or left, before this item was taken."""
    if not one.is_there:
        raise Refused(_("%(name)s is not there.") % {"name": one.person})
    with recording(one.meeting, by=by, why=why):
        moved, _made = Movement.objects.update_or_create(
            attendance=one, item=item, defaults={"kind": MovementKind(kind), "at": at}
        )
    return moved


def movement_remove(moved: Movement, *, by: Any, why: str = "") -> None:
    with recording(moved.attendance.meeting, by=by, why=why):
        moved.delete()


def declaration_record(
    item: AgendaItem, person: Person, *, by: Any, kind: str, nature: tuple[str, str], granted: str = "", why: str = ""
) -> Declaration:
    """An interest in an item, said at the meeting. A second one of the same person takes the place of the first."""
    with recording(item.meeting, by=by, why=why):
        return declaration_write(item, person, by=by, kind=kind, nature=nature, granted=granted)


def declaration_make(
    item: AgendaItem, *, by: Any, kind: str, nature: tuple[str, str], granted: str = ""
) -> Declaration:
    """A member's own interest, said before the meeting. Raises NotAllowed."""
    with audited(by=by, why="interest declared"):
        meeting = item.meeting.lock()
        if not interest_declare(by, meeting):
            raise NotAllowed(_("You cannot declare an interest in an item of this meeting now."))
        return declaration_write(item, by.board_person, by=by, kind=kind, nature=nature, granted=granted)


def declaration_write(
    item: AgendaItem, person: Person, *, by: Any, kind: str, nature: tuple[str, str], granted: str
) -> Declaration:
    one = Declaration.objects.filter(item=item, person=person).first() or Declaration(item=item, person=person)
    one.kind, one.granted, one.by = kind, granted, by
    one.nature = nature
    one.save()
    return one


def declaration_remove(one: Declaration, *, by: Any, why: str = "") -> None:
    """Take away what was recorded by mistake; the history keeps it."""
    with recording(one.item.meeting, by=by, why=why):
        one.delete()
