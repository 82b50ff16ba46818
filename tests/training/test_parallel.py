"""Many people book at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from organisations.models import Organisation
from tests.factories.people import CouncilFactory
from tests.factories.training import SessionFactory, officer
from training import actions
from training.models import Booking, Session

THREADS = 16  # as many as one process could have at once, and more than there are connections


def rush(people: int, places: int) -> tuple[Session, list[Booking]]:
    """So many people book a session of so many places at once; gives its bookings in their order."""
    council, session = CouncilFactory(), SessionFactory(capacity=places)
    users = [officer(council) for _number in range(people)]

    def book(user_number: int) -> str:
        try:
            booking = actions.book(
                session=Session.objects.get(pk=session.pk),
                council=Organisation.objects.get(pk=council.pk),
                by=users[user_number],
            )
            return str(booking.status)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        said = sorted(pool.map(book, range(people)))
    assert said == ["booked"] * places + ["waiting"] * (people - places)
    return session, list(Booking.objects.filter(session=session).with_place_in_queue().order_by("pk"))


def in_order(bookings: list[Booking], places: int) -> None:
    """The first have the places; behind them everybody has the next place in the queue."""
    assert [booking.status for booking in bookings] == ["booked"] * places + ["waiting"] * (len(bookings) - places)
    queue = [booking.place_in_queue for booking in bookings[places:]]
    assert queue == list(range(1, len(bookings) - places + 1))


@pytest.mark.django_db(transaction=True)
def test_forty_who_book_eight_places_at_once_get_eight_and_a_queue_that_moves_up_in_order():
    session, bookings = rush(40, 8)
    assert len(bookings) == 40
    in_order(bookings, 8)

    def cancel(number: int) -> None:
        try:
            booking = Booking.objects.get(pk=bookings[number].pk)
            actions.booking_cancel(booking=booking, by=booking.learner.user)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(cancel, range(4)))
    now = list(Booking.objects.filter(session=session).order_by("pk").values_list("status", flat=True))
    assert now == ["cancelled"] * 4 + ["booked"] * 4 + ["offered"] * 4 + ["waiting"] * 28


@pytest.mark.deep
@pytest.mark.django_db(transaction=True)
def test_two_hundred_who_book_twenty_places_at_once_get_twenty_places_and_a_queue():
    _session, bookings = rush(200, 20)
    assert len(bookings) == 200
    in_order(bookings, 20)
