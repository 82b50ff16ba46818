"""For other programs: calendars of meetings, a member's own calendar at a secret address, Atom feeds."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Role, roles_of
from board import actions, calendar, feeds
from board.finders import find_board, find_meeting
from board.models import Board, Meeting, MeetingsKey, Response, Seat
from wlga_portal.kernel.screens import page, screen


def member(user: Any) -> bool:
    """Board members have a calendar of their own."""
    return roles_of(user).has(Role.BOARD_MEMBER)


def recent(meetings: Any) -> Any:
    since = timezone.localdate() - calendar.BACK
    return meetings.filter(date__gte=since).select_related("board").order_by("-date", "-pk")[: calendar.FEED]


@screen(public=True, find=find_board, methods=("GET", "HEAD"))
def board_calendar(request: HttpRequest, board: Board) -> HttpResponse:
    """The meetings of a board, to subscribe to."""
    content = calendar.of_meetings(recent(board.meetings.all()), str(board.name))
    return calendar.answer(content, f"{board.slug}.ics")


@screen(public=True, find=find_meeting, methods=("GET", "HEAD"))
def meeting_calendar(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One meeting; without the link for joining."""
    return calendar.answer(calendar.of_meetings([meeting], str(meeting)), f"{meeting.slug}.ics")


@screen(public=True, find=find_board, methods=("GET", "HEAD"))
def board_feed(request: HttpRequest, board: Board) -> HttpResponse:
    """What is published, and meetings called, moved and cancelled, as Atom."""
    return feeds.feed_of(request, board)


def own_meetings(user: Any) -> Any:
    """The meetings of the boards on which this person sits today."""
    return Meeting.objects.visible_to(user).filter(board__in=Seat.objects.held_by(user).values("board"))


def own_responses(user: Any) -> dict[int, Response]:
    return {one.meeting_id: one for one in Response.objects.filter(seat__person__user_id=user.pk)}


@screen(may=member, methods=("GET", "HEAD"))
def own_page(request: HttpRequest) -> HttpResponse:
    """A member's coming meetings with their answers, and the address of their own calendar."""
    key = MeetingsKey.objects.filter(user_id=request.user.pk or 0).first()
    answers = own_responses(request.user)
    coming = own_meetings(request.user).coming().select_related("board")
    context = {
        "rows": [(meeting, answers.get(meeting.pk)) for meeting in coming],
        "calendar_url": settings.BASE_URL + reverse("board:own_calendar", kwargs={"key": key.key}) if key else "",
    }
    return page(request, "board/own_page.html", context)


@screen(public=True, methods=("GET", "HEAD"))
def own_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """A member's meetings at a secret address, for a calendar program that cannot sign in; kept by no shared cache."""
    known = MeetingsKey.objects.select_related("user").filter(key=key, user__is_active=True).first()
    if known is None or not member(known.user):
        raise Http404
    rows = recent(own_meetings(known.user))
    content = calendar.of_meetings(rows, _("My board meetings"), joining=True, responses=own_responses(known.user))
    response = calendar.answer(content, "meetings.ics")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@screen(may=member, methods=("POST",))
def key_renew(request: HttpRequest) -> HttpResponse:
    """Make the address, or a new one; an old one ends."""
    actions.meetings_key_renew(by=request.user)
    messages.success(request, _("Your calendar has a new address."))
    return redirect("board:own_page")


@screen(may=member, methods=("POST",))
def key_end(request: HttpRequest) -> HttpResponse:
    """End the address: whoever has it sees nothing any more."""
    actions.meetings_key_end(by=request.user)
    messages.success(request, _("The address of your calendar is ended."))
    return redirect("board:own_page")
