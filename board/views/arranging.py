"""Splitting and joining blocks, and what was typed into a block that is gone."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from board import rules
from board.actions import block_add
from board.actions.arranging import (
    SPLIT_KINDS,
    Moved,
    block_join,
    block_split,
    can_join,
    following,
    parts_of,
)
from board.finders import find_block, find_work
from board.models import Block, BlockKind, Paper
from board.tables import work_url
from wlga_portal.kernel.bilingual import LANGUAGES
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import drop_draft, load_draft
from wlga_portal.kernel.workflow import Refused

from .blocks import block_arrange_allowed, place_url


def number_in(data: Any, name: str) -> int:
    """A number that the form sent; 0 for nonsense."""
    value = str(data.get(name, "")).strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


@screen(find=find_block, may=block_arrange_allowed)
def block_split_page(request: HttpRequest, block: Block) -> HttpResponse:
    """Where to split, in each language: a list of the places between sentences or rows."""
    set_addresses(request, "board:block_split", slug=block.paper, pk=block.pk)
    if block.kind not in SPLIT_KINDS:
        raise Http404
    problem = ""
    if request.method == "POST":
        at = {language: number_in(request.POST, f"at_{language}") for language in LANGUAGES}
        if block.has_cells:
            at["cy"] = at["en"]
        try:
            made = block_split(block, by=request.user, version=number_in(request.POST, "version"), at=at)
        except Refused as refused:
            problem = str(refused)
            block = Block.objects.select_related("paper__board").filter(pk=block.pk).first() or gone(request, block)
        else:
            made.paper = block.paper
            messages.success(request, _("The block is split."))
            return redirect(place_url(made))
    parts = parts_of(block)
    context = {
        "written": block,
        "paper": block.paper,
        "problem": problem,
        "sides": [(language, list(enumerate(parts[language]))) for language in LANGUAGES],
        "rows": list(enumerate(zip_sides(parts))) if block.has_cells else [],
        "back": place_url(block),
        "demonstration": block.paper.board.is_demo,
    }
    return page(request, "board/block_split.html", context, status=409 if problem else 200)


def gone(request: HttpRequest, block: Block) -> Block:
    raise Http404


def zip_sides(parts: dict[str, list[str]]) -> list[str]:
    """The rows of a table, each named in the language that has it."""
    length = max(len(side) for side in parts.values())
    return [next(side[index] for side in (parts["en"], parts["cy"]) if index < len(side)) for index in range(length)]


@screen(find=find_block, may=block_arrange_allowed)
def block_join_page(request: HttpRequest, block: Block) -> HttpResponse:
    """The two blocks that become one, and one button."""
    set_addresses(request, "board:block_join", slug=block.paper, pk=block.pk)
    other = following(block.paper, block)
    if other is None or not can_join(block, other):
        raise Http404
    problem = ""
    if request.method == "POST":
        versions = number_in(request.POST, "version"), number_in(request.POST, "next_version")
        try:
            block_join(block, by=request.user, version=versions[0], next_version=versions[1])
        except Moved as moved:
            problem = str(moved)
            block.refresh_from_db()
        except Refused as refused:
            messages.info(request, str(refused))
            return redirect(work_url(block.paper))
        else:
            messages.success(request, _("The blocks are joined."))
            return redirect(place_url(block))
    context = {
        "written": block,
        "other": following(block.paper, block),
        "paper": block.paper,
        "problem": problem,
        "back": place_url(block),
        "demonstration": block.paper.board.is_demo,
    }
    return page(request, "board/block_join.html", context, status=409 if problem else 200)


@dataclass(frozen=True, slots=True)
class Gone:
    """A block that is no longer in its paper."""

    paper: Paper
    pk: int

    @property
    def draft_key(self) -> str:
        return f"board.block:{self.pk}"


def find_gone(request: HttpRequest, slug: str, pk: int) -> Gone:
    """A paper on which this person works, and the number of a block that it has not."""
    paper = find_work(request, slug)
    if Block.objects.filter(pk=pk).exists():
        raise Http404
    return Gone(paper, pk)


def gone_allowed(user: Any, lost: Gone) -> bool:
    return rules.paper_edit(user, lost.paper)


@screen(find=find_gone, may=gone_allowed)
def block_gone(request: HttpRequest, lost: Gone) -> HttpResponse:
    """What this person typed into a block that somebody joined or deleted meanwhile: it can be kept as a new block."""
    paper = lost.paper
    if request.method == "POST" and "keep" in request.POST and rules.paper_arrange(request.user, paper):
        made = block_add(paper, by=request.user, kind=BlockKind.PARAGRAPH)
        made.text = (request.POST.get("text_en", ""), request.POST.get("text_cy", ""))
        made.save()
        drop_draft(request.user, lost.draft_key)
        made.paper = paper
        messages.success(request, _("Your text is kept as a new block at the end."))
        return redirect(place_url(made))
    return gone_page(request, lost, request.POST if request.method == "POST" else drafted(request, lost))


def drafted(request: HttpRequest, lost: Gone) -> Any:
    draft = load_draft(request.user, lost.draft_key)
    if draft is None:
        raise Http404
    return draft.data


def gone_page(request: HttpRequest, lost: Gone, data: Any) -> HttpResponse:
    typed = {name: str(data.get(name, "")).replace("\0", "") for name in ("text_en", "text_cy", "cells_en", "cells_cy")}
    joined = {
        language: "\n".join(text for text in (typed[f"text_{language}"], typed[f"cells_{language}"]) if text)
        for language in LANGUAGES
    }
    context = {
        "paper": lost.paper,
        "typed": joined,
        "keep_url": reverse("board:block_gone", kwargs={"slug": lost.paper.slug, "pk": lost.pk}),
        "arranges": rules.paper_arrange(request.user, lost.paper),
        "back": work_url(lost.paper),
        "demonstration": lost.paper.board.is_demo,
    }
    return page(request, "board/block_gone.html", context, status=409)
