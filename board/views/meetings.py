"""A meeting and its agenda."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from board.actions import meeting_move, paper_create
from board.agenda import clock_of
from board.finders import Step, find_item, find_meeting, find_meeting_step
from board.forms import PaperNewForm, ReasonForm
from board.models import AgendaItem, Meeting, MeetingChange
from board.planning import publish_by
from board.quorum import forecast_of
from board.rows import ways_of, with_decided
from board.rules import answers_see, meeting_plan, seats_of, secretary, step_take, works
from board.schema import schema_event
from board.states import MeetingStatus
from board.tables import work_url
from board.timeline import timeline_of
from board.wording import joining_link, times_of, when_was
from wlga_portal.kernel.components import tag
from wlga_portal.kernel.screens import page, screen, set_addresses, set_languages
from wlga_portal.kernel.workflow import Refused

COMING = (MeetingStatus.PLANNED, MeetingStatus.CALLED)
COLOURS = {
    MeetingStatus.PLANNED: "grey",
    MeetingStatus.CALLED: "green",
    MeetingStatus.HELD: "",
    MeetingStatus.CANCELLED: "red",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of the meeting with when and where it was to be."""

    change: MeetingChange

    @property
    def when(self) -> str:
        return when_was(self.change)


def status_tag(meeting: Meeting) -> Any:
    status = MeetingStatus(meeting.status)
    return tag(status.label, COLOURS[status])


@screen(public=True, find=find_meeting, methods=("GET", "HEAD"))
def meeting_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """When and where, the agenda, its papers; what the source does not give reads "not published"."""
    set_languages(request, meeting)
    runs = secretary(request.user)
    items = list(meeting.items.with_papers(request.user))
    prefetch_related_objects([meeting], "changes")
    seats = list(seats_of(request.user, meeting))
    answers, plans = answers_see(request.user, meeting), meeting_plan(request.user, meeting)
    context = {
        "meeting": meeting,
        "status": status_tag(meeting),
        "items": clock_of(meeting, with_decided(items, meeting, request.user)).slots,
        "schema": schema_event(meeting),
        "changes": [Changed(one) for one in meeting.changes.all()],
        "publish": publish_by(meeting.date, meeting.board.clear_days),
        "plans": plans,
        "answers": answers,
        "forecast": forecast_of(meeting) if answers and meeting.status in COMING else None,
        "seat": seats[0] if seats else None,
        "own": meeting.responses.filter(seat=seats[0]).first() if seats else None,
        "begun": plans and meeting.status == MeetingStatus.CALLED and meeting.papers.published().exists(),
        "runs": runs,
        "over": meeting.status == MeetingStatus.HELD,
        "events": meeting.events_for(request.user),
        "times": times_of(meeting),
        "link": joining_link(meeting) if answers or works(request.user) else "",
        "timeline": timeline_of(meeting) if runs else [],
        "ways": ways_of(meeting, request.user),
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/meeting_page.html", context)


@screen(find=find_meeting_step, may=step_take)
def meeting_step(request: HttpRequest, taken: Step) -> HttpResponse:
    """One step of the meeting's workflow: a page with one button, and a reason where the step needs one."""
    meeting, step = taken.thing, taken.transition
    if step.event == "cancel" and meeting_plan(request.user, meeting):
        return redirect("board:meeting_cancel", slug=meeting.slug)  # its reason is told in both languages
    set_addresses(request, "board:meeting_step", slug=meeting, event=step.event)
    form = ReasonForm(request.POST if request.method == "POST" else None, required=step.why_required)
    if form.is_valid():
        try:
            meeting_move(meeting, step.event, by=request.user, why=form.cleaned_data.get("why", ""))
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": step.label})
        return redirect(meeting)
    context = {
        "step": step, "form": form, "about": str(meeting), "back": meeting.get_absolute_url(),
        "demonstration": meeting.board.is_demo,
    }  # fmt: skip
    return page(request, "board/step.html", context)


@screen(find=find_item, may=secretary)
def paper_new(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """Begin a paper for an item of the agenda."""
    set_addresses(request, "board:paper_new", slug=item.meeting, position=item.position)
    form = PaperNewForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        paper = paper_create(
            item,
            by=request.user,
            authors=said["authors"],
            title=(said["title_en"], said["title_cy"]),
            summary=(said["summary_en"], said["summary_cy"]),
            purpose=said["purpose"],
            drafted_in=said["drafted_in"],
        )
        messages.success(request, _("The paper is begun. Add its blocks."))
        return redirect(work_url(paper))
    context = {"form": form, "item": item, "meeting": item.meeting, "demonstration": item.meeting.board.is_demo}
    return page(request, "board/paper_new.html", context)
