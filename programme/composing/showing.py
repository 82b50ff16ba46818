"""A composed paper's values as its page shows them: by block, each with its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from board.editions import numbered
from board.models import Block
from board.wording import place_label, plain_line
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.unchanged import snapshot, while_unchanged

from ..models import BoundValue, Composition
from . import known
from .changes import Change, blocks_of, since_the_board


@dataclass(frozen=True, slots=True)
class ShownValue:
    value: BoundValue
    rows: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block that stands in the paper, with its values. `edited`: a writer changed its words."""

    label: str
    anchor: str
    words: Text
    values: list[ShownValue]
    edited: bool


def shown_blocks(composition: Composition) -> list[ShownBlock]:
    """In the order of the paper; a constant number of queries."""
    blocks = list(Block.objects.filter(paper=composition.paper_id).order_by("position"))
    said = {block.uid: one for block, one in zip(blocks, numbered([one.paired() for one in blocks]), strict=True)}
    words = {block.uid: block for block in blocks}
    composed = {row.uid: row for row in blocks_of(composition)}
    rows = known.shown(
        (label, pk) for row in composed.values() for value in row.values.all() for label, pk in value.rows
    )
    return [
        ShownBlock(
            label=place_label(said[uid]["kind"], said[uid]["number"]),
            anchor=said[uid]["anchor"],
            words=Text(plain_line(words[uid].text.en), plain_line(words[uid].text.cy)),
            values=[
                ShownValue(value, [rows[label, pk] for label, pk in value.rows if (label, pk) in rows])
                for value in composed[uid].values.all()
            ],
            edited=any(
                getattr(words[uid], name) != getattr(composed[uid], name)
                for name in ("text_en", "text_cy", "cells_en", "cells_cy")
            ),
        )
        for uid in words
        if uid in composed and composed[uid].values.all()
    ]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """What a value was and what it is now, in words, and the rows that say so now."""

    was: Text | None
    now: Text | None
    rows: list[dict[str, str]]


def shown_changes(changes: list[Change]) -> Iterator[ShownChange]:
    rows = known.shown(row for change in changes if change.value for row in change.value.rows)
    for change in changes:
        found: list[Any] = [rows[row] for row in change.value.rows if row in rows] if change.value else []
        yield ShownChange(change.was, change.now, found)


def shown_since(composition: Composition) -> tuple[list[ShownChange], datetime | None]:
    """What has changed since the board saw the paper, and when it did.

    The paper is composed anew for the first reader of a day and after each write; the others see what that gave.
    """

    def read() -> tuple[list[ShownChange], datetime | None]:
        changes, seen_at = since_the_board(composition)
        return list(shown_changes(changes)), seen_at

    key = ("since the board", composition.pk, get_language(), timezone.localdate())
    return while_unchanged(key, read, snapshot())


@dataclass(frozen=True, slots=True)
class Source:
    """A value of a document with its rows, or the count that made it."""

    said: Text
    rows: list[dict[str, str]]
    counted: str


def shown_sources(document: Any) -> list[Source]:
    """Every value of a composed document, in its order."""
    values = [value for block in document.blocks for value in block.values.values()]
    rows = known.shown(row for value in values for row in value.rows)
    return [Source(one.said, [rows[row] for row in one.rows if row in rows], one.counted) for one in values]
