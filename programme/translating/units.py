"""A text in a file: its key, and both sides as the file has them."""

import re
import unicodedata
from dataclasses import dataclass

from .texts import Entry

KEY = re.compile(r"([a-z]+\.[a-z]+)-(\d{1,18})-([a-z0-9_]+)-(en|cy)-([0-9a-f]{12})")
MOST = 500  # texts of one file
LARGEST = 20 * 1024 * 1024  # bytes of a file that comes back


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of a file that was taken out."""

    key: str
    source: str
    target: str

    @property
    def named(self) -> tuple[str, int, str, str, str] | None:
        """(kind, id, name, target language, sign of the translation as it was); None for a key of something else."""
        found = KEY.fullmatch(self.key)
        return (found[1], int(found[2]), found[3], found[4], found[5]) if found else None


def plain(text: str) -> str:
    """A text as a file can carry it: lines end in one character, no others that neither XML nor Word can hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cs"})
    return kept.strip()


def note(entry: Entry) -> str:
    """Where a text stands, in the page's language."""
    parts = (str(entry.area), str(entry.place), str(entry.label))
    return " · ".join(part for part in parts if part)
