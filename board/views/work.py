"""Working on a paper: its blocks in both languages, its status, what stops its publication."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from board import rules
from board.actions import NotComplete, front_save, texts_review
from board.actions import paper_step as take_step
from board.actions.arranging import SPLIT_KINDS, can_join, parts_of
from board.actions.comments import open_comments
from board.editions import numbered
from board.finders import Step, find_paper_step, find_work
from board.forms import BlockAddForm, CorrectionForm, PaperFrontForm, ReasonForm
from board.gaps import PaperGap, gaps_of
from board.implications import in_order
from board.length import length_of
from board.models import Block, BlockKind, Implication, Paper, Withdrawal
from board.reading import Shown, draft_data
from board.reading import shown as shown_in
from board.rules.withdrawals import withdrawal_ask
from board.rules.writing import comment_write
from board.states import PaperStatus
from board.tables import status_tag, work_url
from board.timeline import timeline_of
from board.wording import length_text
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.components import tag
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import Clash, clash_page, resolved
from wlga_portal.kernel.workflow import Refused


@dataclass(frozen=True, slots=True)
class Row:
    """A block on the workbench: the row and both sides as they are read."""

    block: Block
    en: Shown
    cy: Shown
    marks: list[SafeString]
    reviewable: bool
    comments: int = 0
    open_comments: int = 0
    splits: bool = False
    joins: bool = False

    @property
    def name(self) -> str:
        return f"{BlockKind(self.block.kind).label} {self.en.number}"


def rows_of(paper: Paper) -> list[Row]:
    blocks = list(paper.blocks.order_by("position"))
    data = numbered([block.paired() for block in blocks])
    comments = Counter(paper.comments.filter(parent=None).values_list("uid", flat=True))
    waiting = Counter(open_comments(paper=paper).values_list("uid", flat=True))
    return [
        Row(
            block=block,
            en=shown_in(said, "en"),
            cy=shown_in(said, "cy"),
            marks=marks_of(block),
            reviewable=reviewable(block),
            comments=comments[block.uid],
            open_comments=waiting[block.uid],
            splits=can_split(block),
            joins=below is not None and can_join(block, below),
        )
        for block, said, below in zip(blocks, data, [*blocks[1:], None][: len(blocks)], strict=True)
    ]


def can_split(block: Block) -> bool:
    """Whether there is a place between two sentences or rows."""
    return block.kind in SPLIT_KINDS and any(len(parts) > 1 for parts in parts_of(block).values())


def marks_of(thing: Paper | Block | Implication) -> list[SafeString]:
    """What is to be said of the translation of a block, worst first; nothing where all is reviewed."""
    texts: list[Text] = [getattr(thing, name) for name in thing.bilingual if getattr(thing, name)]
    if any(text.stale for text in texts):
        stale = next(text for text in texts if text.stale)
        words = _("The English is behind the Welsh") if stale.stale == "en" else _("The Welsh is behind the English")
        return [tag(words, "orange")]
    if not texts or any(text.missing for text in texts):
        return [tag(_("A language is missing"), "red")]
    if any(text.mark == "unreviewed" for text in texts):
        return [tag(_("Translation not reviewed"), "yellow")]
    return [tag(_("Translation reviewed"), "green")]


def reviewable(thing: Paper | Block | Implication) -> bool:
    """Whether there is a whole text that a translator has yet to look at."""
    texts = [getattr(thing, name) for name in thing.bilingual if getattr(thing, name)]
    return any(text.mark != "reviewed" and not text.missing for text in texts)


@screen(find=find_work, methods=("GET", "HEAD"))
def paper_work(request: HttpRequest, paper: Paper) -> HttpResponse:
    return work_page(request, paper)


def work_page(
    request: HttpRequest, paper: Paper, *, gaps: list[PaperGap] | None = None, status: int = 200
) -> HttpResponse:
    """The workbench. `gaps`: what stopped a publication just now; else what would stop one, once it is near."""
    set_addresses(request, "board:paper_work", slug=paper)
    user = request.user
    near = paper.status in (PaperStatus.CLEARED, PaperStatus.TRANSLATION)
    length = length_of(draft_data(paper))
    arranges, events = rules.paper_arrange(user, paper), paper.events_for(user)
    context = {
        "paper": paper,
        "status": status_tag(paper),
        "rows": rows_of(paper),
        "comments": comment_write(user, paper),
        "implications_text": _("%(count)s of 6 stated")
        % {"count": sum(1 for _kind, row in in_order(paper) if row and row.text)},
        "length": length,
        "length_text": length_text(length),
        "front_marks": marks_of(paper),
        "front_reviewable": reviewable(paper),
        "credits": list(paper.credits.select_related("user", "person__user")),
        "edits": rules.paper_edit(user, paper),
        "arranges": arranges,
        "reviews": rules.paper_translate(user, paper),
        "events": events,
        "foremost": next((event for event in events if event.event == "publish"), events[0] if events else None),
        "gaps": gaps if gaps is not None else (gaps_of(paper) if near else []),
        "refused": gaps is not None,
        "add": BlockAddForm(paper=paper) if arranges else None,
        "timeline": timeline_of(paper),
        "editions": list(paper.editions.order_by("number").defer("content")),
        "withdraws": withdrawal_ask(user, paper),
        "withdrawals": list(Withdrawal.objects.filter(edition__paper=paper).with_place().order_by("pk")),
        "panels": panels_for("board.work", request, paper),
        "demonstration": paper.board.is_demo,
    }
    return page(request, "board/paper_work.html", context, status=status)


@screen(find=find_work, may=rules.paper_edit)
def paper_front(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The front of a paper: title, purpose, summary, authors."""
    set_addresses(request, "board:paper_front", slug=paper)
    kind: type[PaperFrontForm] = CorrectionForm if paper.editions.exists() else PaperFrontForm
    version = paper.version
    form = kind(resolved(request.POST, paper) if request.method == "POST" else None, instance=paper)
    if request.method == "POST" and form.is_valid():
        try:
            front_save(form, by=request.user)
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=paper.board.is_demo)
        messages.success(request, _("Saved."))
        return redirect(work_url(paper))
    if request.method == "POST":
        paper.refresh_from_db()
        version = int(request.POST.get("version") or version)
    context = {"form": form, "paper": paper, "version": version, "demonstration": paper.board.is_demo}
    return page(request, "board/paper_front.html", context)


