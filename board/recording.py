"""One way to write to the record of a meeting's day."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing

from .models import Meeting, PublicNote
from .public_notes import note_write
from .rules import day_record


@contextmanager
def recording(meeting: Meeting, *, by: Any, why: str = "") -> Iterator[Meeting]:
    """One write to the record of the day, with the meeting's row locked.

    Once the public note is out, a write is a correction: it needs a reason, and the note's next number is published
    with it. Raises NotAllowed, ReasonMissing, or NoteGaps where the corrected note would not be whole.
    """
    why = why.strip()
    with audited(by=by, why=why or "recorded on the day"):
        row = meeting.lock()
        if not day_record(by, row):
            raise NotAllowed(_("The day of this meeting cannot be recorded by you, or not now."))
        out = PublicNote.objects.filter(meeting=row).exists()
        if out and not why:
            raise ReasonMissing(_("The public note is out: say why the record is corrected."))
        yield row
        if out:
            note_write(row, by=by, why=why)
