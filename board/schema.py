"""A meeting as a schema.org Event, written as microdata on its page: no script, so that the policy stays as it is."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

from wlga_portal.kernel.bilingual import page_language

from .models import ChangeKind, Meeting
from .states import MeetingStatus

SCHEMA = "https://schema.org/"


@dataclass(frozen=True, slots=True)
class SchemaEvent:
    """What the page says of the meeting to programs: `texts` and `links` by their property."""

    texts: list[tuple[str, str]]
    links: list[tuple[str, str]]
    organizer: str
    organizer_url: str
    place: str
    online: bool
    url: str


def when(day: date, at: time | None) -> str:
    """ISO 8601, with the offset of Wales where the time is known."""
    return timezone.make_aware(datetime.combine(day, at)).isoformat() if at else day.isoformat()


def schema_event(meeting: Meeting) -> SchemaEvent:
    """The link for joining is not among it: that is for who belongs there."""
    moved = [change for change in meeting.changes.all() if change.kind == ChangeKind.MOVED]
    texts = [("name", f"{meeting.board.name}: {meeting}"), ("inLanguage", page_language())]
    texts.append(("startDate", when(meeting.date, meeting.starts_at)))
    if meeting.ends_at:
        texts.append(("endDate", when(meeting.date, meeting.ends_at)))
    status = "EventScheduled"
    if meeting.status == MeetingStatus.CANCELLED:
        status = "EventCancelled"
    elif moved:
        status = "EventRescheduled"
        texts += [("previousStartDate", when(change.was_date, change.was_starts_at)) for change in moved]
    url = settings.BASE_URL + meeting.get_absolute_url()
    links = [("eventStatus", SCHEMA + status), ("url", url)]
    online = bool(meeting.link) or meeting.by_correspondence
    place = str(meeting.place)
    if online or place:
        mode = "Mixed" if online and place else "Online" if online else "Offline"
        links.append(("eventAttendanceMode", f"{SCHEMA}{mode}EventAttendanceMode"))
    board = meeting.board
    return SchemaEvent(texts, links, str(board.name), settings.BASE_URL + board.get_absolute_url(), place, online, url)