@screen(find=find_work, may=rules.paper_translate, methods=("POST",))
def front_review(request: HttpRequest, paper: Paper) -> HttpResponse:
    """A translator has compared the title and the summary."""
    texts_review(paper, by=request.user)
    messages.success(request, _("Marked as reviewed."))
    return redirect(work_url(paper))


@screen(find=find_paper_step, may=rules.step_take)
def paper_step(request: HttpRequest, taken: Step) -> HttpResponse:
    """One step of the paper's workflow: a page with one button, and a reason where the step needs one."""
    paper, step = taken.thing, taken.transition
    if step.event == "approve":  # asks which meeting approved them
        return redirect("board:minutes_approve", slug=paper.slug)
    set_addresses(request, "board:paper_step", slug=paper, event=step.event)
    form = ReasonForm(request.POST if request.method == "POST" else None, required=step.why_required)
    if form.is_valid():
        try:
            take_step(paper, step.event, by=request.user, why=form.cleaned_data.get("why", ""))
        except NotComplete as refused:
            return work_page(request, paper, gaps=refused.gaps, status=409)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": step.label})
        return redirect(work_url(paper))
    context = {
        "step": step, "form": form, "about": paper.title, "back": work_url(paper),
        "demonstration": paper.board.is_demo,
    }  # fmt: skip
    return page(request, "board/step.html", context)
