"""Comments on the blocks of a paper, for those who work on it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from board import rules
from board.actions.comments import comment_add, comment_resolve
from board.finders import find_block, find_work
from board.forms.writing import CommentForm
from board.models import Block, Comment, Paper
from board.rules.writing import comment_resolve as resolve_allowed
from board.rules.writing import comment_write
from board.tables import work_url
from board.views.work import Row, rows_of
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers; `place` is its block, None where that is gone."""

    comment: Comment
    answers: list[Comment]
    place: Row | None
    may_resolve: bool

    @property
    def is_open(self) -> bool:
        return self.comment.resolved_at is None and not self.answers


def threads_of(paper: Paper, user: Any) -> list[Thread]:
    """In the order of the blocks; those of blocks that are gone last. Constant queries."""
    comments = list(paper.comments.select_related("by", "resolved_by"))
    answers: dict[int, list[Comment]] = {}
    for comment in comments:
        comment.paper = paper
        if comment.parent_id:
            answers.setdefault(comment.parent_id, []).append(comment)
    places = {row.block.uid: (index, row) for index, row in enumerate(rows_of(paper))}
    writes, own = comment_write(user, paper), rules.paper_write(user, paper)
    threads = [
        Thread(
            comment,
            answers.get(comment.pk, []),
            places[comment.uid][1] if comment.uid in places else None,
            writes and comment.resolved_at is None and (own or comment.by_id == user.pk),
        )
        for comment in comments
        if comment.parent_id is None
    ]
    return sorted(threads, key=lambda thread: places.get(thread.comment.uid, (len(places), None))[0])


def find_comment(request: HttpRequest, slug: str, pk: int) -> Comment:
    paper = find_work(request, slug)
    comment = paper.comments.filter(parent=None).get(pk=pk)
    comment.paper = paper
    return comment


def comment_on_block(user: Any, block: Block) -> bool:
    return comment_write(user, block.paper)


def comment_answered(user: Any, comment: Comment) -> bool:
    return comment_write(user, comment.paper)


def list_url(paper: Paper, comment: Comment | None = None) -> str:
    url = reverse("board:paper_comments", kwargs={"slug": paper.slug})
    return f"{url}#comment-{comment.pk}" if comment else url


@screen(find=find_work, methods=("GET", "HEAD"))
def paper_comments(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Every comment, with its block as it reads now."""
    set_addresses(request, "board:paper_comments", slug=paper)
    context = {
        "paper": paper,
        "threads": threads_of(paper, request.user),
        "writes": comment_write(request.user, paper),
        "back": work_url(paper),
        "demonstration": paper.board.is_demo,
    }
    return page(request, "board/paper_comments.html", context)


@screen(find=find_block, may=comment_on_block)
def comment_new(request: HttpRequest, block: Block) -> HttpResponse:
    """A comment on one block."""
    set_addresses(request, "board:comment_new", slug=block.paper, pk=block.pk)
    row = next(row for row in rows_of(block.paper) if row.block.pk == block.pk)
    return comment_page(request, block.paper, block.uid, row, None)


@screen(find=find_comment, may=comment_answered)
def comment_answer(request: HttpRequest, comment: Comment) -> HttpResponse:
    """An answer to a comment."""
    set_addresses(request, "board:comment_answer", slug=comment.paper, pk=comment.pk)
    row = next((row for row in rows_of(comment.paper) if row.block.uid == comment.uid), None)
    return comment_page(request, comment.paper, comment.uid, row, comment)


def comment_page(request: HttpRequest, paper: Paper, uid: Any, row: Row | None, parent: Comment | None) -> HttpResponse:
    form = CommentForm(request.POST or None, answer=parent is not None)
    if request.method == "POST" and form.is_valid():
        try:
            made = comment_add(paper, uid, form.cleaned_data["text"], by=request.user, parent=parent)
        except Refused as refused:
            messages.info(request, str(refused))
            return redirect(work_url(paper))
        return redirect(list_url(paper, parent or made))
    context = {
        "paper": paper,
        "row": row,
        "parent": parent,
        "form": form,
        "back": list_url(paper, parent) if parent else work_url(paper),
        "demonstration": paper.board.is_demo,
    }
    return page(request, "board/comment_new.html", context)


@screen(find=find_comment, may=resolve_allowed, methods=("POST",))
def comment_done(request: HttpRequest, comment: Comment) -> HttpResponse:
    """The comment is dealt with."""
    try:
        comment_resolve(comment, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The comment is resolved."))
    return redirect(list_url(comment.paper, comment))
