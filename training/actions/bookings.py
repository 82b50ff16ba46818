"""Booking, cancelling, and who gets the place that came free."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.roles import Role
from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState, advance

from .. import emails, rules
from ..models import Audience, Booking, Learner, Session, Standing
from ..states import TAKING, BookingStatus
from .people import belong, learner_of, standing_of_learner


def book(*, session: Session, council: Organisation, by: Any) -> Booking:
    """A person books for themself. Gives the booking, which is waiting where every place is taken.

    Raises Refused with a sentence: not theirs to book, no longer open, not for them, or booked already.
    """
    if not rules.booking_create(by, session) or council not in rules.councils_of(by):
        raise NotAllowed(_("Training is booked by people of a council."))
    with audited(by=by, why="booked"):
        row = session.lock()
        return enter(row, learner_of(by), council, rules.standing_of(by, council), by=by)


def book_colleague(*, session: Session, learner: Learner, council: Organisation, by: Any) -> Booking:
    """A coordinator books somebody of their own council. Raises Refused as `book` does."""
    if not rules.colleague_book(by, session) or not by.has_role(Role.COORDINATOR, organisation=council):
        raise NotAllowed(_("A coordinator books people of their own council."))
    with audited(by=by, why="booked by the coordinator"):
        row = session.lock()
        return enter(row, learner, council, standing_of_learner(learner, council), by=by)


def enter(session: Session, learner: Learner, council: Organisation, standing: Standing, *, by: Any) -> Booking:
    """Write the booking; the session's row is locked."""
    if not session.is_open:
        raise WrongState(_("This session cannot be booked now."))
    if standing not in rules.FITS[Audience(session.course.audience)]:
        raise Refused(_("This course is not for you: it is for “%(audience)s”.") % {"audience": audience(session)})
    if Booking.objects.live().filter(session=session, learner=learner).exists():
        raise Refused(_("%(name)s has a booking for this session already.") % {"name": learner})
    belong(learner, council, standing)
    free = free_places(session) > 0 and not Booking.objects.waiting().filter(session=session).exists()
    booking = Booking.objects.create(
        session=session,
        learner=learner,
        organisation=council,
        standing=standing,
        booked_by=by,
        status=BookingStatus.BOOKED if free else BookingStatus.WAITING,
    )
    emails.tell(booking, "training.booked" if free else "training.waiting")
    return booking


def audience(session: Session) -> str:
    return str(Audience(session.course.audience).label)


def free_places(session: Session) -> int:
    """Places that nobody holds."""
    return session.capacity - Booking.objects.filter(session=session, status__in=TAKING).count()


def booking_cancel(*, booking: Booking, by: Any) -> Booking:
    """Give the booking up until the session's cut-off; the first in the queue gets the place. Raises Refused."""
    with audited(by=by, why="cancelled"):
        session = booking.session.lock()
        if not session.is_open:
            raise WrongState(_("This booking can no longer be cancelled here. Tell the trainer."))
        row = advance(booking, "cancel", by=by)
        emails.tell(row, "training.cancelled")
        fill_places(session)
    return row


def fill_places(session: Session) -> list[Booking]:
    """Give every free place to who has waited longest; the session's row is locked. Gives their bookings."""
    places = free_places(session)
    first = list(Booking.objects.waiting().filter(session=session)[: max(places, 0)])
    promoted = [advance(booking, "promote", by=None, why="a place came free") for booking in first]
    for booking in promoted:
        emails.tell(booking, "training.promoted")
    return promoted


def end_bookings(bookings: Any, *, why: str, kind: str) -> None:
    """The portal ends these bookings, because their session was cancelled or began without a place for them."""
    for booking in bookings:
        emails.tell(
            advance(booking, "lapse", by=None, why=why), kind, why if kind == "training.session_cancelled" else ""
        )
