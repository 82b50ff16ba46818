"""Composing a paper, and bringing it up to date with the data until it is cleared."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from board.actions.reports import report_create
from board.models import Block, Board, Paper, PaperKind
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import LANGUAGES, Text
from wlga_portal.kernel.workflow import Refused

from ..models import FOLLOWING, BoundValue, ComposedBlock, Composition
from . import compose, words
from .changes import composition_of, fresh, waiting
from .known import known_at
from .period import Period
from .writing import Composed, Value, escaped

MEMBERS = Text("WLGA members", "Aelodau CLlLC")


def update_compose(board: Board, *, by: Any, starts: date, ends: date, drafted_in: str) -> Composition:
    """A draft report about a board and the programme for a period, with its values bound. Raises NotAllowed."""
    with audited(by=by, why="update composed"):
        composed = compose.update(Period(board, starts, ends))
        first, last = words.day(starts), words.day(ends)
        title = Text(
            f"{board.name.en}: update, {first.en} to {last.en}", f"{board.name.cy}: diweddariad, {first.cy} i {last.cy}"
        )
        paper = report_create(
            board, by=by, title=title, audience=MEMBERS, dated=ends, drafted_in=drafted_in,
            blocks=[block_of(one) for one in composed],
        )  # fmt: skip
        composition = Composition.objects.create(
            paper=paper, starts=starts, ends=ends, composed_by=by, followed_at=timezone.now()
        )
        uids = list(paper.blocks.order_by("position").values_list("uid", flat=True))
        keep(composition, zip(composed, uids, strict=True))
    return composition


def block_of(one: Composed) -> Block:
    made = Block(kind=one.kind, level=one.level)
    made.text, made.cells = (one.text.en, one.text.cy), (one.cells.en, one.cells.cy)
    return made


def keep(composition: Composition, blocks: Iterable[tuple[Composed, Any]]) -> None:
    """Write what was composed and its values, for blocks that have their `uid`."""
    pairs = list(blocks)
    rows = ComposedBlock.objects.bulk_create(
        ComposedBlock(
            composition=composition, key=one.key, uid=uid, text_en=one.text.en, text_cy=one.text.cy,
            cells_en=one.cells.en, cells_cy=one.cells.cy,
        )
        for one, uid in pairs
    )  # fmt: skip
    known = known_at(row for one, _uid in pairs for value in one.values.values() for row in value.rows)
    BoundValue.objects.bulk_create(
        value_of(row, name, value, composition, known)
        for row, (one, _uid) in zip(rows, pairs, strict=True)
        for name, value in one.values.items()
    )


def value_of(
    block: ComposedBlock, name: str, value: Value, composition: Composition, known: dict[Any, Any]
) -> BoundValue:
    moments = [known[row] for row in value.rows if row in known]
    return BoundValue(
        block=block, name=name, en=value.said.en, cy=value.said.cy, rows=[list(row) for row in value.rows],
        counted=value.counted, true_on=value.day or composition.ends,
        known_at=max(moments) if moments else composition.followed_at,
    )  # fmt: skip


def follow(composition: Composition, *, by: Any) -> int:
    """Bring the paper up to date: what nobody edited is written anew; in what was edited, the values are put in.

    Each changed value keeps what it was until a writer has seen it. Gives how many changed. Raises Refused once the
    paper is cleared.
    """
    with audited(by=by, why="composed paper brought up to date"):
        paper = composition.paper.lock()
        if paper.status not in FOLLOWING:
            raise Refused(_("The paper is cleared: its figures no longer follow the data."))
        composition.followed_at = timezone.now()
        composition.save(update_fields=["followed_at"])
        now = fresh(composition)
        rows = {row.key: row for row in composition.blocks.prefetch_related("values")}
        blocks = {block.uid: block for block in Block.objects.filter(paper=paper)}
        known = known_at(row for one in now.values() for value in one.values.values() for row in value.rows)
        changed = sum(
            bring(rows[key], one, blocks.get(rows[key].uid), composition, known)
            for key, one in now.items()
            if key in rows
        )
        changed += add(composition, paper, now, rows)
        changed += drop([row for key, row in rows.items() if key not in now], blocks)
    return changed


def bring(
    row: ComposedBlock, one: Composed, block: Block | None, composition: Composition, known: dict[Any, Any]
) -> int:
    """One block: its values, then its words. `block` is None where a writer took it out."""
    old = {value.name: value for value in row.values.all()}
    moved: list[tuple[Text, Text]] = []
    for name, value in one.values.items():
        was, made = old.get(name), value_of(row, name, value, composition, known)
        if was is None:
            made.save()
        elif was.said != value.said:
            moved.append((was.said, value.said))
            made.pk, made.changed_at = was.pk, composition.followed_at
            made.was_en, made.was_cy = was.was_en or was.en, was.was_cy or was.cy
            made.save()
        elif (was.rows, was.known_at) != (made.rows, made.known_at):
            BoundValue.objects.filter(pk=was.pk).update(rows=made.rows, known_at=made.known_at)
    gone = [value.pk for name, value in old.items() if name not in one.values]
    BoundValue.objects.filter(pk__in=gone).delete()
    sides = {f"text_{side}": getattr(one.text, side) for side in LANGUAGES}
    sides |= {f"cells_{side}": getattr(one.cells, side) for side in LANGUAGES}
    if all(getattr(row, name) == said for name, said in sides.items()):
        return len(moved)
    if block is not None:
        said = {name: written(block, row, name, text, moved) for name, text in sides.items()}
        Block.objects.filter(pk=block.pk).update(**said)
    ComposedBlock.objects.filter(pk=row.pk).update(**sides)
    return len(moved) or 1


def written(block: Block, row: ComposedBlock, name: str, text: str, moved: list[tuple[Text, Text]]) -> str:
    """One side of a block: the new words where nobody edited it; else its own, each old value replaced where it stands
    once."""
    now: str = getattr(block, name)
    if now == getattr(row, name):
        return text
    side = name[-2:]
    for was, new in moved:
        old = escaped(getattr(was, side))
        if now.count(old) == 1:
            now = now.replace(old, escaped(getattr(new, side)))
    return now


def add(composition: Composition, paper: Paper, now: dict[str, Composed], rows: dict[str, ComposedBlock]) -> int:
    """Blocks that are new in the data, each after the one before it."""
    made: list[tuple[Composed, Any]] = []
    before: Any = None
    uids = {key: row.uid for key, row in rows.items()}
    for key, one in now.items():
        if key in rows:
            before = uids[key]
            continue
        place = Block.objects.filter(paper=paper, uid=before).values_list("position", flat=True).first()
        if place is None:
            place = Block.objects.filter(paper=paper).count()
        Block.objects.filter(paper=paper, position__gt=place).update(position=F("position") + 1)
        block = block_of(one)
        block.paper, block.position = paper, place + 1
        block.save()
        before = block.uid
        made.append((one, block.uid))
    keep(composition, made)
    return len(made)


def drop(gone: list[ComposedBlock], blocks: dict[Any, Block]) -> int:
    """Blocks of which the data says nothing any more: taken out, unless a writer made them their own."""
    for row in gone:
        block = blocks.get(row.uid)
        names = [f"{part}_{side}" for part in ("text", "cells") for side in LANGUAGES]
        if block is not None and all(getattr(block, name) == getattr(row, name) for name in names):
            block.delete()
        row.values.all().delete()
        row.delete()
    return len(gone)


def changes_seen(composition: Composition, *, by: Any) -> None:
    """A writer has seen what changed: the marks go."""
    with audited(by=by, why="changes of the data seen"):
        composition.paper.lock()
        values = BoundValue.objects.filter(block__composition=composition, changed_at__isnull=False)
        values.update(changed_at=None, was_en="", was_cy="")


def refuse_old_figures(paper: Paper) -> None:
    """Before clearance: what is cleared and frozen is what the data says now, and what the clearer has read."""
    composition = composition_of(paper) if paper.kind == PaperKind.REPORT else None
    if composition is not None and waiting(composition):
        raise Refused(_("The data has changed since the paper was last brought up to date. Bring it up to date first."))


def follow_all() -> int:
    """Every composed paper that is not cleared; for the clock. Gives how many figures changed."""
    papers = Composition.objects.filter(paper__status__in=FOLLOWING).select_related("paper__board")
    return sum(follow(one, by=None) for one in papers if waiting(one))
