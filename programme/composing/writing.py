"""How a composed document is put together: blocks with values, each value with what stands behind it.

A sentence is a template in each language with the names of its values in braces:

    page.paragraph("grant", "The grant was {grant}.", "{grant} oedd y grant.", grant=bound(words.money(…), plan))
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from board.cells import write_cells
from board.models import BlockKind
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.markup import SPECIAL

NONE = Text("not published", "heb ei gyhoeddi")
RowKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Value:
    """A figure, date or name as it is said, the rows or the count behind it, and the day of which it speaks.

    `day` is None for the last day of the period that the document is about.
    """

    said: Text
    rows: tuple[RowKey, ...] = ()
    counted: str = ""
    day: date | None = None


def row_key(row: models.Model) -> RowKey:
    return row._meta.label_lower, int(row.pk)


def escaped(text: str) -> str:
    """A text as Markdown on one line in which nothing is markup."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def bound(said: Text | str, *rows: models.Model, counted: str = "", day: date | None = None) -> Value:
    """A value with its rows; a plain text is the same in both languages. What is not known reads "not published"."""
    text = Text(said, said) if isinstance(said, str) else said
    if not text.en and not text.cy:
        text = NONE
    text = Text(text.en or text.cy, text.cy or text.en)
    return Value(text, tuple(row_key(row) for row in rows), counted, day)


def or_none(said: Text | None, *rows: models.Model, counted: str = "", day: date | None = None) -> Value:
    """A value, or "not published" where there is none."""
    return bound(said or NONE, *rows, counted=counted, day=day)


class Said(str):
    """A value in a template: `{reason:.}` ends it as a sentence, whether or not its source did."""

    def __format__(self, spec: str) -> str:
        return f"{self}." if spec == "." and not self.endswith((".", "!", "?")) else str(self)


@dataclass(frozen=True, slots=True)
class Composed:
    """One block of the document. `values` are by the names that they have in its templates or places in its table."""

    key: str
    kind: str
    text: Text
    cells: Text = field(default_factory=lambda: Text("", ""))
    level: int | None = None
    values: dict[str, Value] = field(default_factory=dict)


Cell = Value | Text


@dataclass
class Page:
    """Collects the blocks of a document. `until` is the day of which its values speak where they name none."""

    until: date
    blocks: list[Composed] = field(default_factory=list)
    place: str = ""

    def section(self, key: str, en: str, cy: str, **values: Value) -> None:
        """A heading; the keys of the blocks after it begin with its own."""
        self.place = key
        self.blocks.append(Composed(key, BlockKind.HEADING, Text(*titled((en, cy), values)), level=2, values=values))

    def paragraph(self, key: str, en: str, cy: str, **values: Value) -> None:
        self.sentence(BlockKind.PARAGRAPH, key, en, cy, values)

    def recommendation(self, key: str, en: str, cy: str, **values: Value) -> None:
        self.sentence(BlockKind.RECOMMENDATION, key, en, cy, values)

    def sentence(self, kind: str, key: str, en: str, cy: str, values: dict[str, Value]) -> None:
        text = Text(
            en.format(**{name: Said(escaped(value.said.en)) for name, value in values.items()}),
            cy.format(**{name: Said(escaped(value.said.cy)) for name, value in values.items()}),
        )
        self.blocks.append(Composed(f"{self.place}.{key}", kind, text, values=values))

    def table(
        self,
        key: str,
        caption: tuple[str, str],
        columns: Sequence[tuple[str, str]],
        rows: Iterable[tuple[str, list[Cell]]],
        **about: Value,
    ) -> None:
        """A table; each row has a key of its own. Nothing is written where there is no row.

        `about`: the values that caption and columns name in braces.
        """
        found = list(rows)
        if not found:
            return
        values = {
            f"{name}/{number}": cell
            for name, cells in found
            for number, cell in enumerate(cells)
            if isinstance(cell, Value)
        }
        sides, heads = {}, [titled(column, about) for column in columns]
        for language, side in (("en", 0), ("cy", 1)):
            lines = [[said_in(cell, language) for cell in cells] for _name, cells in found]
            sides[language] = write_cells([[head[side] for head in heads], *lines])
        text = Text(*titled(caption, about))
        self.blocks.append(Composed(f"{self.place}.{key}", BlockKind.TABLE, text, Text(**sides), values=about | values))


def titled(pair: tuple[str, str], values: dict[str, Value]) -> tuple[str, str]:
    """A heading, caption or column in both languages with its values: plain words, no Markdown."""
    en, cy = pair
    return (
        en.format(**{name: value.said.en for name, value in values.items()}),
        cy.format(**{name: value.said.cy for name, value in values.items()}),
    )


def said_in(cell: Cell, language: str) -> str:
    text: Any = cell.said if isinstance(cell, Value) else cell
    return escaped(getattr(text, language))
