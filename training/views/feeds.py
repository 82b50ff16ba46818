"""Calendar files: of one session, of one's own bookings, and feeds to subscribe to."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import screen

from .. import actions, calendar, rules
from ..models import Booking, CalendarKey, Session
from ..states import IN_REGISTER
from .found import find_booking, find_session

FEED = 500
BACK = timedelta(days=60)  # how far an own calendar reaches into the past


@screen(public=True, find=find_session, methods=("GET", "HEAD"))
def session_calendar(request: HttpRequest, session: Session) -> HttpResponse:
    """One session as a calendar file, without the link for joining."""
    return calendar.answer(calendar.of_sessions([session]), f"session-{session.pk}.ics")


@screen(public=True, methods=("GET", "HEAD"))
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """All that is open, or of one stream (`?stream=` and its number), to subscribe to."""
    sessions = Session.objects.visible_to(request.user).coming().with_course().prefetch_related("parts")
    stream = request.GET.get("stream", "")
    if stream.isascii() and stream.isdecimal() and len(stream) < 10:
        sessions = sessions.filter(course__stream=int(stream))
    return calendar.answer(calendar.of_sessions(sessions[:FEED], _("WLGA training")), "training.ics")


@screen(find=find_booking, methods=("GET", "HEAD"))
def booking_calendar(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The booked session as a calendar file; the link for joining is in it for who has a place."""
    own = booking.learner.user_id == request.user.pk
    return calendar.answer(calendar.of_bookings([booking], joining=own), f"session-{booking.session_id}.ics")


@screen(public=True, methods=("GET", "HEAD"))
def own_feed(request: HttpRequest, key: str) -> HttpResponse:
    """A person's own bookings at a secret address, for a calendar program that cannot sign in."""
    known = CalendarKey.objects.select_related("user").filter(key=key, user__is_active=True).first()
    if known is None:
        raise Http404
    rows = Booking.objects.of(known.user).filter(status__in=IN_REGISTER, session__ends_at__gt=timezone.now() - BACK)
    rows = rows.with_all().prefetch_related("session__parts").order_by("session__starts_at", "pk")
    return calendar.answer(calendar.of_bookings(rows[:FEED], _("My training"), joining=True), "my-training.ics")


@screen(may=rules.signed_in, methods=("POST",))
def calendar_key_renew(request: HttpRequest) -> HttpResponse:
    """Make the address, or a new one; an old one ends."""
    actions.calendar_key_renew(by=request.user)
    messages.success(request, _("Your calendar has a new address."))
    return redirect("training:booking_own")
