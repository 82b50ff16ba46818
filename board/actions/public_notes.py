"""The public note of a meeting."""

from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused

from ..models import Meeting, PublicNote
from ..public_notes import note_write
from ..rules import day_record
from ..states import MeetingStatus


def note_publish(meeting: Meeting, *, by: Any) -> PublicNote:
    """Publish the first note of a meeting that was held; later ones come with each correction. Raises NoteGaps."""
    with audited(by=by, why="public note published"):
        row = meeting.lock()
        if not day_record(by, row):
            raise NotAllowed(_("You cannot publish the public note of this meeting."))
        if row.status != MeetingStatus.HELD:
            raise Refused(_("The public note is published once the meeting is recorded as held."))
        return note_write(row, by=by)
