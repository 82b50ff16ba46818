"""What the database refuses of parts, kept places, offers, walk-ins, partial attendance and what goes with them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.training import (
    BookingFactory,
    CalendarKeyFactory,
    CorrectionFactory,
    CourseFactory,
    KeptPlacesFactory,
    LearnerNeedsFactory,
    ReminderFactory,
    SessionFactory,
    SessionPartFactory,
    held,
)
from training.models import Session
from training.states import ENDED, BookingStatus

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(name: str, factory: Any, /, **fields: Any) -> None:
    """The database refuses the row, by the constraint (or with the words) of this name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("course_approval_known", {"approval": "other"}),
        ("course_counts_from_a_part", {"counts_from_percent": 0}),
        ("course_counts_from_a_part", {"counts_from_percent": 101}),
    ],
)
def test_a_course_says_who_approves_and_what_counts(name, fields):
    refused(name, CourseFactory, **fields)


@pytest.mark.parametrize("minimum", [0, 11])
def test_a_minimum_is_within_the_places(minimum):
    refused("session_minimum_within_places", SessionFactory, capacity=10, minimum=minimum)


def test_places_are_kept_until_the_cut_off_at_most():
    session = SessionFactory()
    session.kept_until = session.cut_off_at
    session.save()
    session.kept_until += HOUR
    refused("session_kept_until_cut_off", session.save)


def test_the_parts_of_a_session_are_in_order_apart_and_within_it():
    session = SessionFactory()
    first = SessionPartFactory(session=session)
    refused("session_part_number_once", SessionPartFactory, session=session, starts_at=first.ends_at)
    refused("session_part_dates_in_order", SessionPartFactory, session=session, number=2, ends_at=session.starts_at)
    refused(
        "session_parts_apart",
        SessionPartFactory,
        session=session,
        number=2,
        starts_at=first.ends_at - timedelta(minutes=1),
    )
    SessionPartFactory(session=session, number=2, starts_at=first.ends_at)
    refused("a part lies within its session", SessionPartFactory, session=session, number=3, starts_at=session.ends_at)
    session.ends_at = first.ends_at
    refused("a part of this session lies outside it", session.save)


def test_a_council_has_its_kept_places_once_and_all_of_them_are_within_the_capacity():
    kept = KeptPlacesFactory(session__capacity=3)
    refused("kept_places_are_some", KeptPlacesFactory, session=kept.session, places=0)
    refused(
        "kept_places_once_for_a_council",
        KeptPlacesFactory,
        session=kept.session,
        organisation=kept.organisation,
        places=1,
    )
    refused("more places are kept than the session has", KeptPlacesFactory, session=kept.session, places=2)
    KeptPlacesFactory(session=kept.session, places=1)
    with pytest.raises(IntegrityError, match="more places of this session are kept"), transaction.atomic():
        Session.objects.filter(pk=kept.session.pk).update(capacity=2)


def test_an_offered_place_is_taken_until_its_end():
    refused("booking_offer_has_an_end", BookingFactory, status=BookingStatus.OFFERED, offer_ends_at=None)
    offered = BookingFactory(session__capacity=1, status=BookingStatus.OFFERED)
    refused("every place of this session is taken", BookingFactory, session=offered.session)
    offered.session.refresh_from_db()
    BookingFactory(session=offered.session, status=BookingStatus.WAITING)


@pytest.mark.parametrize("status", ENDED)
def test_a_booking_that_ended_leaves_room_for_another_of_the_same_person(status):
    ended = BookingFactory(status=status)
    BookingFactory(session=ended.session, learner=ended.learner)
    refused("booking_once_at_a_time", BookingFactory, session=ended.session, learner=ended.learner)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": BookingStatus.BOOKED, "attended_percent": 50},
        {"status": BookingStatus.ABSENT, "attended_percent": 50},
        {"status": BookingStatus.ATTENDED, "attended_percent": 0},
        {"status": BookingStatus.ATTENDED, "attended_percent": 100},
    ],
)
def test_a_part_is_of_who_attended(fields):
    refused("booking_part_of_the_attended", BookingFactory, **fields)


@pytest.mark.parametrize(
    "fields",
    [{"attended": False, "attended_percent": 50}, {"attended_percent": 0}, {"attended_percent": 100}],
)
def test_a_corrected_part_is_of_who_attended(fields):
    refused("correction_part_of_the_attended", CorrectionFactory, **fields)


def test_who_walks_in_is_in_an_open_register_and_takes_no_place():
    session = held(capacity=1)
    BookingFactory(session=session, status=BookingStatus.ATTENDED)
    walked_in = BookingFactory(session=session, status=BookingStatus.ATTENDED, walk_in=True)
    refused("booking_walk_in_is_in_the_register", BookingFactory, session=session, walk_in=True)
    refused("only an open register takes people who walked in", BookingFactory, status="attended", walk_in=True)
    walked_in.walk_in = False
    refused("every place of this session is taken", walked_in.save)
    assert Session.objects.with_places().get(pk=session.pk).places_left == 0


def test_needs_a_calendar_and_a_reminder_are_there_once_and_known():
    refused("learner_needs_language_known", LearnerNeedsFactory, language="fr")
    refused("calendar_key_unique", CalendarKeyFactory, key=CalendarKeyFactory().key)
    reminder = ReminderFactory()
    refused("reminder_once", ReminderFactory, booking=reminder.booking, starts_at=reminder.starts_at)
    refused("reminder_ahead_known", ReminderFactory, ahead="hour")
