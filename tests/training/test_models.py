"""What the database itself refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories.people import CouncilFactory, UserFactory
from tests.factories.training import (
    BookingFactory,
    CorrectionFactory,
    CourseFactory,
    LearnerAddressFactory,
    LearnerFactory,
    LearnerMembershipFactory,
    SessionFactory,
    SessionTrainerFactory,
    StatedTotalFactory,
    StreamFactory,
    close_register,
    held,
)
from training.models import Booking, Correction, Kind, Learner, LearnerAddress, Mode, Session
from training.states import BookingStatus, SessionStatus
from wlga_portal.kernel.history import event_model, history_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def refused(name: str, factory: Any, /, **fields: Any) -> None:
    """The database refuses the row, by the constraint of this name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**fields)


@pytest.mark.parametrize("field", ["title_en", "title_cy"])
def test_a_stream_is_titled_in_both_languages(field):
    refused("stream_titled_in_both", StreamFactory, **{field: ""})


@pytest.mark.parametrize("field", ["title_en", "title_cy", "summary_en", "summary_cy"])
def test_a_course_is_told_in_both_languages(field):
    refused("course_told_in_both", CourseFactory, **{field: ""})


@pytest.mark.parametrize("field", ["outcomes_en", "outcomes_cy"])
def test_what_a_course_teaches_stands_in_both_languages_or_not_at_all(field):
    refused("course_outcomes_in_both_or_none", CourseFactory, **{field: "Something"})


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("course_takes_time", {"length_minutes": 0}),
        ("course_level_known", {"level": "other"}),
        ("course_audience_known", {"audience": "other"}),
    ],
)
def test_a_course_is_of_a_known_kind(name, fields):
    refused(name, CourseFactory, **fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("session_dates_in_order", {"starts_at": NOW, "ends_at": NOW}),
        ("session_cut_off_before_start", {"starts_at": NOW, "cut_off_at": NOW + timedelta(seconds=1)}),
        ("session_has_places", {"capacity": 0}),
        ("session_mode_known", {"mode": "other"}),
        ("session_language_known", {"language": "fr"}),
        ("session_status_known", {"status": "other"}),
        ("session_in_person_has_a_place", {"mode": Mode.IN_PERSON, "place_en": "Here"}),
        ("session_in_person_has_a_place", {"mode": Mode.IN_PERSON, "place_cy": "Yma"}),
    ],
)
def test_a_session_is_whole(name, fields):
    refused(name, SessionFactory, **fields)


def test_a_reference_names_one_session_and_many_have_none():
    SessionFactory(reference="A-1")
    SessionFactory.create_batch(2)
    refused("session_reference_unique", SessionFactory, reference="A-1")


def test_a_trainer_stands_once_in_a_session():
    link = SessionTrainerFactory()
    refused("session_trainer_once", SessionTrainerFactory, session=link.session, user=link.user)


def test_a_learner_has_an_account_or_a_name():
    LearnerFactory(name="", user=UserFactory())
    refused("learner_has_an_account_or_a_name", LearnerFactory, name="")


def test_a_learner_reads_one_of_two_languages_or_it_is_not_known():
    LearnerFactory(language="")
    refused("learner_language_known", LearnerFactory, language="fr")


def test_an_address_belongs_to_one_learner_whatever_its_case():
    LearnerAddressFactory(email="a.b@example.org")
    refused("learner_address_unique", LearnerAddressFactory, email="A.B@example.org")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("learner_membership_standing_known", {"standing": "other"}),
        ("learner_membership_dates_in_order", {"starts": date(2026, 2, 1), "ends": date(2026, 1, 1)}),
    ],
)
def test_a_learner_belongs_somewhere_in_order(name, fields):
    refused(name, LearnerMembershipFactory, **fields)


def test_a_learner_belongs_to_a_council_once_at_a_time():
    council, learner = CouncilFactory(), LearnerFactory()
    LearnerMembershipFactory(learner=learner, organisation=council, starts=date(2026, 1, 1), ends=date(2026, 1, 31))
    LearnerMembershipFactory(learner=learner, organisation=council, starts=date(2026, 2, 1))
    refused(
        "learner_membership_not_twice_at_once",
        LearnerMembershipFactory,
        learner=learner,
        organisation=council,
        starts=date(2026, 1, 31),
        ends=date(2026, 1, 31),
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [("booking_status_known", {"status": "other"}), ("booking_standing_known", {"standing": "other"})],
)
def test_a_booking_is_of_a_known_kind(name, fields):
    refused(name, BookingFactory, **fields)


