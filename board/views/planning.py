"""Planning a meeting: making, changing, moving and cancelling it; its dates; its late papers; the chase list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from board import actions
from board.chasing import chases, with_work
from board.finders import find_board, find_meeting, find_work
from board.forms.meetings import CancelForm, DetailsForm, LatenessForm, MeetingNewForm, MoveForm
from board.lateness import would_be_late
from board.models import Board, Lateness, Meeting, MeetingKind, Paper
from board.planning import plan_for, publish_by, sum_for
from board.rules import meeting_plan, paper_write, secretary, works
from board.states import MeetingStatus
from board.tables import work_url
from board.wording import when_of
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .setting_up import at, form_page


@screen(find=find_board, may=secretary)
def meeting_new(request: HttpRequest, board: Board) -> HttpResponse:
    """A meeting, or with `?kind=correspondence` a decision without one."""
    set_addresses(request, "board:meeting_new", slug=board)
    writing = request.GET.get("kind") == MeetingKind.CORRESPONDENCE
    kind = MeetingKind.CORRESPONDENCE if writing else MeetingKind.SITTING
    form = MeetingNewForm(request.POST or None, instance=Meeting(board=board, kind=kind))
    if request.method == "POST" and form.is_valid():
        meeting = actions.meeting_create(form.save(commit=False), by=request.user)
        messages.success(request, _("It is planned. Build the agenda, then call it."))
        return redirect("board:agenda_edit", slug=meeting.slug)
    title = _("Plan a decision by correspondence") if writing else _("Plan a meeting")
    return form_page(
        request, form, title=title, save=_("Plan it"), back=board.get_absolute_url(), caption=board.name, board=board,
        demonstration=board.is_demo,
    )  # fmt: skip


@screen(find=find_meeting, may=meeting_plan)
def meeting_edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What is said of the meeting beside its time and place."""
    set_addresses(request, "board:meeting_edit", slug=meeting)
    name, form = str(meeting), DetailsForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        return kept(request, meeting, lambda: actions.meeting_save(form.save(commit=False), by=request.user))
    if request.method == "POST":
        meeting.refresh_from_db()
    return form_page(
        request, form, title=_("Change the meeting"), save=_("Save"), back=meeting.get_absolute_url(), caption=name,
        board=meeting.board, demonstration=meeting.board.is_demo,
    )  # fmt: skip


def kept(request: HttpRequest, meeting: Meeting, write: Any) -> HttpResponse:
    """Back to the meeting, with what came of the write."""
    try:
        write()
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect(meeting)


@screen(find=find_meeting, may=meeting_plan)
def meeting_reschedule(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Another time or place, with the reason that all are told."""
    set_addresses(request, "board:meeting_reschedule", slug=meeting)
    name, before = str(meeting), when_of(meeting)
    form = MoveForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.meeting_reschedule(form.save(commit=False), by=request.user, reason=form.reason())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The meeting is moved. All whom it concerns are told."))
            return redirect(meeting)
    return form_page(
        request, form, title=_("Move the meeting"), save=_("Move the meeting"), back=meeting_url(meeting), caption=name,
        lead=_("Until now: %(when)s. All members are told the new time and the reason.") % {"when": before},
        board=meeting.board, demonstration=meeting.board.is_demo,
    )  # fmt: skip


def meeting_url(meeting: Meeting) -> str:
    return at("meeting_page", slug=meeting.slug)


@screen(find=find_meeting, may=meeting_plan)
def meeting_cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The meeting will not take place; the reason is told to all."""
    set_addresses(request, "board:meeting_cancel", slug=meeting)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.meeting_cancel(meeting, by=request.user, reason=form.reason())
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("The meeting is cancelled. All whom it concerns are told."))
        return redirect(meeting)
    return form_page(
        request, form, title=_("Cancel the meeting"), save=_("Cancel the meeting"), back=meeting.get_absolute_url(),
        caption=str(meeting), lead=_("What was planned to it goes back to the forward work programme."),
        board=meeting.board, demonstration=meeting.board.is_demo, warns=True,
    )  # fmt: skip


@screen(public=True, find=find_meeting, methods=("GET", "HEAD"))
def meeting_dates(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """How the day of publication is counted, in full; for who sees to the papers also what each waits for."""
    set_addresses(request, "board:meeting_dates", slug=meeting)
    sees = works(request.user)
    waiting = []
    if sees and not meeting.is_historic:
        waiting = chases(with_work(Meeting.objects.filter(pk=meeting.pk)))
    context = {
        "meeting": meeting,
        "publish": publish_by(meeting.date, meeting.board.clear_days),
        "days": sum_for(meeting),
        "steps": plan_for(meeting).steps() if not meeting.is_historic else [],
        "works": sees,
        "waiting": waiting,
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/meeting_dates.html", context)


@screen(find=find_meeting, may=secretary, methods=("POST",))
def papers_out(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Tell the members that the papers are out."""
    try:
        actions.papers_out(meeting, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The members are told that the papers are out."))
    return redirect(meeting)


@screen(find=find_work, may=paper_write)
def paper_late(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Why a paper comes after the day by which it had to be published."""
    set_addresses(request, "board:paper_late", slug=paper)
    if paper.meeting is None or not would_be_late(paper):
        messages.info(request, _("This paper is not late."))
        return redirect(work_url(paper))
    kept_reason = Lateness.objects.filter(paper=paper).first() or Lateness(paper=paper)
    form = LatenessForm(request.POST or None, instance=kept_reason)
    if request.method == "POST" and form.is_valid():
        kept_reason.paper = paper
        actions.lateness_save(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(work_url(paper))
    return form_page(
        request, form, title=_("Why the paper is late"), save=_("Save"), back=work_url(paper), caption=paper.title,
        lead=_("Everybody who sees the paper reads this."), board=paper.board, demonstration=paper.board.is_demo,
    )  # fmt: skip


@screen(may=works, methods=("GET", "HEAD"))
def chase_list(request: HttpRequest) -> HttpResponse:
    """What the papers of all coming meetings wait for, the most overdue first."""
    coming = Meeting.objects.visible_to(request.user).coming().exclude(status=MeetingStatus.CANCELLED)
    waiting = chases(with_work(coming))
    return page(request, "board/chase_list.html", {"waiting": waiting, "late": sum(one.overdue for one in waiting)})
