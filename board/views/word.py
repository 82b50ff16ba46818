"""Word files: taken in after a look at what was left out, and given out in each language."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from board import rules
from board.actions.word import word_append, word_side
from board.finders import find_edition, find_paper, find_work, read_by
from board.forms.word import WordForm
from board.models import BlockKind, Edition, Paper
from board.reading import credited, draft_data
from board.tables import work_url
from board.word_out import CONTENT_TYPE, word_of
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import drop_draft, load_draft, save_draft
from wlga_portal.kernel.workflow import Refused


def draft_key(paper: Paper) -> str:
    return f"board.word:{paper.pk}"


@screen(find=find_work, may=rules.paper_arrange)
def word_new(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Choose a file; nothing is taken in yet."""
    set_addresses(request, "board:word_new", slug=paper)
    form = WordForm(request.POST or None, request.FILES or None, paper=paper)
    if request.method == "POST" and form.is_valid() and form.read is not None:
        said = form.cleaned_data
        data = {
            "blocks": form.read.blocks, "left_out": form.read.left_out, "title": form.read.title,
            "language": said["language"], "mode": said["mode"], "name": said["file"].name[:150],
        }  # fmt: skip
        save_draft(request.user, draft_key(paper), data)
        return redirect(reverse("board:word_take", kwargs={"slug": paper.slug}))
    context = {"form": form, "paper": paper, "back": work_url(paper), "demonstration": paper.board.is_demo}
    return page(request, "board/word_new.html", context)


@screen(find=find_work, may=rules.paper_arrange)
def word_take(request: HttpRequest, paper: Paper) -> HttpResponse:
    """What the file says and what was left out of it; one button takes it in."""
    set_addresses(request, "board:word_take", slug=paper)
    draft = load_draft(request.user, draft_key(paper))
    if draft is None:
        if request.method == "POST":
            return redirect(work_url(paper))
        raise Http404
    said = draft.data
    if request.method == "POST":
        if "take" in request.POST:
            try:
                taken = word_side if said["mode"] == "side" else word_append
                taken(paper, said["blocks"], said["language"], by=request.user)
            except Refused as refused:
                messages.info(request, str(refused))
                return redirect(reverse("board:word_take", kwargs={"slug": paper.slug}))
            messages.success(request, _("The file is taken in."))
        drop_draft(request.user, draft_key(paper))
        return redirect(work_url(paper))
    context = {
        "paper": paper,
        "said": said,
        "rows": [{"kind": BlockKind(row["kind"]).label, **row} for row in said["blocks"]],
        "back": work_url(paper),
        "demonstration": paper.board.is_demo,
    }
    return page(request, "board/word_take.html", context)


def word_file(data: dict[str, Any], paper: Paper, name: str) -> HttpResponse:
    language = page_language()
    content = word_of(data, language, authors=credited(data, "authors"), cleared=credited(data, "cleared_by"))
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{language}.docx"'
    return answer


@screen(public=True, find=find_paper, methods=("GET", "HEAD"))
def paper_word(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The latest edition in the page's language; for those who work on a paper, its words as they are."""
    edition = read_by(request.user, paper)
    return word_file(edition.data if edition else draft_data(paper), paper, paper.slug)


@screen(public=True, find=find_edition, methods=("GET", "HEAD"))
def edition_word(request: HttpRequest, edition: Edition) -> HttpResponse:
    """One edition in the page's language."""
    return word_file(edition.data, edition.paper, f"{edition.paper.slug}-{edition.number}")