@pytest.mark.parametrize("status", [BookingStatus.BOOKED, BookingStatus.WAITING, BookingStatus.ATTENDED])
def test_a_learner_has_one_live_booking_of_a_session(status):
    first = BookingFactory(status=BookingStatus.CANCELLED)
    BookingFactory(session=first.session, learner=first.learner, status=status)
    refused("booking_once_at_a_time", BookingFactory, session=first.session, learner=first.learner)


@pytest.mark.parametrize("status", [BookingStatus.BOOKED, BookingStatus.ATTENDED, BookingStatus.ABSENT])
def test_no_more_places_are_taken_than_there_are(status):
    session = SessionFactory(capacity=1)
    BookingFactory(session=session)
    BookingFactory(session=session, status=BookingStatus.WAITING)
    refused("every place of this session is taken", BookingFactory, session=session, status=status)


def test_no_update_takes_more_places_than_there_are():
    session = SessionFactory(capacity=1)
    taken = BookingFactory(session=session)
    waiting = BookingFactory(session=session, status=BookingStatus.WAITING)
    with pytest.raises(IntegrityError, match="every place"), transaction.atomic():
        Booking.objects.filter(pk=waiting.pk).update(status=BookingStatus.BOOKED)
    elsewhere = BookingFactory()
    with pytest.raises(IntegrityError, match="every place"), transaction.atomic():
        Booking.objects.filter(pk=elsewhere.pk).update(session=session)
    Booking.objects.filter(pk=taken.pk).update(status=BookingStatus.ATTENDED)
    assert Booking.objects.get(pk=taken.pk).status == "attended"


def test_a_session_has_never_fewer_places_than_are_taken():
    session = SessionFactory(capacity=2)
    BookingFactory.create_batch(2, session=session)
    with pytest.raises(IntegrityError, match="more places"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(capacity=1)
    assert Session.objects.filter(pk=session.pk).update(capacity=3) == 1


def test_a_closed_register_is_frozen():
    session = held()
    booking = BookingFactory(session=session, status=BookingStatus.ATTENDED)
    close_register(session)
    with pytest.raises(IntegrityError, match="register of this session is closed"), transaction.atomic():
        BookingFactory(session=session)
    with pytest.raises(IntegrityError, match="register of this session is closed"), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.ABSENT)
    with pytest.raises(IntegrityError, match="register of this session is closed"), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(session=SessionFactory())
    with pytest.raises(IntegrityError, match="register of this session is closed"), transaction.atomic():
        booking.delete()
    with pytest.raises(IntegrityError, match="register of this session is closed"), transaction.atomic():
        Booking.objects.filter(pk=BookingFactory().pk).update(session=session)


def test_an_open_register_may_lose_a_row():
    booking = BookingFactory(session=held())
    booking.delete()
    assert not Booking.objects.exists()


def test_a_correction_says_why_and_is_of_a_closed_register():
    session = held()
    booking = BookingFactory(session=session, status=BookingStatus.ABSENT)
    refused("the register is open", CorrectionFactory, booking=booking)
    close_register(session)
    refused("correction_says_why", CorrectionFactory, booking=booking, why="")
    assert CorrectionFactory(booking=booking).attended is True


def test_a_correction_is_never_changed_or_deleted():
    session = held()
    booking = BookingFactory(session=session)
    close_register(session)
    CorrectionFactory(booking=booking)
    for sql in ("UPDATE training_correction SET attended = false", "DELETE FROM training_correction"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(sql)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("stated_total_year_of_two", {"plan_year": "2021"}),
        ("stated_total_kind_known", {"kind": "other"}),
        ("stated_total_value_or_over", {"value": 401, "over": 400}),
        ("stated_total_outcome_known", {"outcome": "nearly"}),
        ("stated_total_has_a_source", {"source_cy": ""}),
    ],
)
def test_a_stated_total_is_whole(name, fields):
    refused(name, StatedTotalFactory, **fields)


def test_a_total_is_stated_once_a_year():
    StatedTotalFactory()
    StatedTotalFactory(plan_year="2022-23")
    StatedTotalFactory(kind=Kind.OPPORTUNITIES)
    refused("stated_total_once_a_year", StatedTotalFactory)


def test_the_history_holds_no_name_and_no_address():
    address = LearnerAddressFactory()
    columns = {field.name for model in (Learner, LearnerAddress) for field in event_model(model)._meta.local_fields}
    assert columns.isdisjoint({"name", "email", "language"})
    assert [change.kind for change in history_of(address.learner)] == ["insert"]


def test_a_booking_keeps_its_history():
    booking = BookingFactory(session=SessionFactory(status=SessionStatus.OPEN))
    Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.CANCELLED)
    last = history_of(booking)[0]
    assert [(change.name, change.before, change.after) for change in last.fields] == [("status", "booked", "cancelled")]
