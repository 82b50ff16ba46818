"""Splitting and joining blocks: what stood in one place stands in two, or the other way round, and nothing is lost.

Both name the versions that the person saw: where somebody changed a block meanwhile nothing is done, and they are
shown the words as they are now.
"""

import re
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import LANGUAGES, Mark
from wlga_portal.kernel.workflow import Refused

from ..cells import read_cells, write_cells
from ..models import Block, BlockKind, Comment, Paper
from .papers import locked_for_arranging

SPLIT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.RECOMMENDATION, BlockKind.TABLE, BlockKind.FIGURE})
# where a text may be split: between lines, and after a sentence
BREAK = re.compile(r"\n+|(?<=[.!?…])[ \t]+(?=\S)")


class Moved(Refused):
    """Somebody changed the block while it was being arranged."""


def pieces(text: str) -> list[str]:
    """The sentences and lines of a text, each with the space that follows it, so that joined they are the text."""
    found, start = [], 0
    for match in BREAK.finditer(text):
        found.append(text[start : match.end()])
        start = match.end()
    if text[start:]:
        found.append(text[start:])
    return found


def parts_of(block: Block) -> dict[str, list[str]]:
    """What a block can be split between: rows of a table (without the names of its columns), else sentences."""
    name = "cells" if block.has_cells else "text"
    sides = {language: getattr(block, f"{name}_{language}") for language in LANGUAGES}
    if block.has_cells:
        return {language: [" | ".join(row) for row in read_cells(text)[1:]] for language, text in sides.items()}
    return {language: pieces(text) for language, text in sides.items()}


def halves(block: Block, language: str, at: int) -> tuple[str, str]:
    """The block's words in this language before and from part number `at`."""
    if not block.has_cells:
        parts = pieces(getattr(block, f"text_{language}"))
        return "".join(parts[:at]).rstrip(), "".join(parts[at:])
    rows = read_cells(getattr(block, f"cells_{language}"))
    if not rows:
        return "", ""
    head, body = rows[:1], rows[1:]
    return write_cells(head + body[:at]), write_cells(head + body[at:])


def seen(block: Block, version: int) -> Block:
    """The block as it is, if it still is as the person saw it."""
    row = Block.objects.select_for_update(of=("self",)).filter(pk=block.pk).first()
    if row is None or row.version != version:
        raise Moved(_("Somebody changed this block meanwhile. Nothing was done; these are its words now."))
    return row


def block_split(block: Block, *, by: Any, version: int, at: dict[str, int]) -> Block:
    """Split before part `at[language]` of each language; gives the new block, which follows. Raises Refused."""
    with audited(by=by, why="block split"):
        paper = locked_for_arranging(block.paper, by)
        row = seen(block, version)
        sides = {language: halves(row, language, at[language]) for language in LANGUAGES}
        if row.kind not in SPLIT_KINDS or not all(any(side[half] for side in sides.values()) for half in (0, 1)):
            raise Refused(_("Choose a place that leaves words on both sides."))
        paper.blocks.filter(position__gt=row.position).update(position=F("position") + 1)
        name = "cells" if row.has_cells else "text"
        made = Block(paper=paper, position=row.position + 1, kind=row.kind, level=row.level)
        if row.has_cells:
            made.text = row.text
        mark = row.mark_of(name)
        for language in LANGUAGES:
            setattr(row, f"{name}_{language}", sides[language][0])
            setattr(made, f"{name}_{language}", sides[language][1])
        made.save()
        row.save()
        keep_mark(mark, name, row, made)
    return made


def block_join(block: Block, *, by: Any, version: int, next_version: int) -> Block:
    """Join the block with the one that follows; it keeps its id, and the comments of the other. Raises Refused."""
    with audited(by=by, why="blocks joined"):
        paper = locked_for_arranging(block.paper, by)
        row = seen(block, version)
        other = following(paper, row)
        if other is None or not can_join(row, other):
            raise Refused(_("Only two neighbours of the same kind, tables with the same columns, can be joined."))
        other = seen(other, next_version)
        name = "cells" if row.has_cells else "text"
        marks = {row.mark_of(name), other.mark_of(name)}
        for language in LANGUAGES:
            sides = [getattr(one, f"{name}_{language}") for one in (row, other)]
            if row.has_cells:
                first, second = (read_cells(side) for side in sides)
                setattr(row, f"{name}_{language}", write_cells(first + second[1:]))
            else:
                setattr(row, f"{name}_{language}", "\n\n".join(side for side in sides if side))
        Comment.objects.filter(paper=paper, uid=other.uid).update(uid=row.uid)
        other.delete()
        row.save()
        keep_mark(worst(marks), name, row)
    return row


def following(paper: Paper, block: Block) -> Block | None:
    """The block below."""
    return paper.blocks.filter(position__gt=block.position).order_by("position").first()


def can_join(block: Block, other: Block) -> bool:
    """Whether two neighbours are of a kind that can be one."""
    if block.kind != other.kind or block.kind == BlockKind.HEADING:
        return False
    heads = ([read_cells(getattr(one, f"cells_{language}"))[:1] for one in (block, other)] for language in LANGUAGES)
    return not block.has_cells or all(first == second for first, second in heads)


def worst(marks: set[str]) -> str:
    """The mark of a text made of two: behind where either is, both ways behind counts as not compared."""
    stale = marks & {Mark.STALE_EN, Mark.STALE_CY}
    if len(stale) == 1:
        return stale.pop()
    return Mark.REVIEWED if marks == {Mark.REVIEWED} else Mark.UNREVIEWED


def keep_mark(mark: str, name: str, *blocks: Block) -> None:
    """No word was changed, so what was said of the translation still holds for each part."""
    for block in blocks:
        sides = [getattr(block, f"{name}_{language}") for language in LANGUAGES]
        if all(sides):
            Block.objects.filter(pk=block.pk).update(**{f"{name}_mark": mark})
