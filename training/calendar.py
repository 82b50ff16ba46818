"""Calendar files: what was booked, and everything that is open, for any calendar program.

Times are in UTC, which every program shows by its own clock. The identity of a session stays, and its sequence only
grows (each change of the session, of its parts, and in a person's own file of their booking), so that a program that
reads the file again updates the entry. A part that a session no longer has is told as cancelled.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from wlga_portal.kernel.history import event_model
from wlga_portal.kernel.models import StatusChange

from .models import Booking, Mode, Session, SessionLanguage, SessionPart
from .states import BookingStatus, SessionStatus

CONTENT_TYPE = "text/calendar; charset=utf-8"
PLACE_IN = {SessionStatus.OPEN, SessionStatus.HELD, SessionStatus.CLOSED}


@dataclass(frozen=True, slots=True)
class Past:
    """Of a session's parts: how many there ever were, and how often any changed."""

    parts: int = 0
    changes: int = 0


def past_of(sessions: Iterable[int]) -> dict[int, Past]:
    """By the session's id; one query. A session that never had parts is not in it."""
    events: Any = event_model(SessionPart)
    rows = events._base_manager.filter(session_id__in=sessions).order_by().values_list("session_id")
    return {
        pk: Past(parts, changes) for pk, parts, changes in rows.annotate(most=Max("number"), changes=Count("pgh_id"))
    }


def entries(
    session: Session, past: Past | None, *, joining_url: str = "", moves: int = 0, cancelled: bool = False
) -> list[Event]:
    """One entry for each part of a session, in the page's language. The link for joining is for who has a place.

    `moves`: how often a booking moved, for a person's own file; `cancelled`: the person comes no longer.
    """
    past = past or Past()
    ends = cancelled or session.status == SessionStatus.CANCELLED
    sequence = session.version + past.changes + moves
    stretches = [(part.starts_at, part.ends_at) for part in session.parts.all()]
    stretches = stretches or [(session.starts_at, session.ends_at)]
    made = []
    for number, (starts_at, ends_at) in enumerate(stretches, 1):
        title = one_line(session.course.title)
        if len(stretches) > 1:
            title = _("%(course)s (part %(number)d of %(parts)d)") % {
                "course": title,
                "number": number,
                "parts": len(stretches),
            }
        event = blank(session, number, sequence, starts_at, ends_at, ends=ends)
        event.add("summary", title)
        event.add("location", one_line(Mode.ONLINE.label if session.mode == Mode.ONLINE else session.place))
        lines = [str(session.course.summary), _("Language: %(language)s") % {"language": language(session)}]
        if joining_url:
            lines.append(_("Join at %(url)s") % {"url": joining_url})
        event.add("description", lines_apart(lines))
        event.add("url", settings.BASE_URL + session.get_absolute_url())
        made.append(event)
    for number in range(len(stretches) + 1, past.parts + 1):
        event = blank(session, number, sequence, session.starts_at, session.ends_at, ends=True)
        event.add("summary", one_line(session.course.title))
        made.append(event)
    return made


def blank(session: Session, number: int, sequence: int, starts_at: datetime, ends_at: datetime, *, ends: bool) -> Event:
    """The entry of one part: its identity and its times."""
    event = Event()
    part = "" if number == 1 else f"-{number}"
    event.add("uid", f"training-session-{session.pk}{part}@{settings.BASE_URL.split('//')[-1]}")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("sequence", sequence)
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("status", "CANCELLED" if ends else "CONFIRMED")
    return event


def of_sessions(sessions: Iterable[Session], name: str = "") -> bytes:
    """A file of these sessions, as everybody may have it."""
    rows = list(sessions)
    past = past_of([session.pk for session in rows])
    return calendar([entry for session in rows for entry in entries(session, past.get(session.pk))], name)


def of_bookings(bookings: Iterable[Booking], name: str = "", *, joining: bool) -> bytes:
    """A person's own file: what they have no place in any more is told as cancelled."""
    rows = list(bookings)
    past, moves = past_of([booking.session_id for booking in rows]), moves_of(rows)
    made = []
    for booking in rows:
        session = booking.session
        has_place = booking.status == BookingStatus.BOOKED and session.status in PLACE_IN
        made += entries(
            session,
            past.get(session.pk),
            joining_url=session.joining_url if joining and has_place else "",
            moves=moves.get((booking.session_id, booking.learner_id), 0),
            cancelled=not booking.is_live and booking.status != BookingStatus.ATTENDED,
        )
    return calendar(made, name)


def moves_of(bookings: list[Booking]) -> dict[tuple[int, int], int]:
    """How often the bookings of a person in a session moved, by the ids of session and learner."""
    pairs = {(booking.session_id, booking.learner_id) for booking in bookings}
    theirs = Booking.objects.filter(
        session_id__in={session for session, _learner in pairs}, learner_id__in={learner for _session, learner in pairs}
    )
    whose = {pk: (session, learner) for pk, session, learner in theirs.values_list("pk", "session_id", "learner_id")}
    kind = ContentType.objects.get_for_model(Booking)
    rows = StatusChange.objects.filter(content_type=kind, object_id__in=whose).order_by().values_list("object_id")
    moves = dict(Counter(whose.values()))  # each booking is one move, its first
    for pk, number in rows.annotate(number=Count("pk")):
        moves[whose[pk]] += number
    return moves


def language(session: Session) -> str:
    return str(SessionLanguage(session.language).label)


def one_line(text: Any) -> str:
    """A name or a place on one line, whatever was pasted into it: the library lets a break in a file's name through."""
    return " ".join(str(text).split())


def lines_apart(texts: Iterable[str]) -> str:
    """Texts below each other, whichever of the many line breaks stands in them."""
    return "\n".join(line for text in texts for line in text.splitlines())


def calendar(events: Iterable[Event], name: str = "", *, area: str = "training") -> bytes:
    """A calendar file of these entries."""
    made = Calendar()
    made.add("prodid", f"-//WLGA digital programme//{area}//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if name:
        made.add("x-wr-calname", one_line(name))
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def answer(content: bytes, filename: str) -> HttpResponse:
    """The file as the answer to a request."""
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers={"Content-Disposition": f'attachment; filename="{filename}"'}
    )
