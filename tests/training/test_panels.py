"""What training shows elsewhere, and what it says needs a person."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from accounts.roles import Role
from tests.factories.people import BodyFactory, CouncilFactory, person
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    LearnerFactory,
    SessionFactory,
    StatedTotalFactory,
    close_register,
    held,
    officer,
    team_member,
    trainer_of,
)
from training import panels
from training.models import Kind
from training.states import BookingStatus

pytestmark = pytest.mark.django_db


def request_of(user=None):
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    return request


def drawn(panel, request):
    return " ".join(render_to_string(panel.template, panel.context, request=request).split())


def attended_by(number, council):
    session = held(capacity=20)
    for _number in range(number):
        BookingFactory(session=session, organisation=council, status=BookingStatus.ATTENDED)
    close_register(session)


def test_the_programmes_front_has_the_counted_figures_and_the_stated_ones():
    StatedTotalFactory(target=250, outcome="met")
    StatedTotalFactory(kind=Kind.OPPORTUNITIES, over=400)
    attended_by(3, CouncilFactory())
    panel = panels.front_panel(request_of(), None)
    assert (panel.context["count"].officers, panel.context["count"].opportunities) == (3, 3)
    said = drawn(panel, request_of())
    assert 'href="/en/training/how-it-is-counted/"' in said
    assert "2021-22, stated: the target of 250 was met" in said
    assert "over 400" in said
    assert 'href="/en/training/bookings/?' in drawn(panels.front_panel(request_of(team_member()), None), request_of())


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("not_met", "the target of 250 was not met"), ("", "the target was 250")],
)
def test_a_stated_target_says_what_became_of_it(outcome, said):
    StatedTotalFactory(target=250, outcome=outcome, value=199)
    text = drawn(panels.front_panel(request_of(), None), request_of())
    assert said in text
    assert "199" in text


def test_a_councils_page_has_its_figures_and_hides_those_of_few():
    council = CouncilFactory()
    attended_by(4, council)
    own, other = person(Role.COORDINATOR, organisation=council), person(Role.COORDINATOR)
    hidden = {
        who: panels.organisation_panel(request_of(user), council).context["hidden"]
        for who, user in (("public", None), ("own", own), ("other", other), ("team", team_member()))
    }
    assert hidden == {"public": True, "own": False, "other": True, "team": False}
    assert "fewer than five people" in drawn(panels.organisation_panel(request_of(), council), request_of())
    attended_by(1, council)
    panel = panels.organisation_panel(request_of(), council)
    assert (panel.context["hidden"], panel.context["count"].officers, panel.context["rows_url"]) == (False, 5, "")
    assert f"organisation={council.pk}" in panels.organisation_panel(request_of(own), council).context["rows_url"]


def test_a_council_without_training_has_a_zero_and_a_body_has_no_panel():
    panel = panels.organisation_panel(request_of(), CouncilFactory())
    assert (panel.context["count"].opportunities, panel.context["hidden"]) == (0, False)
    assert panels.organisation_panel(request_of(), BodyFactory()) is None


def test_a_learner_is_reminded_of_a_place_and_of_a_place_in_the_queue():
    user = officer()
    learner = LearnerFactory(user=user, name="")
    first = SessionFactory(course=CourseFactory(title_en="First"))
    second = SessionFactory(course=CourseFactory(title_en="Second"), capacity=1)
    BookingFactory(session=first, learner=learner)
    BookingFactory(session=second)
    BookingFactory(session=second, status=BookingStatus.WAITING, learner=learner)
    BookingFactory(learner=learner, status=BookingStatus.CANCELLED)
    found = [(need.text, need.detail) for need in panels.own_sessions(user)]
    assert found == [
        ("You have a place: First", ""),
        ("You are waiting for a place: Second", "Place 1 in the queue"),
    ]


def test_a_trainer_is_reminded_of_registers_that_are_not_closed():
    begun = SessionFactory(starts_at=timezone.now() - timedelta(hours=1), course=CourseFactory(title_en="Begun"))
    marked = held(course=CourseFactory(title_en="Marked"))
    user = trainer_of(begun, marked, SessionFactory(), close_register(held()))
    assert sorted(need.text for need in panels.registers_to_close(user)) == [
        "Complete and close the register: Begun",
        "Complete and close the register: Marked",
    ]
    assert list(panels.registers_to_close(officer())) == []


def test_a_coordinator_is_told_who_of_the_council_waits():
    council = CouncilFactory()
    session = SessionFactory(capacity=1, course=CourseFactory(title_en="Full"))
    BookingFactory.create_batch(2, session=session, organisation=council, status=BookingStatus.WAITING)
    BookingFactory(session=session, status=BookingStatus.WAITING)
    user = person(Role.COORDINATOR, organisation=council)
    assert [need.text for need in panels.waiting_colleagues(user)] == [
        "2 people of your council wait for a place: Full"
    ]
    assert list(panels.waiting_colleagues(officer(council))) == []
