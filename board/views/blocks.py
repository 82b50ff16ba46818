"""Blocks: adding, arranging, writing in both languages side by side; nothing typed is lost."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from board import rules
from board.actions import block_add as add
from board.actions import block_delete as delete
from board.actions import block_move as move
from board.actions import block_save, texts_review
from board.finders import find_block, find_work
from board.forms import BlockAddForm, BlockForm
from board.models import Block, BlockKind, Paper
from board.tables import work_url
from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import Clash, clash_page, drop_draft, load_draft, resolved, save_draft, sent_version
from wlga_portal.kernel.workflow import Refused

TYPED = ("text_en", "text_cy", "cells_en", "cells_cy", "level")


def block_edit_allowed(user: Any, block: Block) -> bool:
    return rules.paper_edit(user, block.paper)


def block_arrange_allowed(user: Any, block: Block) -> bool:
    return rules.paper_arrange(user, block.paper)


def block_review_allowed(user: Any, block: Block) -> bool:
    return rules.paper_translate(user, block.paper)


def draft_key(block: Block) -> str:
    return f"board.block:{block.pk}"


def block_url(name: str, block: Block) -> str:
    return reverse(f"board:{name}", kwargs={"slug": block.paper.slug, "pk": block.pk})


def place_url(block: Block) -> str:
    """The block's place on the workbench."""
    return f"{work_url(block.paper)}#block-{block.pk}"


@screen(find=find_work, may=rules.paper_arrange, methods=("POST",))
def block_add(request: HttpRequest, paper: Paper) -> HttpResponse:
    """A new block, open for writing."""
    form = BlockAddForm(request.POST, paper=paper)
    if not form.is_valid():
        messages.info(request, _("Choose a kind of block from the list."))
        return redirect(work_url(paper))
    try:
        block = add(paper, by=request.user, kind=form.cleaned_data["kind"], after=form.cleaned_data["after"])
    except Refused as refused:
        messages.info(request, str(refused))
        return redirect(work_url(paper))
    return redirect(block_url("block_edit", block))


def find_written(request: HttpRequest, slug: str, pk: int) -> Block | Paper:
    """The block; the paper where somebody took the block out and this person has words for it."""
    try:
        return find_block(request, slug, pk)
    except Block.DoesNotExist:
        if request.method == "POST" or load_draft(request.user, f"board.block:{pk}"):
            return find_work(request, slug)
        raise


def written_allowed(user: Any, written: Block | Paper) -> bool:
    return rules.paper_edit(user, written.paper if isinstance(written, Block) else written)


@screen(find=find_written, may=written_allowed)
def block_edit(request: HttpRequest, block: Block | Paper) -> HttpResponse:
    """One block, both languages side by side. A save merges with what others did; the same text asks which to keep."""
    if isinstance(block, Paper):
        return gone_answer(request, block)
    set_addresses(request, "board:block_edit", slug=block.paper, pk=block.pk)
    if request.method == "POST":
        return block_post(request, block)
    draft = load_draft(request.user, draft_key(block))
    if draft and not unsaved(draft.data, block):
        draft = None
    if draft is None:
        return edit_page(request, block, BlockForm(instance=block), version=block.version)
    form = BlockForm(instance=block, initial=draft.data)
    return edit_page(request, block, form, version=draft.data["version"], draft=draft)


def gone_answer(request: HttpRequest, paper: Paper) -> HttpResponse:
    """What was typed into a block that is gone, to be kept."""
    from .arranging import Gone, drafted, gone_page  # it imports this module

    match = request.resolver_match
    lost = Gone(paper, int(match.kwargs["pk"]) if match else 0)
    return gone_page(request, lost, request.POST if request.method == "POST" else drafted(request, lost))


def unsaved(data: dict[str, Any], block: Block) -> bool:
    """Whether the draft says anything else than the block."""
    return any(str(data[name]) != str(getattr(block, name)) for name in TYPED if name in data)


