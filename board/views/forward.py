"""The forward work programme: what is planned to come to the board, when, and how that changed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from board import actions
from board.finders import Step, find_board, find_planned, find_planned_step
from board.forms import ReasonForm
from board.forms.agendas import PlannedForm, ToMeetingForm
from board.models import AgendaItem, Board, Meeting, PlannedItem
from board.rules import planned_edit, secretary, step_take, works
from board.states.forward import PlannedStatus
from board.timeline import timeline_of
from board.wording import link_to
from wlga_portal.kernel.components import tag
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .setting_up import at, form_page

COLOURS = {PlannedStatus.PLANNED: "yellow", PlannedStatus.PLACED: "green", PlannedStatus.DROPPED: "grey"}


@dataclass(frozen=True, slots=True)
class Coming:
    """A coming meeting with what is on its agenda and what else is planned to it."""

    meeting: Meeting | None
    items: list[AgendaItem]
    planned: list[PlannedItem]


def status_tag(planned: PlannedItem) -> Any:
    status = PlannedStatus(planned.status)
    return tag(status.label, COLOURS[status])


@screen(public=True, find=find_board, methods=("GET", "HEAD"))
def forward_page(request: HttpRequest, board: Board) -> HttpResponse:
    """What comes to which meeting. A restricted item shows its title and the reason."""
    set_addresses(request, "board:forward_page", slug=board)
    planned = list(PlannedItem.objects.visible_to(request.user).filter(board=board).by_meeting())
    to_come = [one for one in planned if one.status == PlannedStatus.PLANNED]
    meetings = Meeting.objects.coming().filter(board=board).prefetch_related("items__owner", "items__standing")
    rows = [
        Coming(
            meeting,
            [item for item in meeting.items.all() if item.standing_id is None],
            [one for one in to_come if one.meeting_id == meeting.pk],
        )
        for meeting in meetings
    ]
    known = {row.meeting.pk for row in rows if row.meeting}
    waiting = [one for one in to_come if one.meeting_id not in known]
    context = {
        "board": board,
        "rows": rows,
        "waiting": waiting,
        "dropped": [one for one in planned if one.status == PlannedStatus.DROPPED],
        "works": works(request.user),
        "runs": secretary(request.user),
        "demonstration": board.is_demo,
    }
    return page(request, "board/forward_page.html", context)


@screen(find=find_board, may=secretary)
def planned_new(request: HttpRequest, board: Board) -> HttpResponse:
    set_addresses(request, "board:planned_new", slug=board)
    form = PlannedForm(request.POST or None, instance=PlannedItem(board=board))
    if request.method == "POST" and form.is_valid():
        planned = actions.planned_create(form.save(commit=False), by=request.user)
        messages.success(request, _("The item is planned."))
        return redirect("board:planned_page", pk=planned.pk)
    return form_page(
        request, form, title=_("Plan an item"), save=_("Plan the item"), back=at("forward_page", slug=board.slug),
        caption=board.name, board=board, demonstration=board.is_demo,
    )  # fmt: skip


@screen(public=True, find=find_planned, methods=("GET", "HEAD"))
def planned_page(request: HttpRequest, planned: PlannedItem) -> HttpResponse:
    """The item, where it is planned to, and how that moved; reasons and owners are for who sees to it."""
    sees = works(request.user)
    context = {
        "planned": planned,
        "status": status_tag(planned),
        "meeting_link": link_to(planned.meeting) if planned.meeting else "",
        "opens": sees or not planned.restricted,
        "works": sees,
        "edits": planned_edit(request.user, planned),
        "runs": secretary(request.user),
        "events": planned.events_for(request.user),
        "moves": list(planned.moves.select_related("source__board", "target__board", "by")),
        "timeline": timeline_of(planned) if sees else [],
        "demonstration": planned.board.is_demo,
    }
    return page(request, "board/planned_page.html", context)


@screen(find=find_planned, may=planned_edit)
def planned_change(request: HttpRequest, planned: PlannedItem) -> HttpResponse:
    form = PlannedForm(request.POST or None, instance=planned)
    if request.method == "POST" and form.is_valid():
        actions.planned_save(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("board:planned_page", pk=planned.pk)
    return form_page(
        request, form, title=_("Change the planned item"), save=_("Save"), back=at("planned_page", pk=planned.pk),
        caption=planned.board.name, board=planned.board, demonstration=planned.board.is_demo,
    )  # fmt: skip


@screen(find=find_planned, may=secretary)
def planned_move(request: HttpRequest, planned: PlannedItem) -> HttpResponse:
    """To another meeting, or to none yet; off the agenda where it stood on one."""
    form = ToMeetingForm(request.POST or None, board=planned.board, now=planned.meeting, may_wait=True)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.planned_move(planned, said["meeting"], by=request.user, why=said["why"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The item is moved."))
            return redirect("board:planned_page", pk=planned.pk)
    return form_page(
        request, form, title=_("Move the item to another meeting"), save=_("Move the item"),
        back=at("planned_page", pk=planned.pk), caption=planned.title, board=planned.board,
        demonstration=planned.board.is_demo,
    )  # fmt: skip


@screen(find=find_planned_step, may=step_take)
def planned_step(request: HttpRequest, taken: Step) -> HttpResponse:
    """One step of a planned item: a page with one button, and a reason where the step needs one."""
    planned, step = taken.thing, taken.transition
    form = ReasonForm(request.POST if request.method == "POST" else None, required=step.why_required)
    back = at("planned_page", pk=planned.pk)
    if form.is_valid():
        try:
            actions.planned_step(planned, step.event, by=request.user, why=form.cleaned_data.get("why", ""))
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": step.label})
        return redirect(agenda_of(planned) if request.POST.get("from") == "agenda" and planned.meeting else back)
    context = {
        "step": step, "form": form, "about": planned.title, "back": back, "demonstration": planned.board.is_demo,
    }  # fmt: skip
    return page(request, "board/step.html", context)


def agenda_of(planned: Any) -> str:
    """The agenda of the meeting to which it is planned."""
    return at("agenda_edit", slug=planned.meeting.slug)
