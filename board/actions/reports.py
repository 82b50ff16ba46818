"""Reports about a board that are begun with their blocks: what the portal composes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.workflow import NotAllowed

from ..models import Block, Board, Paper, PaperKind, Purpose
from ..rules import secretary
from .papers import set_authors


def report_create(
    board: Board, *, by: Any, title: Text, audience: Text, dated: date, drafted_in: str, blocks: Sequence[Block]
) -> Paper:
    """A draft report about a board, written by `by`, with these blocks in their order. Raises NotAllowed."""
    if not secretary(by):
        raise NotAllowed(_("You may not begin a report about a board."))
    with audited(by=by, why="report composed"):
        paper = Paper(board=board, kind=PaperKind.REPORT, purpose=Purpose.INFORMATION, dated=dated)
        paper.title = (title.en, title.cy)
        paper.audience = (audience.en, audience.cy)
        paper.drafted_in = drafted_in
        paper.set_slugs(title.en, title.cy)
        paper.save()
        set_authors(paper, [by])
        for position, block in enumerate(blocks, 1):
            block.paper, block.position = paper, position
        Block.objects.bulk_create(blocks)
    return paper
