"""Withdrawing an edition: asked for, confirmed by another person, told to the public."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from board.actions.removals import words_remove
from board.actions.withdrawals import withdrawal_ask as ask
from board.actions.withdrawals import withdrawal_decide
from board.finders import Step, find_work, step_of
from board.forms import ReasonForm
from board.forms.withdrawals import WithdrawalForm
from board.models import Paper, Withdrawal
from board.rules import drafts_read, step_take
from board.rules.withdrawals import withdrawal_ask as ask_allowed
from board.rules.withdrawals import words_remove as removal_allowed
from board.states.withdrawals import WithdrawalStatus
from board.tables import work_url
from board.tables.withdrawals import WithdrawalTable
from wlga_portal.kernel.screens import page, screen, set_addresses, set_languages
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.workflow import Refused


def find_withdrawal(request: HttpRequest, pk: int) -> Withdrawal:
    return Withdrawal.objects.visible_to(request.user).with_place().get(pk=pk)


def find_withdrawal_step(request: HttpRequest, pk: int, event: str) -> Step:
    return step_of(find_withdrawal(request, pk), event)


@screen(public=True, methods=("GET", "HEAD"))
def withdrawal_list(request: HttpRequest) -> HttpResponse:
    """Every edition that was withdrawn, with its hash and the reason."""
    return list_page(
        request,
        queryset=Withdrawal.objects.visible_to(request.user).done().with_place().order_by("-decided_at", "-pk"),
        table=WithdrawalTable,
        template="board/withdrawal_list.html",
    )


@screen(public=True, find=find_withdrawal, methods=("GET", "HEAD"))
def withdrawal_page(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    """The tombstone: nothing of the words, not even the title. Before that, for those who work on papers, who asked and
    what can be done."""
    set_languages(request, withdrawal)
    paper = withdrawal.edition.paper
    works = drafts_read(request.user) and Paper.objects.worked_on_by(request.user).filter(pk=paper.pk).exists()
    context = {
        "withdrawal": withdrawal,
        "edition": withdrawal.edition,
        "paper": paper,
        "done": withdrawal.status == WithdrawalStatus.DONE,
        "works": works,
        "events": withdrawal.events_for(request.user) if works else [],
        "removals": list(withdrawal.removals.select_related("by")) if works else [],
        "removable": works and removal_allowed(request.user, withdrawal),
        "again": paper if paper.edition_number and readable(request, paper) else None,
        "demonstration": paper.board.is_demo,
    }
    return page(request, "board/withdrawal_page.html", context)


def readable(request: HttpRequest, paper: Paper) -> bool:
    """Whether a later edition can be read by this person."""
    return Paper.objects.visible_to(request.user).published().filter(pk=paper.pk).exists()


def tombstone_data(withdrawal: Withdrawal) -> HttpResponse:
    """The same as data: gone (410), with the hash of what was there."""
    said = {
        "withdrawn": True,
        "edition": withdrawal.edition.number,
        "sha256": withdrawal.edition.sha256,
        "withdrawn_at": withdrawal.decided_at,
        "reason": {"en": withdrawal.reason.en, "cy": withdrawal.reason.cy},
    }
    return JsonResponse(said, status=410, json_dumps_params={"ensure_ascii": False})


@screen(find=find_work, may=ask_allowed)
def withdrawal_ask(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The first of the two people: which editions, and what the public is told."""
    set_addresses(request, "board:withdrawal_ask", slug=paper)
    form = WithdrawalForm(request.POST or None, paper=paper)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        try:
            ask(paper, said["editions"], by=request.user, reason=(said["reason_en"], said["reason_cy"]))
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("Asked for. Nothing is withdrawn until a second person confirms it."))
        return redirect(work_url(paper))
    context = {"form": form, "paper": paper, "back": work_url(paper), "demonstration": paper.board.is_demo}
    return page(request, "board/withdrawal_ask.html", context)


@screen(find=find_withdrawal_step, may=step_take)
def withdrawal_step(request: HttpRequest, taken: Step) -> HttpResponse:
    """The second person: a page with one button."""
    withdrawal, step = taken.thing, taken.transition
    set_addresses(request, "board:withdrawal_step", pk=withdrawal.pk, event=step.event)
    form = ReasonForm(request.POST if request.method == "POST" else None, required=step.why_required)
    if form.is_valid():
        try:
            withdrawal_decide(withdrawal, step.event, by=request.user, why=form.cleaned_data.get("why", ""))
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": step.label})
        return redirect(withdrawal)
    context = {
        "step": step, "form": form, "withdrawal": withdrawal, "final": step.event == "confirm",
        "back": withdrawal.get_absolute_url(), "demonstration": withdrawal.is_demo,
    }  # fmt: skip
    return page(request, "board/withdrawal_step.html", context)


@screen(find=find_withdrawal, may=removal_allowed)
def withdrawal_words(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    """One of the two people has the words taken out of the rows and their history too: a page with one button."""
    set_addresses(request, "board:withdrawal_words", pk=withdrawal.pk)
    if request.method == "POST":
        try:
            words_remove(withdrawal, by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("The words are taken out."))
        return redirect(withdrawal)
    context = {
        "withdrawal": withdrawal, "paper": withdrawal.edition.paper, "back": withdrawal.get_absolute_url(),
        "demonstration": withdrawal.is_demo,
    }  # fmt: skip
    return page(request, "board/withdrawal_words.html", context)
