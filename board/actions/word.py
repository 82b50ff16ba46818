"""Taking the blocks of a Word file into a paper."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused

from ..cells import same_shape
from ..models import Block, BlockKind, Paper
from .papers import locked_for_arranging


class NotAlike(Refused):
    """The file has not the blocks that the paper has."""


def word_append(paper: Paper, rows: list[dict[str, Any]], language: str, *, by: Any) -> int:
    """Put the blocks of a file after those of the paper, in one language; the other is empty. Raises Refused."""
    with audited(by=by, why="Word file taken in"):
        row = locked_for_arranging(paper, by)
        last = row.blocks.aggregate(last=Max("position"))["last"] or 0
        for position, said in enumerate(rows, last + 1):
            columns = {f"text_{language}": said["text"], f"cells_{language}": said["cells"]}
            Block.objects.create(paper=row, position=position, kind=said["kind"], level=said["level"], **columns)
    return len(rows)


def word_side(paper: Paper, rows: list[dict[str, Any]], language: str, *, by: Any) -> int:
    """Put the blocks of a file beside those of the paper, where that language is empty. Raises Refused.

    Nothing is written unless each block of the file stands opposite one of the same kind, and its text is not there.
    """
    with audited(by=by, why="Word file of the other language taken in"):
        row = locked_for_arranging(paper, by)
        blocks = list(row.blocks.select_for_update().order_by("position"))
        refuse_unlike(blocks, rows, language)
        changed = 0
        for block, said in zip(blocks, rows, strict=True):
            before = getattr(block, f"text_{language}"), getattr(block, f"cells_{language}")
            if before != (said["text"], said["cells"]):
                setattr(block, f"text_{language}", said["text"])
                setattr(block, f"cells_{language}", said["cells"])
                block.save()
                changed += 1
    return changed


def refuse_unlike(blocks: list[Block], rows: list[dict[str, Any]], language: str) -> None:
    """Raises NotAlike at the first block that has no counterpart."""
    if len(blocks) != len(rows):
        raise NotAlike(
            _("The paper has %(paper)s blocks, the file has %(file)s: they cannot be put side by side.")
            % {"paper": len(blocks), "file": len(rows)}
        )
    other = "cy" if language == "en" else "en"
    for number, (block, said) in enumerate(zip(blocks, rows, strict=True), 1):
        kind = BlockKind(said["kind"])
        if block.kind != kind and not (block.kind == BlockKind.FIGURE and kind == BlockKind.TABLE):
            raise NotAlike(
                _("Block %(number)s: the paper has “%(paper)s” there, the file “%(file)s”.")
                % {"number": number, "paper": block.get_kind_display(), "file": kind.label}
            )
        cells = getattr(block, f"cells_{other}")
        if cells and not same_shape(cells, said["cells"]):
            raise NotAlike(_("Block %(number)s: the table has other rows or columns in the file.") % {"number": number})
        mine = getattr(block, f"text_{language}")
        if mine and mine != said["text"]:
            raise NotAlike(
                _("Block %(number)s has a text in this language already. The file does not replace it.")
                % {"number": number}
            )
