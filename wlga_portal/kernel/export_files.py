"""Rows as files: CSV that a spreadsheet cannot be tricked with, and XLSX; both written row by row."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Protocol

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

BOM = "\ufeff"  # without it Excel reads ŵ and ŷ wrongly
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_XLSX_ROWS = 1_048_575  # the format's own limit, less the header
LONGEST_CELL = 32_767  # letters, the format's own limit
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Writer(Protocol):
    """Takes rows, then is finished; or is abandoned, where a row could not be had."""

    def write(self, row: Sequence[Any]) -> None: ...
    def finish(self) -> None: ...
    def abandon(self) -> None: ...


def plain(value: Any) -> Any:
    """A value that a file can hold: nothing is empty, yes and no are words, moments are by the clock of Wales."""
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case datetime.datetime():
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return local.replace(tzinfo=None, microsecond=0)
        case int() | float() | datetime.date():
            return value
    return str(value)


def safe(value: Any) -> Any:
    """A cell of a CSV: a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    value = plain(value)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value.isoformat(" ") if isinstance(value, datetime.datetime) else value


class CsvWriter:
    """CSV with a byte order mark, lines ended as RFC 4180 says."""

    def __init__(self, target: IO[bytes], header: Sequence[Any]) -> None:
        self.text = io.TextIOWrapper(target, "utf-8", newline="", write_through=True)
        self.text.write(BOM)
        self.rows = csv.writer(self.text)
        self.write(header)

    def write(self, row: Sequence[Any]) -> None:
        self.rows.writerow([safe(value) for value in row])

    def finish(self) -> None:
        self.text.detach()

    abandon = finish


class XlsxWriter:
    """One sheet, its header in bold and always in sight; every text is a text, never a formula."""

    def __init__(self, target: IO[bytes], header: Sequence[Any]) -> None:
        self.target = target
        self.book = Workbook(write_only=True)
        self.sheet = self.book.create_sheet()
        self.sheet.freeze_panes = "A2"
        self.count = 0
        self.sheet.append([self.cell(label, bold=True) for label in header])

    def cell(self, value: Any, *, bold: bool = False) -> Any:
        value = plain(value)
        if isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        made = WriteOnlyCell(self.sheet, value)
        if isinstance(value, str):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    def write(self, row: Sequence[Any]) -> None:
        self.count += 1
        if self.count > MOST_XLSX_ROWS:
            raise ValueError(f"An XLSX sheet holds {MOST_XLSX_ROWS} rows; export them as CSV.")
        self.sheet.append([self.cell(value) for value in row])

    def finish(self) -> None:
        self.book.save(self.target)

    def abandon(self) -> None:
        self.book.save(io.BytesIO())  # only saving closes and removes the library's own temporary file


WRITERS: dict[str, type[CsvWriter] | type[XlsxWriter]] = {"csv": CsvWriter, "xlsx": XlsxWriter}


@contextmanager
def writing(target: IO[bytes], form: str, header: Sequence[Any]) -> Iterator[Writer]:
    """A writer that is finished when the block ends well, and abandoned when it does not."""
    writer: Writer = WRITERS[form](target, header)
    try:
        yield writer
    except BaseException:
        writer.abandon()
        raise
    writer.finish()


def filename(name: Any, form: str) -> str:
    """`bids-2026-11-23.csv`: no letters that an old file system minds."""
    return f"{slugify(str(name)) or 'export'}-{timezone.localdate().isoformat()}.{form}"


def csv_response(name: Any, rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A small export at once: the first of `rows` is the header. For more than some hundred rows: `start_export`."""
    return file_response(name, rows, "csv")


def xlsx_response(name: Any, rows: Iterable[Sequence[Any]]) -> HttpResponse:
    return file_response(name, rows, "xlsx")


def file_response(name: Any, rows: Iterable[Sequence[Any]], form: str) -> HttpResponse:
    found = iter(rows)
    target = io.BytesIO()
    with writing(target, form, next(found)) as writer:
        for row in found:
            writer.write(row)
    response = HttpResponse(target.getvalue(), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{filename(name, form)}"'
    return response
