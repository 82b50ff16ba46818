"""The day of a meeting, on a tablet: attendance, movements, interests, item by item."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from board import actions, rules
from board.finders import find_day, find_day_item, find_own_meeting, find_recorded
from board.forms.day import (
    AttendanceForm,
    AttendeeForm,
    DeclarationForm,
    MovementForm,
    OwnInterestForm,
    seats_of,
)
from board.models import AgendaItem, Attendance, Capacity, Declaration, Meeting, Movement, PublicNote
from board.presence import room_of
from board.public_notes import note_due, note_gaps, working_days_left
from board.rows import day_items, item_shown
from board.sending import told_to_script
from projects.drafts import posted
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused


def noted(meeting: Meeting) -> bool:
    """Whether the public note is out: what is recorded from then on is a correction."""
    return PublicNote.objects.filter(meeting=meeting).exists()


def item_url(item: AgendaItem) -> str:
    return reverse("board:day_item", kwargs={"slug": item.meeting.slug, "position": item.position})


def attendance_url(meeting: Meeting) -> str:
    return reverse("board:attendance_edit", kwargs={"slug": meeting.slug})


def written(request: HttpRequest, form: Any, write: Any, done: str) -> bool:
    """Whether a valid form was written; a refusal stands on the form as a sentence."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        write()
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, done)
    return True


