"""What of booking waits for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from tests.factories.people import person
from tests.factories.training import BookingFactory, LearnerFactory, SessionFactory, officer, team_member
from training import panels, panels_booking
from training.models import Approval
from training.states import BookingStatus

pytestmark = pytest.mark.django_db


def texts(needs) -> list[str]:
    return [need.text for need in needs]


def asking(approval, council):
    return BookingFactory(
        status=BookingStatus.REQUESTED,
        organisation=council,
        learner__name="Mair",
        session__course__approval=approval,
        session__course__title_en="Plain words",
    )


def test_requests_wait_for_those_who_decide(council):
    asking(Approval.COUNCIL, council)
    asking(Approval.TEAM, council)
    own, other = person(Role.COORDINATOR, organisation=council), person(Role.COORDINATOR)
    for user, number in ((own, 1), (other, 0), (team_member(), 1), (officer(council), 0)):
        assert texts(panels_booking.requests_to_approve(user)) == ["Mair asks for a place: Plain words"] * number
    demo = person(Role.TEAM, demo_slug="team", email="team@example.org")
    assert len(texts(panels_booking.requests_to_approve(demo))) == 2


def test_places_that_are_held_for_people_without_an_account_wait_for_their_coordinator(council):
    BookingFactory(
        status=BookingStatus.OFFERED,
        organisation=council,
        learner__name="Mair",
        session__course__title_en="Plain words",
    )
    BookingFactory(
        status=BookingStatus.OFFERED, organisation=council, learner=LearnerFactory(user=officer(council), name="")
    )
    own = person(Role.COORDINATOR, organisation=council)
    assert texts(panels_booking.offers_to_colleagues(own)) == ["A place is held for Mair: Plain words"]
    assert texts(panels_booking.offers_to_colleagues(person(Role.COORDINATOR))) == []
    assert texts(panels_booking.offers_to_colleagues(officer(council))) == []


def test_sessions_with_too_few_people_wait_for_the_team():
    session = SessionFactory(minimum=2, course__title_en="Plain words")
    BookingFactory(session=session)
    enough = SessionFactory(minimum=1)
    BookingFactory(session=enough)
    SessionFactory(minimum=2, starts_at=timezone.now() + timedelta(days=60))
    SessionFactory()
    (need,) = panels_booking.sessions_below_minimum(team_member())
    assert (need.text, need.detail) == ("Too few people have booked: Plain words", "Taken: 1, needed: 2")
    assert texts(panels_booking.sessions_below_minimum(officer())) == []


def test_an_offer_and_a_request_of_ones_own_wait():
    user = officer()
    learner = LearnerFactory(user=user, name="")
    BookingFactory(learner=learner, status=BookingStatus.OFFERED, session__course__title_en="Held")
    BookingFactory(learner=learner, status=BookingStatus.REQUESTED, session__course__title_en="Asked")
    assert sorted(texts(panels.own_sessions(user))) == [
        "Take the place that is held for you, or decline it: Held",
        "Your request waits for approval: Asked",
    ]
