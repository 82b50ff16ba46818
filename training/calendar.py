"""Calendar files: what was booked, and everything that is open, for any calendar program.

Times are in UTC, which every program shows by its own clock. The identity of a session stays, and its sequence is the
session's version, so that a program that reads the file again updates the entry.
"""

from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .models import Mode, Session, SessionLanguage
from .states import SessionStatus

CONTENT_TYPE = "text/calendar; charset=utf-8"


def entry(session: Session, *, joining_url: str = "") -> Event:
    """One session, in the page's language. The link for joining is only for those who have a place."""
    event = Event()
    event.add("uid", f"training-session-{session.pk}@{settings.BASE_URL.split('//')[-1]}")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("sequence", session.version)
    event.add("summary", str(session.course.title))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("location", str(Mode.ONLINE.label) if session.mode == Mode.ONLINE else str(session.place))
    lines = [str(session.course.summary), _("Language: %(language)s") % {"language": language(session)}]
    if joining_url:
        lines.append(_("Join at %(url)s") % {"url": joining_url})
    event.add("description", "\n".join(lines))
    event.add("url", settings.BASE_URL + session.get_absolute_url())
    event.add("status", "CANCELLED" if session.status == SessionStatus.CANCELLED else "CONFIRMED")
    return event


def language(session: Session) -> str:
    return str(SessionLanguage(session.language).label)


def calendar(events: Iterable[Event], name: str = "") -> bytes:
    """A calendar file of these entries."""
    made = Calendar()
    made.add("prodid", "-//WLGA digital programme//training//")
    made.add("version", "2.0")
    if name:
        made.add("x-wr-calname", name)
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def answer(content: bytes, filename: str) -> HttpResponse:
    """The file as the answer to a request."""
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers={"Content-Disposition": f'attachment; filename="{filename}"'}
    )
