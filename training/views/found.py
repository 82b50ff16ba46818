"""What a screen is about, from what the person may see; 404 for the rest."""

from typing import Any

from django.http import Http404, HttpRequest, QueryDict

from .. import rules
from ..models import Booking, Course, Session, Stream
from ..states import SessionStatus


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing: a form is bound by the method, not by what is in it."""
    return request.POST if request.method == "POST" else None


def find_stream(_request: HttpRequest, slug: str) -> Stream:
    return Stream.find(Stream.objects.all(), slug)


def find_course(_request: HttpRequest, slug: str) -> Course:
    return Course.find(Course.objects.shown().select_related("stream", "provider"), slug)


def find_session(request: HttpRequest, pk: int) -> Session:
    return Session.objects.visible_to(request.user).with_course().with_places().get(pk=pk)


def find_register(request: HttpRequest, pk: int) -> Session:
    """A register is there for the session's trainers and the team alone."""
    session = find_session(request, pk)
    if not rules.register_keep(request.user, session):
        raise Http404
    return session


def find_needs(request: HttpRequest, pk: int) -> Session:
    """What people need is there for the session's trainers and the team, until the register is closed."""
    session = find_register(request, pk)
    if session.status not in {SessionStatus.OPEN, SessionStatus.HELD}:
        raise Http404
    return session


def find_booking(request: HttpRequest, pk: int) -> Booking:
    bookings = Booking.objects.visible_to(request.user).with_all().with_place_in_queue().with_corrections()
    return bookings.get(pk=pk)


def find_marked(request: HttpRequest, pk: int) -> Booking:
    """A booking whose register this person keeps."""
    booking = find_booking(request, pk)
    if not rules.register_mark(request.user, booking):
        raise Http404
    return booking


def mine_in(user: Any, session: Session) -> Booking | None:
    """This person's own live booking of a session, or one that the register holds."""
    if not user.is_authenticated:
        return None
    own = Booking.objects.of(user).standing().filter(session=session)
    return own.with_place_in_queue().order_by("-pk").first()
