"""A file of attendance: taken, checked, put into the register, undone, or its registers closed.

What takes long runs in the worker (`training/importing.py`); here are the decisions of a person.
"""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.files import drop_file
from wlga_portal.kernel.queue import enqueue
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState, advance

from .. import reading, rules
from ..models import Booking, Import, ImportSource, Session
from ..states import BookingStatus, SessionStatus


def import_create(*, source: ImportSource, filename: str, content: bytes, by: Any) -> Import:
    """Keep a file and look at its headings; it is checked once its source knows its columns. Raises Refused."""
    from ..wording import problem

    if not rules.team(by):
        raise NotAllowed(_("Files are brought in by the digital team."))
    try:
        kind = reading.kind_of(content[:8] if content else b"")
        headings, _rows = reading.table_of(content, kind)
    except reading.Unreadable as error:
        raise Refused(problem(str(error))) from error
    with audited(by=by, why="file sent"):
        if source._state.adding:
            source.save()
        batch = Import(
            source=source,
            filename=filename[-120:],
            format=kind,
            digest=hashlib.sha256(content).hexdigest(),
            asked_by=by,
        )
        batch.file.save(filename, ContentFile(content), save=False)
        batch.save()
        if fits(source, headings):
            start_check(batch)
    return batch


def fits(source: ImportSource, headings: list[str]) -> bool:
    """Whether the source's columns were chosen, and this file has them."""
    return bool(source.columns) and set(source.columns.values()) <= set(headings)


def start_check(batch: Import) -> None:
    from ..tasks_people import check_import

    enqueue(check_import, batch=batch.pk, lock="training-imports")


def columns_choose(*, batch: Import, columns: dict[str, str], mode: str, language: str, by: Any) -> Import:
    """Say once for a source which heading is which field; then the file is checked."""
    with audited(by=by, why="columns chosen"):
        source = ImportSource.objects.select_for_update().get(pk=batch.source_id)
        source.columns, source.mode, source.language = columns, mode, language
        source.save()
        row: Import = batch.lock()
        if row.status != "reading":
            row = advance(row, "again", by=by)
        start_check(row)
    return row


def import_again(*, batch: Import, by: Any) -> Import:
    """Check the file again, after courses, registers or doubles have changed. Raises Refused."""

    def forget(row: Import) -> None:
        if not row.file:
            raise WrongState(_("The file is no longer kept."))
        row.rows.all().delete()
        row.done = 0
        start_check(row)

    return advance(batch, "again", by=by, also=forget)


def import_start(*, batch: Import, by: Any) -> Import:
    """Put the good rows into the register; the others stay out. Raises Refused where there is none."""
    from ..tasks_people import run_import

    def begin(row: Import) -> None:
        row.done, row.total = 0, row.rows.waiting().count()
        if not row.total:
            raise WrongState(_("There is no row to put in."))
        enqueue(run_import, batch=row.pk, lock="training-imports")

    return advance(batch, "start", by=by, also=begin)


def sessions_of(batch: Import) -> Any:
    """The sessions that the file made."""
    made = batch.rows.filter(made_session=True).values("session")
    return Session.objects.filter(pk__in=made)


def import_undo(*, batch: Import, by: Any) -> Import:
    """Take everything back that the file brought. Raises Refused where one of its registers is closed by now."""
    from ..tasks_people import undo_import

    def begin(row: Import) -> None:
        written = row.rows.filter(booking__isnull=False)
        closed = Session.objects.filter(status=SessionStatus.CLOSED, pk__in=written.values("session")).count()
        if closed:
            raise WrongState(
                ngettext(
                    "%(count)d register of this file is closed and can only be corrected.",
                    "%(count)d registers of this file are closed and can only be corrected.",
                    closed,
                )
                % {"count": closed}
            )
        row.done, row.total = 0, written.count()
        enqueue(undo_import, batch=row.pk, lock="training-imports")

    return advance(batch, "undo", by=by, also=begin)


def import_settle(*, batch: Import, by: Any) -> Import:
    """Close the registers that the file made: from then on they are corrected, and the file cannot be undone.

    Nobody is told: these sessions are long over. Raises Refused while somebody is not marked.
    """

    def close(row: Import) -> None:
        for session in sessions_of(row).filter(status=SessionStatus.HELD):
            if Booking.objects.filter(session=session, status=BookingStatus.BOOKED).exists():
                raise WrongState(_("Mark everybody as present or absent before you close the register."))
            advance(session, "close", by=by, why="closed with its import")

    return advance(batch, "settle", by=by, also=close)


def import_drop(*, batch: Import, by: Any) -> Import:
    """Throw the file and its rows away."""

    def forget(row: Import) -> None:
        row.rows.all().delete()
        drop_file(row.file)
        row.file, row.filename = "", ""

    return advance(batch, "drop", by=by, also=forget)