def block_post(request: HttpRequest, block: Block) -> HttpResponse:
    target = switch_target(request)
    if target:
        keep(request, block)
        return redirect(target)
    form = BlockForm(resolved(request.POST, block), instance=Block.objects.get(pk=block.pk))
    if form.is_valid():
        try:
            saved = block_save(form, by=request.user)
        except Clash as clash:
            keep(request, block)
            return clash_page(request, clash, form, demonstration=block.paper.board.is_demo)
        except Refused as refused:
            keep(request, block)
            messages.info(request, str(refused))
            return redirect(work_url(block.paper))
        drop_draft(request.user, draft_key(block))
        messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M:%S}"})
        return redirect(following(request, saved))
    keep(request, block)
    return edit_page(request, block, form, version=sent_version(form))


def following(request: HttpRequest, block: Block) -> str:
    """Where to go after a save: a new paragraph below, for writing on, or the workbench."""
    if "next" in request.POST and rules.paper_arrange(request.user, block.paper):
        return block_url("block_edit", add(block.paper, by=request.user, kind=BlockKind.PARAGRAPH, after=block))
    return place_url(block)


def edit_page(request: HttpRequest, block: Block, form: BlockForm, *, version: int, **context: Any) -> HttpResponse:
    known = {
        "written": block,  # a template calls its own blocks `block`
        "paper": block.paper,
        "form": form,
        "version": version,
        "arranges": rules.paper_arrange(request.user, block.paper),
        "draft_url": block_url("block_draft", block),
        "discard_url": block_url("block_discard", block),
        "back": place_url(block),
        "switch_saves": True,
        "demonstration": block.paper.board.is_demo,
    }
    return page(request, "board/block_edit.html", known | context)


def typed(data: QueryDict) -> dict[str, str]:
    """What the form sent, or what the clash page carries along."""
    found = {}
    for name in TYPED:
        value = data.get(name, data.get(f"mine_{name}"))
        if value is not None:
            found[name] = value.replace("\r\n", "\n").replace("\0", "")
    return found


def keep(request: HttpRequest, block: Block) -> Any:
    """Keep what was typed as this person's draft; gives the time."""
    form = BlockForm(request.POST, instance=Block.objects.get(pk=block.pk))
    return save_draft(request.user, draft_key(block), {**typed(request.POST), "version": sent_version(form)})


@screen(find=find_block, may=block_edit_allowed, methods=("POST",))
def block_draft(request: HttpRequest, block: Block) -> HttpResponse:
    """Autosave: what was typed so far, for this person alone."""
    at = keep(request, block)
    return JsonResponse({"saved_at": f"{timezone.localtime(at):%H:%M:%S}"})


@screen(find=find_block, may=block_edit_allowed, methods=("POST",))
def block_discard(request: HttpRequest, block: Block) -> HttpResponse:
    """Throw the draft away and go back to what is saved."""
    drop_draft(request.user, draft_key(block))
    messages.info(request, _("The text that was not saved is thrown away."))
    return redirect(block_url("block_edit", block))


@screen(find=find_block, may=block_arrange_allowed, methods=("POST",))
def block_up(request: HttpRequest, block: Block) -> HttpResponse:
    return moved(request, block, up=True)


@screen(find=find_block, may=block_arrange_allowed, methods=("POST",))
def block_down(request: HttpRequest, block: Block) -> HttpResponse:
    return moved(request, block, up=False)


def moved(request: HttpRequest, block: Block, *, up: bool) -> HttpResponse:
    try:
        move(block, by=request.user, up=up)
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect(place_url(block))


@screen(find=find_block, may=block_arrange_allowed)
def block_delete(request: HttpRequest, block: Block) -> HttpResponse:
    """Asks once; the history keeps the text."""
    set_addresses(request, "board:block_delete", slug=block.paper, pk=block.pk)
    if request.method == "POST":
        try:
            delete(block, by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("The block is deleted."))
        return redirect(work_url(block.paper))
    context = {
        "written": block, "paper": block.paper, "back": place_url(block), "demonstration": block.paper.board.is_demo,
    }  # fmt: skip
    return page(request, "board/block_delete.html", context)


@screen(find=find_block, may=block_review_allowed, methods=("POST",))
def block_review(request: HttpRequest, block: Block) -> HttpResponse:
    """A translator has compared the two sides of the block."""
    texts_review(block, by=request.user)
    messages.success(request, _("Marked as reviewed."))
    return redirect(place_url(block))