@screen(find=find_day, may=rules.day_record, methods=("GET", "HEAD"))
def day_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Everything of the day at a glance, and where to record each part."""
    set_addresses(request, "board:day_page", slug=meeting)
    attendances = list(meeting.attendances.with_people().in_order())
    due = note_due(meeting.date)
    context = {
        "meeting": meeting,
        "there": [one for one in attendances if one.is_there],
        "away": [one for one in attendances if not one.is_there],
        "unmarked": seats_of(meeting).exclude(pk__in=[one.seat_id for one in attendances if one.seat_id]).count(),
        "rows": day_items(meeting, request.user),
        "events": meeting.events_for(request.user),
        "gaps": note_gaps(meeting),
        "due": due,
        "left": working_days_left(due),
        "note": PublicNote.objects.filter(meeting=meeting).order_by("-number").first(),
        "minutes": meeting.papers.filter(kind="minute").first(),
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/day_page.html", context)


@screen(find=find_day, may=rules.day_record)
@told_to_script
def attendance_edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who of the members is there. What members answered before stands beside each."""
    set_addresses(request, "board:attendance_edit", slug=meeting)
    people = list(meeting.attendances.with_people().in_order())
    known = {one.seat_id: one for one in people if one.capacity == Capacity.MEMBER and one.seat_id}
    answers = {one.seat_id: one.get_answer_display() for one in meeting.responses.all()}
    hints = {seat: _("Answered: %(answer)s") % {"answer": answer} for seat, answer in answers.items()}
    form = AttendanceForm(
        posted(request), seats=list(seats_of(meeting)), known=known, hints=hints, noted=noted(meeting)
    )
    record = actions.attendance_record
    if written(
        request,
        form,
        lambda: record(meeting, form.marks(), by=request.user, why=form.why),
        _("Attendance is recorded."),
    ):
        return redirect(attendance_url(meeting))
    context = {
        "meeting": meeting,
        "form": form,
        "others": [one for one in people if one.capacity != Capacity.MEMBER],
        "moves": [(one, move) for one in people for move in one.movements.all()],
        "noted": noted(meeting),
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/attendance_edit.html", context)


@screen(find=find_day, may=rules.day_record)
@told_to_script
def attendee_add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A substitute, or somebody in attendance."""
    set_addresses(request, "board:attendee_add", slug=meeting)
    form = AttendeeForm(posted(request), meeting=meeting, noted=noted(meeting))

    def write() -> Attendance:
        said = form.cleaned_data
        person = said.get("person") or actions.person_named(said["name"])
        return actions.attendance_add(
            meeting, person, by=request.user, seat=said["seat"], presence=said["presence"], why=form.why
        )

    if written(request, form, write, _("Added to the attendance.")):
        return redirect(attendance_url(meeting))
    return form_page(request, form, meeting, _("Add a substitute or somebody in attendance"), attendance_url(meeting))


@screen(find=find_recorded(Attendance, "meeting"), may=lambda user, one: rules.day_record(user, one.meeting))
@told_to_script
def attendee_remove(request: HttpRequest, one: Attendance) -> HttpResponse:
    """Asks once, and why where the public note is out."""
    return remove_page(request, one, one.meeting, actions.attendance_remove, attendance_url(one.meeting))


@screen(find=find_day_item, may=rules.item_record)
@told_to_script
def movement_add(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """Somebody arrived or left before this item."""
    set_addresses(request, "board:movement_add", slug=item.meeting, position=item.position)
    form = MovementForm(posted(request), meeting=item.meeting, noted=noted(item.meeting))

    def write() -> Movement:
        said = form.cleaned_data
        return actions.movement_record(
            said["attendance"], item, kind=said["kind"], at=said["at"], by=request.user, why=form.why
        )

    if written(request, form, write, _("Recorded.")):
        return redirect(item_url(item))
    return form_page(request, form, item, _("Somebody arrived or left before this item"), item_url(item))


@screen(
    find=find_recorded(Movement, "attendance__meeting"),
    may=lambda user, moved: rules.day_record(user, moved.attendance.meeting),
)
@told_to_script
def movement_remove(request: HttpRequest, moved: Movement) -> HttpResponse:
    meeting = moved.attendance.meeting
    return remove_page(request, moved, meeting, actions.movement_remove, attendance_url(meeting))


@screen(find=find_day_item, may=rules.item_record)
@told_to_script
def declaration_add(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """An interest that somebody declared in this item; said anew, it takes the place of what stood."""
    set_addresses(request, "board:declaration_add", slug=item.meeting, position=item.position)
    form = DeclarationForm(posted(request), meeting=item.meeting, noted=noted(item.meeting))

    def write() -> Declaration:
        person = form.cleaned_data["person"]
        return actions.declaration_record(item, person, by=request.user, why=form.why, **form.said)

    if written(request, form, write, _("The interest is recorded.")):
        return redirect(item_url(item))
    return form_page(request, form, item, _("Record a declaration of interest"), item_url(item))


@screen(
    find=find_recorded(Declaration, "item__meeting"), may=lambda user, one: rules.day_record(user, one.item.meeting)
)
@told_to_script
def declaration_remove(request: HttpRequest, one: Declaration) -> HttpResponse:
    return remove_page(request, one, one.item.meeting, actions.declaration_remove, item_url(one.item))


@screen(find=find_own_meeting, may=rules.interest_declare)
@told_to_script
def interest_declare(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A member declares their own interest before the meeting."""
    set_addresses(request, "board:interest_declare", slug=meeting)
    form = OwnInterestForm(posted(request), meeting=meeting)

    def write() -> Declaration:
        return actions.declaration_make(form.cleaned_data["item"], by=request.user, **form.said)

    if written(request, form, write, _("Your interest is recorded.")):
        return redirect(reverse("board:interest_declare", kwargs={"slug": meeting.slug}))
    own = Declaration.objects.of_meeting(meeting).said_by(request.user)
    return form_page(
        request, form, meeting, _("Declare an interest"), meeting.get_absolute_url(), own=list(own), explain=True
    )


@screen(find=find_day_item, may=rules.item_record, methods=("GET", "HEAD"))
def day_item(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """One item of the day: who is in the room, interests, recommendations with their outcomes, actions."""
    set_addresses(request, "board:day_item", slug=item.meeting, position=item.position)
    meeting = item.meeting
    positions = list(meeting.items.values_list("position", flat=True))
    here = positions.index(item.position)
    room = room_of(meeting)
    context = {
        "item": item,
        "meeting": meeting,
        "shown": item_shown(item, request.user),
        "there": room.there(item),
        "voting": room.voting(item),
        "declared": list(Declaration.objects.of_meeting(meeting).filter(item=item)),
        "before": positions[here - 1] if here else None,
        "after": positions[here + 1] if here + 1 < len(positions) else None,
        "noted": noted(meeting),
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/day_item.html", context)


def form_page(request: HttpRequest, form: Any, about: Any, title: str, back: str, **context: Any) -> HttpResponse:
    """One form of the day, by itself."""
    meeting = about if isinstance(about, Meeting) else about.meeting
    known = {
        "form": form, "title": title, "about": about, "meeting": meeting, "back": back,
        "demonstration": meeting.board.is_demo,
    }  # fmt: skip
    return page(request, "board/day_form.html", known | context)


def remove_page(request: HttpRequest, thing: Any, meeting: Meeting, remove: Any, back: str) -> HttpResponse:
    """Asks before something is taken off the record; once the public note is out, it asks why."""
    from board.forms.day import RecordForm

    form = RecordForm(posted(request), noted=noted(meeting))
    done = _("It is off the record.")
    if written(request, form, lambda: remove(thing, by=request.user, why=form.why), done):
        return redirect(back)
    return form_page(request, form, meeting, _("Take this off the record"), back, thing=thing, removes=True)
