"""Feedback: once for each who came, shown five at a time, and never with a name."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories.maturity import FeedbackFactory, attended
from tests.factories.people import person
from tests.factories.training import BookingFactory, CourseFactory, held, officer, team_member, trainer_of
from tests.training.pages import get, post, signed_in, text
from training import actions
from training.models import Booking, Feedback, FeedbackGiven, Learner, Session
from training.states import BookingStatus
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
ANSWER = {"useful": 4, "clear": 5, "confident": 3, "words": ""}


def own(booking: Booking) -> Any:
    user = officer(booking.organisation)
    Learner.objects.filter(pk=booking.learner_id).update(user=user, name="")
    booking.refresh_from_db()
    return user


def answer(session: Session, **marks: Any) -> None:
    """One more person who came says what they think."""
    booking = BookingFactory(session=session, status=BookingStatus.ATTENDED)
    actions.feedback_give(booking=booking, answer=ANSWER | marks, language="en", by=own(booking))


def test_who_came_answers_on_the_page_of_the_booking_once():
    booking = attended()
    user = own(booking)
    assert "Say what you thought" in text(get(user, "booking_page", pk=booking.pk))
    page = get(user, "feedback_create", pk=booking.pk)
    assert "Your name is not kept with your answer" in text(page)
    sent = {"useful": "5", "clear": "4", "confident": "2", "words": "More examples."}
    assert post(user, "feedback_create", sent, pk=booking.pk)["Location"] == booking.get_absolute_url()
    kept = Feedback.objects.get()
    assert (kept.session, kept.useful, kept.clear, kept.confident) == (booking.session, 5, 4, 2)
    assert (kept.words, kept.language, kept.shown) == ("More examples.", "en", False)
    assert "You have answered. Thank you." in text(get(user, "booking_page", pk=booking.pk))
    assert "You have answered. Thank you." in text(get(user, "feedback_create", pk=booking.pk))
    assert "You have answered already." in text(post(user, "feedback_create", sent, pk=booking.pk))
    assert (Feedback.objects.count(), FeedbackGiven.objects.count()) == (1, 1)


def test_what_is_missing_is_asked_for_and_the_words_stay():
    booking = attended()
    page = post(own(booking), "feedback_create", {"useful": "9", "words": "Kept."}, pk=booking.pk)
    assert text(page).count("Choose a mark from 1 to 5.") >= 2
    assert "Kept." in text(page)
    assert not Feedback.objects.exists()
    assert not FeedbackGiven.objects.exists()


def test_only_who_came_answers_and_only_for_themselves():
    booking = attended()
    user = own(booking)
    strangers = [officer(booking.organisation), person(Role.COORDINATOR, organisation=booking.organisation)]
    strangers += [trainer_of(booking.session), team_member()]
    for stranger in strangers:
        assert get(stranger, "feedback_create", pk=booking.pk).status_code == 404
        with pytest.raises(NotAllowed):
            actions.feedback_give(booking=booking, answer=ANSWER, language="en", by=stranger)
    assert get(None, "feedback_create", pk=booking.pk).status_code == 302
    absent = BookingFactory(session=held(), status=BookingStatus.ABSENT)
    missed = own(absent)
    assert get(missed, "feedback_create", pk=absent.pk).status_code == 404
    assert "Say what you thought" not in text(get(missed, "booking_page", pk=absent.pk))
    with pytest.raises(NotAllowed):
        actions.feedback_give(booking=absent, answer=ANSWER, language="en", by=missed)
    actions.feedback_give(booking=booking, answer=ANSWER, language="en", by=user)
    with pytest.raises(Refused):
        actions.feedback_give(booking=booking, answer=ANSWER, language="en", by=user)


def test_four_answers_show_nothing_and_five_show_all_five():
    session = held(capacity=50)
    trainer = trainer_of(session)
    for mark in (1, 2, 3, 4):
        answer(session, useful=mark, words=f"Word {mark}")
    page = text(get(trainer, "feedback_page", pk=session.pk))
    assert "There is no full group yet" in page
    assert "Word" not in page
    answer(session, useful=5, words="Word 5")
    page = text(get(trainer, "feedback_page", pk=session.pk))
    assert "5 answers" in page
    assert all(f"Word {mark}" in page for mark in range(1, 6))


def test_a_sixth_answer_changes_nothing_that_is_shown_before_the_tenth():
    session = held(capacity=50)
    trainer = trainer_of(session)
    for _number in range(5):
        answer(session, useful=5)
    before = text(get(trainer, "feedback_page", pk=session.pk))
    for _number in range(4):
        answer(session, useful=1, words="Worse.")
        assert text(get(trainer, "feedback_page", pk=session.pk)) == before
    answer(session, useful=1)
    after = text(get(trainer, "feedback_page", pk=session.pk))
    assert "10 answers" in after
    assert "3.0" in after or " 3 " in after


def test_the_course_page_shows_everybody_the_averages_and_nobody_the_words():
    course = CourseFactory()
    first, second = held(course=course), held(course=course)
    for number in range(4):
        FeedbackFactory(session=first, words=f"Hidden {number}")
        FeedbackFactory(session=second)
    page = get(None, "course_page", slug=course.slug)
    assert "What people thought" not in text(page)  # eight answers, and no group of five
    for number in range(5):
        FeedbackFactory(session=first, useful=2, clear=3, confident=5, shown=True, words=f"Shown {number}")
    page = text(get(None, "course_page", slug=course.slug))
    assert "What people thought" in page
    assert "5 answers" in page
    assert "Shown" not in page
    assert "Hidden" not in page


@pytest.mark.parametrize("status", ["held", "closed"])
def test_the_session_page_leads_those_who_give_it_to_the_answers(status):
    session = held()
    Session.objects.filter(pk=session.pk).update(status=status)
    trainer = trainer_of(session)
    assert f"/sessions/{session.pk}/feedback/" in get(trainer, "session_page", pk=session.pk).content.decode()
    for other in (None, officer(), trainer_of(held())):
        assert "feedback/" not in get(other, "session_page", pk=session.pk).content.decode()


def test_the_answers_are_for_the_sessions_trainers_and_the_team():
    session = held()
    people = {
        "anonymous": None, "trainer": trainer_of(session), "team": team_member(),
        "trainer elsewhere": trainer_of(held()), "officer": officer(), "coordinator": person(Role.COORDINATOR),
    }  # fmt: skip
    statuses = {who: get(user, "feedback_page", pk=session.pk).status_code for who, user in people.items()}
    assert statuses == {
        "anonymous": 302, "trainer": 200, "team": 200, "trainer elsewhere": 404, "officer": 404, "coordinator": 404,
    }  # fmt: skip


def test_words_stand_in_their_own_language():
    session = held()
    for language in ("cy", "cy", "en", "en", "en"):
        FeedbackFactory(session=session, shown=True, language=language, words=f"In {language}")
    page = get(trainer_of(session), "feedback_page", pk=session.pk).content.decode()
    assert page.count('<li lang="cy">In cy') == 2
    assert page.count('<li lang="en">In en') == 3


@pytest.mark.parametrize("answers", [5, 30])
def test_the_answers_cost_the_same_for_five_and_for_thirty(answers, django_assert_max_num_queries):
    session = held()
    FeedbackFactory.create_batch(answers, session=session, shown=True)
    client = signed_in(trainer_of(session))
    url = reverse("training:feedback_page", kwargs={"pk": session.pk})
    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
