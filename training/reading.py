"""Files of attendance read as rows of texts: CSV of any usual kind, and the first sheet of an XLSX file."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 120 * 1024 * 1024  # an XLSX file is a zip: what is in it may be larger than it looks
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST = 500  # characters of one cell that are kept
SAMPLE = 3  # rows shown when columns are chosen


class Unreadable(Exception):
    """The file is not what it seems; the text is a code of `wording.PROBLEMS`."""


def kind_of(head: bytes) -> str:
    """`xlsx` or `csv`, by what the file begins with; its name proves nothing. Raises Unreadable."""
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if b"\x00" in head or head.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8")):
        raise Unreadable("not_a_table")
    return "csv"


def table_of(content: bytes, kind: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The headings, and each further row that is not empty with its number in the file. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    rows = xlsx_rows(content) if kind == "xlsx" else csv_rows(content)
    numbered = ((number, cells) for number, cells in enumerate(rows, 1) if any(cells))
    try:
        _number, headings = next(numbered)
    except StopIteration:
        raise Unreadable("no_rows") from None
    return headings, at_most(numbered)


def at_most(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise Unreadable("too_many_rows")
        yield row


def csv_rows(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell.strip()[:LONGEST] for cell in row[:MOST_COLUMNS]]
    except csv.Error:
        raise Unreadable("not_a_table") from None


def xlsx_rows(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("too_large")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise Unreadable("not_a_table") from None
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        raise Unreadable("no_rows")
    for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
        yield [said(value) for value in row]


def said(value: Any) -> str:
    """A cell as its reader would write it."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value).strip()[:LONGEST]
