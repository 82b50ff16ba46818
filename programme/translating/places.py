"""Where a text stands: the page that shows it, and the page of its own on which it is written."""

from typing import Any

from django.db.models import Model
from django.urls import reverse

from board import rules as board_rules
from board.models import Block, Implication, Paper
from board.tables import work_url

from .kinds import kinds, owner_of
from .texts import Entry


def own_page(user: Any, entry: Entry) -> str:
    """The page on which such a text is written, where it has one and this person may write there; '' otherwise."""
    if entry.kind == "fund.translatedtext":
        return str(kinds()[entry.kind].model._base_manager.get(pk=entry.pk).get_absolute_url())  # type: ignore[attr-defined]  # this model has it
    if entry.kind in {"board.paper", "board.block", "board.implication"}:
        row: Any = row_with_paper(entry)
        paper = row if isinstance(row, Paper) else row.paper
        if not board_rules.paper_edit(user, paper):
            return work_url(paper)
        if isinstance(row, Block):
            return reverse("board:block_edit", kwargs={"slug": paper.slug, "pk": row.pk})
        if isinstance(row, Implication):
            return reverse("board:implication_edit", kwargs={"slug": paper.slug, "kind": row.kind})
        return work_url(paper)
    return ""


def row_with_paper(entry: Entry) -> Model:
    rows = kinds()[entry.kind].model._base_manager.all()
    return rows.get(pk=entry.pk) if entry.kind == "board.paper" else rows.select_related("paper").get(pk=entry.pk)


def page_of(user: Any, entry: Entry) -> str:
    """The page of the thing, or of what it belongs to, that this person may open; '' where there is none."""
    row: Any = kinds()[entry.kind].model._base_manager.get(pk=entry.pk)
    while row is not None:
        seen = getattr(type(row)._default_manager.all(), "visible_to", None)
        if hasattr(row, "get_absolute_url") and seen is not None:
            return str(row.get_absolute_url()) if seen(user).filter(pk=row.pk).exists() else ""
        owner = owner_of(type(row))
        row = getattr(row, owner.name) if owner is not None else None
    return ""
