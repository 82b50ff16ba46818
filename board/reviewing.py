"""Whether a translator has looked at what an edition says."""

from typing import Any

from django.db.models import Q

from wlga_portal.kernel.bilingual import Mark

from .models import Edition, Paper


def unreviewed(paper: Paper, edition: Edition | None) -> bool:
    """Whether any text of it was never marked as reviewed.

    While the words of the paper are those of the edition, the marks of its rows answer. Otherwise a text counts as
    reviewed only where the row still says the same and is marked.
    """
    if edition is None or (paper.is_frozen and edition.number == getattr(paper, "edition_number", edition.number)):
        open_text = ~Q(text_mark=Mark.REVIEWED)
        open_cells = ~Q(cells_mark=Mark.REVIEWED) & ~Q(cells_en="", cells_cy="")
        return front_open(paper) or paper.blocks.filter(open_text | open_cells).exists()
    said = {block["uid"]: block for block in edition.data["blocks"]}
    for block in paper.blocks.all():
        frozen = said.pop(str(block.uid), None)
        if frozen is not None and not (same(block.paired(), frozen) and reviewed(block)):
            return True
    return bool(said) or front_open(paper)


def same(now: dict[str, Any], frozen: dict[str, Any]) -> bool:
    return all(now[name] == frozen[name] for name in ("text", "table"))


def reviewed(thing: Any) -> bool:
    return all(thing.mark_of(name) == Mark.REVIEWED for name in thing.bilingual if getattr(thing, name))


def front_open(paper: Paper) -> bool:
    """Whether the title or another text of the paper's front was not reviewed."""
    return not reviewed(paper)
