"""Streams, courses, sessions, learners and bookings."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import Role
from organisations.models import Organisation
from tests.factories.people import BodyFactory, CouncilFactory, UserFactory, person
from training.models import (
    Ahead,
    Ask,
    Booking,
    CalendarKey,
    Correction,
    Course,
    Double,
    Erasure,
    Import,
    ImportRow,
    ImportSource,
    KeptPlaces,
    Kind,
    Learner,
    LearnerAddress,
    LearnerMembership,
    LearnerNeeds,
    Mode,
    Outcome,
    PrivacyRequest,
    Reason,
    Reminder,
    RetentionRun,
    Session,
    SessionLanguage,
    SessionPart,
    SessionTrainer,
    Standing,
    StatedTotal,
    Stream,
    Target,
)
from training.states import BookingStatus, SessionStatus


class StreamFactory(DjangoModelFactory[Stream]):
    class Meta:
        model = Stream

    title_en = factory.Sequence(lambda n: f"Stream {n}")
    title_cy = factory.Sequence(lambda n: f"Ffrwd {n}")
    slug_en = factory.Sequence(lambda n: f"stream-{n}")
    slug_cy = factory.Sequence(lambda n: f"ffrwd-{n}")


class CourseFactory(DjangoModelFactory[Course]):
    class Meta:
        model = Course

    stream = factory.SubFactory(StreamFactory)
    title_en = factory.Sequence(lambda n: f"Course {n}")
    title_cy = factory.Sequence(lambda n: f"Cwrs {n}")
    summary_en = "What it is about."
    summary_cy = "Am beth y mae."
    slug_en = factory.Sequence(lambda n: f"course-{n}")
    slug_cy = factory.Sequence(lambda n: f"cwrs-{n}")
    length_minutes = 120


class SessionFactory(DjangoModelFactory[Session]):
    """Open, in a fortnight."""

    class Meta:
        model = Session

    course = factory.SubFactory(CourseFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=2))
    cut_off_at = factory.LazyAttribute(lambda session: session.starts_at - timedelta(days=2))
    mode = Mode.ONLINE
    language = SessionLanguage.ENGLISH
    capacity = 10
    status = SessionStatus.OPEN


class SessionTrainerFactory(DjangoModelFactory[SessionTrainer]):
    class Meta:
        model = SessionTrainer

    session = factory.SubFactory(SessionFactory)
    user = factory.SubFactory(UserFactory)


class LearnerFactory(DjangoModelFactory[Learner]):
    """Somebody without an account."""

    class Meta:
        model = Learner

    name = factory.Sequence(lambda n: f"Learner {n}")
    language = "en"


class LearnerAddressFactory(DjangoModelFactory[LearnerAddress]):
    class Meta:
        model = LearnerAddress

    learner = factory.SubFactory(LearnerFactory)
    email = factory.Sequence(lambda n: f"learner{n}@example.org")


class LearnerMembershipFactory(DjangoModelFactory[LearnerMembership]):
    class Meta:
        model = LearnerMembership

    learner = factory.SubFactory(LearnerFactory)
    organisation = factory.SubFactory(CouncilFactory)
    standing = Standing.STAFF


class BookingFactory(DjangoModelFactory[Booking]):
    class Meta:
        model = Booking

    session = factory.SubFactory(SessionFactory)
    learner = factory.SubFactory(LearnerFactory)
    organisation = factory.SubFactory(CouncilFactory)
    standing = Standing.STAFF
    status = BookingStatus.BOOKED
    offer_ends_at = factory.LazyAttribute(
        lambda booking: timezone.now() + timedelta(hours=48) if booking.status == BookingStatus.OFFERED else None
    )


def booking_of_a_closed_register() -> Booking:
    booking: Booking = BookingFactory(session=held(), status=BookingStatus.ABSENT)
    close_register(booking.session)
    return booking


class CorrectionFactory(DjangoModelFactory[Correction]):
    class Meta:
        model = Correction

    booking = factory.LazyFunction(booking_of_a_closed_register)
    attended = True
    why = "The list had missed a page."
    by = factory.SubFactory(UserFactory)


class SessionPartFactory(DjangoModelFactory[SessionPart]):
    """The first hour of its session."""

    class Meta:
        model = SessionPart

    session = factory.SubFactory(SessionFactory)
    number = 1
    starts_at = factory.LazyAttribute(lambda part: part.session.starts_at)
    ends_at = factory.LazyAttribute(lambda part: part.starts_at + timedelta(hours=1))


class KeptPlacesFactory(DjangoModelFactory[KeptPlaces]):
    class Meta:
        model = KeptPlaces

    session = factory.SubFactory(SessionFactory)
    organisation = factory.SubFactory(CouncilFactory)
    places = 2


class LearnerNeedsFactory(DjangoModelFactory[LearnerNeeds]):
    class Meta:
        model = LearnerNeeds

    learner = factory.SubFactory(LearnerFactory)
    access = "A seat near the door."


class CalendarKeyFactory(DjangoModelFactory[CalendarKey]):
    class Meta:
        model = CalendarKey

    user = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"key-{n}")


class ReminderFactory(DjangoModelFactory[Reminder]):
    class Meta:
        model = Reminder

    booking = factory.SubFactory(BookingFactory)
    ahead = Ahead.WEEK
    starts_at = factory.LazyAttribute(lambda reminder: reminder.booking.session.starts_at)


class StatedTotalFactory(DjangoModelFactory[StatedTotal]):
    class Meta:
        model = StatedTotal

    plan_year = "2021-22"
    kind = Kind.OFFICERS
    label_en = "Officers trained"
    label_cy = "Swyddogion a hyfforddwyd"
    source_en = "A report"
    source_cy = "Adroddiad"
    source_date = factory.LazyFunction(timezone.localdate)


class DoubleFactory(DjangoModelFactory[Double]):
    """Two learners of one name."""

    class Meta:
        model = Double

    first = factory.SubFactory(LearnerFactory, name="Non Cadell")
    second = factory.SubFactory(LearnerFactory, name="Non Cadell")
    reason = Reason.NAME


class TargetFactory(DjangoModelFactory[Target]):
    class Meta:
        model = Target

    plan_year = "2026-27"
    kind = Kind.OFFICERS
    value = 300
    source_en = "A plan"
    source_cy = "Cynllun"


class ImportSourceFactory(DjangoModelFactory[ImportSource]):
    class Meta:
        model = ImportSource

    name = factory.Sequence(lambda n: f"Trainer {n}")


class ImportFactory(DjangoModelFactory[Import]):
    class Meta:
        model = Import

    source = factory.SubFactory(ImportSourceFactory)
    filename = "list.csv"
    format = "csv"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    asked_by = factory.SubFactory(UserFactory)


class ImportRowFactory(DjangoModelFactory[ImportRow]):
    class Meta:
        model = ImportRow

    batch = factory.SubFactory(ImportFactory)
    number = factory.Sequence(lambda n: n + 2)
    outcome = Outcome.NEW


class PrivacyRequestFactory(DjangoModelFactory[PrivacyRequest]):
    class Meta:
        model = PrivacyRequest

    learner = factory.SubFactory(LearnerFactory)
    kind = Ask.CORRECTION
    text = "My name is spelt with two n."


class ErasureFactory(DjangoModelFactory[Erasure]):
    class Meta:
        model = Erasure

    learner = factory.SubFactory(LearnerFactory)
    reason = "asked"


class RetentionRunFactory(DjangoModelFactory[RetentionRun]):
    class Meta:
        model = RetentionRun

    kind = "imports"
    removed = 0


def officer(council: Organisation | None = None, **fields: object) -> User:
    """A council officer, who may book."""
    return person(Role.OFFICER, organisation=council, **fields)


def team_member() -> User:
    return person(Role.TEAM, organisation=BodyFactory())


def trainer_of(*sessions: Session) -> User:
    """A trainer who gives these sessions."""
    user = person(Role.TRAINER, organisation=BodyFactory())
    for session in sessions:
        SessionTrainerFactory(session=session, user=user)
    return user


def held(**fields: Any) -> Session:
    """A session of two hours ago whose register is open."""
    return SessionFactory(status=SessionStatus.HELD, starts_at=timezone.now() - timedelta(hours=2), **fields)


def close_register(session: Session) -> Session:
    """As the database has it after the register was closed."""
    Session.objects.filter(pk=session.pk).update(status=SessionStatus.CLOSED)
    session.refresh_from_db()
    return session
