"""What stops publication, each with the place where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import publication_gaps

from .cells import is_rectangular, read_cells, same_shape
from .implications import implication_gaps
from .lateness import lacks_its_reason
from .models import Block, Edition, Paper
from .parity import open_mismatches


@dataclass(frozen=True, slots=True)
class PaperGap:
    """A sentence, and the block that it is about (None: the paper's front, or its `place`)."""

    sentence: str
    block: Block | None = None
    place: str = ""
    url: str = ""  # the page where it is mended, where that is neither its block nor the front

    def __str__(self) -> str:
        return self.sentence


def gaps_of(paper: Paper) -> list[PaperGap]:
    """Everything that stops publication, in the order of the paper."""
    stated = (PaperGap(sentence, place="implications") for sentence in implication_gaps(paper))
    return [
        *front_gaps(paper),
        *stated,
        *(gap for block in paper.blocks.order_by("position") for gap in block_gaps(block)),
        *(PaperGap(one.sentence, place="parity") for one in open_mismatches(paper)),
    ]


def front_gaps(paper: Paper) -> Iterator[PaperGap]:
    for gap in publication_gaps(paper):
        yield PaperGap(str(gap))
    if not paper.purpose:
        yield PaperGap(_("The paper does not say whether it is for information, discussion or decision."))
    if not paper.blocks.exists():
        yield PaperGap(_("The paper has no blocks yet."))
    if lacks_its_reason(paper):
        url = reverse("board:paper_late", kwargs={"slug": paper.slug})
        yield PaperGap(_("The paper is late, and nobody has said why."), url=url)
    if not paper.correction and Edition.objects.filter(paper=paper).exists():
        yield PaperGap(_("The correction does not say what was corrected."))


def block_gaps(block: Block) -> Iterator[PaperGap]:
    for gap in publication_gaps(block):
        yield PaperGap(str(gap), block)
    if not block.has_cells:
        return
    if not block.cells:
        yield PaperGap(_("The table has no rows."), block)
    elif not block.cells.missing:
        if not same_shape(block.cells.en, block.cells.cy):
            yield PaperGap(_("The table has not the same rows and columns in both languages."), block)
        elif not is_rectangular(read_cells(block.cells.en)):
            yield PaperGap(_("The rows of the table have different numbers of cells."), block)
