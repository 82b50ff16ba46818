"""Calendar files of meetings (iCalendar, RFC 5545): public ones, and a member's own with the link for joining.

Times are in UTC. The identity of a meeting stays, and its sequence grows with each change that the history keeps, so
that a program that reads the file again updates the entry. A cancelled meeting is told as cancelled.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from training.calendar import answer as answer
from training.calendar import calendar, lines_apart, one_line
from wlga_portal.kernel.history import event_model

from .models import Meeting, Response
from .states import MeetingStatus
from .wording import meeting_name

FEED = 300  # meetings in a file
BACK = timedelta(days=366)  # how far a file reaches into the past
SHORTEST = timedelta(hours=1)  # what a calendar shows of a meeting without an end


def changes_of(meetings: Iterable[Meeting]) -> dict[int, int]:
    """How often each was written, by its id; one query."""
    events: Any = event_model(Meeting)
    rows = events._base_manager.filter(pgh_obj_id__in=[meeting.pk for meeting in meetings]).order_by()
    return dict(rows.values_list("pgh_obj_id").annotate(number=Count("pgh_id")))


def entry(meeting: Meeting, sequence: int, *, joining: bool, response: Response | None = None) -> Event:
    """A meeting as an entry, in the language of the page."""
    event = Event()
    event.add("uid", f"board-meeting-{meeting.pk}@{settings.BASE_URL.split('//')[-1]}")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("sequence", sequence)
    put_times(event, meeting)
    event.add("summary", one_line(f"{meeting.board.name}: {meeting_name(meeting)}"))
    if meeting.place:
        event.add("location", one_line(meeting.place))
    lines = []
    if joining and meeting.link:
        lines.append(_("Join at %(url)s") % {"url": meeting.link})
    if response is not None:
        lines.append(_("Your answer: %(answer)s") % {"answer": response.get_answer_display()})
    if lines:
        event.add("description", lines_apart(lines))
    event.add("url", settings.BASE_URL + meeting.get_absolute_url())
    status = {MeetingStatus.CANCELLED: "CANCELLED", MeetingStatus.PLANNED: "TENTATIVE"}
    event.add("status", status.get(MeetingStatus(meeting.status), "CONFIRMED"))
    return event


def put_times(event: Event, meeting: Meeting) -> None:
    """A meeting whose time is not known, and a decision by correspondence, take their whole day."""
    if meeting.starts_at is None:
        event.add("dtstart", meeting.date)
        event.add("dtend", meeting.date + timedelta(days=1))
        return
    starts = timezone.make_aware(datetime.combine(meeting.date, meeting.starts_at))
    event.add("dtstart", starts.astimezone(UTC))
    if meeting.ends_at is None:
        event.add("dtend", (starts + SHORTEST).astimezone(UTC))
    else:
        event.add("dtend", timezone.make_aware(datetime.combine(meeting.date, meeting.ends_at)).astimezone(UTC))


def of_meetings(
    meetings: Iterable[Meeting], name: str, *, joining: bool = False, responses: dict[int, Response] | None = None
) -> bytes:
    """A file of these meetings. `joining`: with the link for joining, for those who belong there."""
    rows = list(meetings)
    changes = changes_of(rows)
    entries = [
        entry(row, changes.get(row.pk, 0), joining=joining, response=(responses or {}).get(row.pk)) for row in rows
    ]
    return calendar(entries, name, area="board")
