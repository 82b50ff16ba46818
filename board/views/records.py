"""What is published of a meeting: the public note, the minutes; and the large text for the room's screen."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from board import actions, rules
from board.actions import NotComplete
from board.actions.minutes import approving
from board.finders import find_day, find_meeting, find_work
from board.forms.records import ApprovalForm
from board.models import Meeting, Paper, PaperKind, PublicNote
from board.public_note_reading import note_shown
from board.public_notes import note_content, note_due, note_gaps, working_days_left
from board.rows import item_shown
from board.states import MeetingStatus
from board.tables import work_url
from projects.drafts import posted
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused


@screen(public=True, find=find_day, methods=("GET", "HEAD"))
def note_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The public note, or until it is out its clock; the secretariat sees what it would say and what stops it."""
    set_addresses(request, "board:public_note_page", slug=meeting)
    records = rules.day_record(request.user, meeting)
    notes = list(PublicNote.objects.filter(meeting=meeting).order_by("number"))
    note = notes[-1] if notes else None
    if note is None and meeting.status != MeetingStatus.HELD:
        raise Http404
    due = note_due(meeting.date)
    data = note.data if note else note_content(meeting) if records else None
    context = {
        "meeting": meeting,
        "note": note,
        "notes": notes,
        "shown": note_shown(data) if data else None,
        "due": due,
        "left": working_days_left(due),
        "gaps": note_gaps(meeting) if records and not note else [],
        "records": records,
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/public_note_page.html", context)


@screen(public=True, find=find_day, methods=("GET", "HEAD"))
def note_data(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The very bytes that the hash of the latest note is of."""
    note = PublicNote.objects.filter(meeting=meeting).order_by("-number").first()
    if note is None:
        raise Http404
    return HttpResponse(note.content.encode(), content_type="application/json; charset=utf-8")


@screen(find=find_day, may=rules.day_record, methods=("POST",))
def note_publish(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        actions.note_publish(meeting, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The public note is published."))
    return redirect(reverse("board:public_note_page", kwargs={"slug": meeting.slug}))


@screen(find=find_day, may=rules.day_record, methods=("POST",))
def minutes_draft(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Draft minutes from what was recorded, and open them for writing."""
    try:
        paper = actions.minutes_draft(meeting, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
        return redirect(reverse("board:day_page", kwargs={"slug": meeting.slug}))
    return redirect(work_url(paper))


def minutes_of(request: HttpRequest, slug: str) -> Paper:
    paper = find_work(request, slug)
    if paper.kind != PaperKind.MINUTES:
        raise Http404
    return paper


@screen(find=minutes_of, may=rules.minutes_approve)
def minutes_approve(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Which later meeting approved the minutes; they are frozen then, like any published paper."""
    set_addresses(request, "board:minutes_approve", slug=paper)
    form = ApprovalForm(posted(request), meetings=approving(paper))
    gaps: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.minutes_approve(paper, form.cleaned_data["meeting"], by=request.user)
        except NotComplete as refused:
            gaps = refused.gaps
            form.add_error(None, str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The minutes are approved and frozen."))
            return redirect(paper)
    context = {"form": form, "paper": paper, "gaps": gaps, "demonstration": paper.board.is_demo}
    return page(request, "board/minutes_approve.html", context)


@screen(public=True, find=find_meeting, methods=("GET", "HEAD"))
def screen_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The first item for the room's screen."""
    return redirect(reverse("board:screen_item", kwargs={"slug": meeting.slug, "position": first_of(meeting)}))


def first_of(meeting: Meeting) -> int:
    position = meeting.items.values_list("position", flat=True).first()
    if position is None:
        raise Http404
    return int(position)


def find_screen(request: HttpRequest, slug: str, position: int) -> Any:
    meeting = find_meeting(request, slug)
    item = meeting.items.select_related("presenter__user").get(position=position)
    item.meeting = meeting
    return item


@screen(public=True, find=find_screen, methods=("GET", "HEAD"))
def screen_item(request: HttpRequest, item: Any) -> HttpResponse:
    """One item in large text, with its outcomes as they are recorded. Of a restricted item its title and reason alone,
    whoever is signed in at the screen."""
    meeting = item.meeting
    set_addresses(request, "board:screen_item", slug=meeting, position=item.position)
    positions = list(meeting.items.values_list("position", flat=True))
    here = positions.index(item.position)
    context = {
        "item": item,
        "meeting": meeting,
        "shown": None if item.restricted else item_shown(item, request.user),
        "before": positions[here - 1] if here else None,
        "after": positions[here + 1] if here + 1 < len(positions) else None,
        "count": len(positions),
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/screen_item.html", context)
