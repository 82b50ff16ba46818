"""Exports: files of rows. A small one is a response; a large one is a job with its progress on a page.

    register_source("fund.bids", rows=lambda user, params: Bid.objects.visible_to(user).order_by("pk"),
                    columns=[Column("title", _("Title"), lambda bid: bid.title), Column("status", _("Status"))])

    export = start_export(by=request.user, name=_("Bids"), rows_source="fund.bids", params={"round": 3}, format="xlsx")
    return redirect(export_url(export))

    return csv_response(_("Bids"), [[_("Title")], *rows])      # small: at once

The rows are those that the person may see when the file is made, not when they asked. The file is theirs alone and is
removed after seven days.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from .bilingual import page_language
from .export_files import csv_response, filename, writing, xlsx_response
from .files import drop_file
from .queue import enqueue, is_away, task
from .service_models import Export, ExportStatus, Format

__all__ = ["Column", "csv_response", "export_url", "register_source", "start_export", "xlsx_response"]

CHUNK = 500  # rows between two signs of progress
KEPT = timedelta(days=7)
LISTED = timedelta(days=90)  # how long the row is, after its file


@dataclass(frozen=True)
class Column:
    """A column of a file: `value(row)`, or the row's attribute of the same name as `key`."""

    key: str
    label: Any
    value: Callable[[Any], Any] | None = None

    def of(self, row: Any) -> Any:
        return self.value(row) if self.value else getattr(row, self.key)


@dataclass(frozen=True)
class Source:
    """Where the rows of a kind of export come from: only what `user` may see, in a fixed order."""

    rows: Callable[[Any, Mapping[str, Any]], models.QuerySet[Any]]
    columns: tuple[Column, ...]


_sources: dict[str, Source] = {}


def register_source(
    name: str, *, rows: Callable[[Any, Mapping[str, Any]], models.QuerySet[Any]], columns: Sequence[Column]
) -> None:
    """Name a source of rows, in an app's `tasks.py` or `exports.py` that it imports: the worker must know it too."""
    if name in _sources:
        raise ValueError(f"The source {name} is registered already.")
    _sources[name] = Source(rows, tuple(columns))


def start_export(
    *,
    by: Any,
    name: Any,
    rows_source: str,
    columns: Sequence[str] = (),
    params: Mapping[str, Any] | None = None,
    format: str = Format.CSV,
) -> Export:
    """Ask for a file; the worker makes it. `columns` chooses and orders the source's; `params` is plain JSON."""
    source = _sources[rows_source]
    known = [column.key for column in source.columns]
    if unknown := set(columns) - set(known):
        raise ValueError(f"{rows_source} has no column {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        export = Export.objects.create(
            asker=by,
            name=str(name),
            source=rows_source,
            params=dict(params or {}),
            columns=list(columns) or known,
            format=Format(format),
            language=page_language(),
        )
        enqueue(make_export, export=export.pk, lock=f"export-{by.pk}")
    return export


def export_url(export: Export) -> str:
    """The page of an export's progress."""
    return reverse("kernel:export_page", kwargs={"number": export.pk})


@task("kernel.make_export")
def make_export(*, export: int) -> None:
    """Make the file of one export; begun again from the first row if its worker was killed."""
    unfinished = (ExportStatus.WAITING, ExportStatus.RUNNING)
    asked = Export.objects.select_related("asker").filter(pk=export, status__in=unfinished).first()
    if asked is None:
        return
    try:
        if not asked.asker.is_active:
            raise PermissionError("The person may no longer sign in.")
        with override(asked.language), tempfile.TemporaryFile() as target:
            write_rows(asked, target)
            target.seek(0)
            asked.file.save(filename(asked.name, asked.format), File(target), save=False)
    except Exception as error:
        if is_away(error):  # the store of files: the queue asks again
            keep(asked, status=ExportStatus.WAITING)
        else:
            keep(asked, status=ExportStatus.FAILED, finished_at=timezone.now())
        raise
    now = timezone.now()
    keep(asked, status=ExportStatus.DONE, file=asked.file.name, finished_at=now, expires_at=now + KEPT, done=asked.done)


def write_rows(asked: Export, target: Any) -> None:
    """Write the rows, a chunk of them in memory at a time."""
    source = _sources[asked.source]
    found = {column.key: column for column in source.columns}
    columns = [found[key] for key in asked.columns]
    rows = source.rows(asked.asker, asked.params)
    keep(asked, status=ExportStatus.RUNNING, total=rows.count(), done=0)
    with writing(target, asked.format, [column.label for column in columns]) as writer:
        for row in rows.iterator(chunk_size=CHUNK):
            writer.write([column.of(row) for column in columns])
            asked.done += 1
            if asked.done % CHUNK == 0:
                keep(asked, done=asked.done)


def keep(asked: Export, **values: Any) -> None:
    """Write at once what the page of progress shows."""
    for name, value in values.items():
        setattr(asked, name, value)
    Export.objects.filter(pk=asked.pk).update(**values)


@task("kernel.remove_exports", every="15 * * * *")
def remove_exports(*, timestamp: int) -> None:
    """Files go after seven days; what was asked for is forgotten after ninety."""
    now = timezone.now()
    for old in Export.objects.filter(status=ExportStatus.DONE, expires_at__lt=now):
        with transaction.atomic():
            drop_file(old.file)
            keep(old, status=ExportStatus.REMOVED, file="")
    forgotten = Export.objects.filter(created_at__lt=now - LISTED)
    forgotten.exclude(status__in=[ExportStatus.DONE, ExportStatus.RUNNING]).delete()
