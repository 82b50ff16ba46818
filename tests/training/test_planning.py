"""The screens on which the team plans."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories.people import BodyFactory, person
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    SessionFactory,
    StreamFactory,
    team_member,
    trainer_of,
)
from tests.training.pages import edited, get, post, signed_in, text
from training.models import Course, Session
from training.states import BookingStatus, SessionStatus

pytestmark = pytest.mark.django_db


COURSE = {
    "title_en": "Plain words",
    "title_cy": "Geiriau plaen",
    "summary_en": "Say it simply.",
    "summary_cy": "Ei ddweud yn syml.",
    "level": "introduction",
    "audience": "both",
    "length_minutes": "90",
}
SESSION = {
    "starts_at": "2027-01-12 10:00",
    "ends_at": "2027-01-12 12:00",
    "cut_off_at": "2027-01-10 10:00",
    "mode": "in_person",
    "place_en": "Here",
    "place_cy": "Yma",
    "language": "both",
    "capacity": "12",
}


def test_the_team_plans_a_course_and_a_session_and_opens_it():
    user, stream = team_member(), StreamFactory()
    response = post(user, "course_create", COURSE | {"stream": stream.pk})
    course = Course.objects.get()
    assert response["Location"] == "/en/training/courses/plain-words/"
    assert (course.slug_cy, course.is_demo, course.length_minutes) == ("geiriau-plaen", False, 90)
    trainer = person(Role.TRAINER, organisation=BodyFactory())
    post(user, "session_create", SESSION | {"trainers": [trainer.pk]}, slug="plain-words")
    session = Session.objects.get()
    assert (session.status, session.capacity, list(session.trainers.all())) == ("planned", 12, [trainer])
    assert "Open for booking" in text(get(user, "session_page", pk=session.pk))
    client = signed_in(user)
    open_url = reverse("training:session_open", kwargs={"pk": session.pk})
    assert "open for booking" in text(client.post(open_url, follow=True))
    assert "cannot be done now" in text(client.post(open_url, follow=True))


def test_what_a_demonstration_person_plans_is_of_the_demonstration(settings):
    settings.DEMO = True
    user = person(Role.TEAM, demo_slug="team", email="team@example.org")
    post(user, "course_create", COURSE | {"stream": StreamFactory().pk})
    assert Course.objects.get().is_demo is True


def test_a_course_lacks_nothing_in_either_language():
    user = team_member()
    data = COURSE | {"stream": StreamFactory().pk, "title_cy": "", "outcomes_en": "Write."}
    said = text(post(user, "course_create", data))
    assert "in both languages, or in neither" in said
    assert not Course.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_at": "2027-01-12 09:00"}, "must end after it starts"),
        ({"cut_off_at": "2027-01-13 09:00"}, "Booking must end before the session starts"),
        ({"place_cy": ""}, "Enter the place in both languages"),
        ({"capacity": "0"}, "Enter 1 or more"),
    ],
)
def test_a_session_that_cannot_be_gets_a_sentence(change, sentence):
    course = CourseFactory()
    assert sentence in text(post(team_member(), "session_create", SESSION | change, slug=course.slug))
    assert not Session.objects.exists()


def test_a_course_is_changed_and_two_changes_of_one_text_clash():
    course, user = CourseFactory(), team_member()
    data = COURSE | {"stream": course.stream_id, "version": "1"}
    assert get(user, "course_edit", slug=course.slug).status_code == 200
    assert post(user, "course_edit", data, slug=course.slug).status_code == 302
    response = post(user, "course_edit", data | {"title_en": "Other words"}, slug=course.slug)
    assert response.status_code == 409
    course.refresh_from_db()
    assert (course.title_en, course.version) == ("Plain words", 2)


def test_more_places_of_a_session_go_to_the_queue_and_fewer_than_taken_are_refused():
    session, user = SessionFactory(capacity=2), team_member()
    BookingFactory.create_batch(2, session=session)
    waiting = BookingFactory(session=session, status=BookingStatus.WAITING)
    assert get(user, "session_edit", pk=session.pk).status_code == 200
    said = text(post(user, "session_edit", edited(session, capacity=1), pk=session.pk))
    assert "There must be at least 2 places" in said
    assert post(user, "session_edit", edited(session, capacity=3), pk=session.pk).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == "offered"


def test_the_trainers_of_a_session_are_changed():
    session = SessionFactory(status=SessionStatus.PLANNED)
    trainer_of(session)
    new = person(Role.TRAINER, organisation=BodyFactory())
    post(team_member(), "session_edit", edited(session, trainers=[new.pk]), pk=session.pk)
    assert list(session.trainers.all()) == [new]


def test_two_changes_of_the_same_of_a_session_clash():
    session, user = SessionFactory(), team_member()
    post(user, "session_edit", edited(session, capacity=20), pk=session.pk)
    assert post(user, "session_edit", edited(session, capacity=30), pk=session.pk).status_code == 409
    session.refresh_from_db()
    assert session.capacity == 20


def test_the_team_cancels_a_session_with_a_reason():
    session, user = SessionFactory(), team_member()
    booking = BookingFactory(session=session)
    assert "Enter “Reason”" in text(post(user, "session_cancel", {}, pk=session.pk))
    assert post(user, "session_cancel", {"why": "The trainer is ill."}, pk=session.pk).status_code == 302
    booking.refresh_from_db()
    assert booking.status == "cancelled"
    assert "cannot be done now" in text(post(user, "session_cancel", {"why": "Again."}, pk=session.pk))


def test_a_course_says_its_cost_who_approves_and_what_counts():
    user = team_member()
    data = COURSE | {"stream": StreamFactory().pk, "cost_pence": "12.50", "approval": "council"}
    for wrong in ("0", "101"):
        assert "Enter a number from 1 to 100." in text(
            post(user, "course_create", data | {"counts_from_percent": wrong})
        )
    post(user, "course_create", data | {"counts_from_percent": "80"})
    course = Course.objects.get()
    assert (course.cost_pence, course.approval, course.counts_from_percent) == (1250, "council", 80)
    said = text(get(None, "course_page", slug=course.slug))
    assert ("£12.50" in said, "80% of a session" in said) == (True, True)
    assert "Who approves a booking The training coordinator of the council" in said


def test_a_course_whose_cost_nobody_said_is_not_free():
    course = CourseFactory()
    assert "Cost of a place not published" in text(get(None, "course_page", slug=course.slug))
    Course.objects.update(cost_pence=0)
    assert "Cost of a place Free" in text(get(None, "course_page", slug=course.slug))
