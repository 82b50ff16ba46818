"""Learners: who sees them, their addresses, and their moves with dates."""

from datetime import date

import pytest

from accounts.roles import Role
from tests.factories.people import CouncilFactory, person
from tests.factories.training import (
    BookingFactory,
    DoubleFactory,
    LearnerAddressFactory,
    LearnerFactory,
    LearnerMembershipFactory,
    officer,
    team_member,
    trainer_of,
)
from tests.training.pages import get, post, text
from training import actions
from training.models import Booking, Learner, LearnerAddress, LearnerMembership, Standing
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(council):
    made = LearnerFactory(name="Nia Enlli")
    LearnerMembershipFactory(learner=made, organisation=council, starts=date(2026, 1, 1))
    LearnerAddressFactory(learner=made, email="nia@one.example")
    return made


@pytest.fixture
def coordinator(council):
    return person(Role.COORDINATOR, organisation=council)


def test_a_coordinator_sees_the_learners_of_the_own_council_alone(learner, coordinator):
    elsewhere = BookingFactory().learner
    came_for_us = BookingFactory(organisation=learner.memberships.get().organisation).learner
    assert set(Learner.objects.visible_to(coordinator)) == {learner, came_for_us}
    assert set(Learner.objects.visible_to(team_member())) == {learner, elsewhere, came_for_us}
    assert set(Learner.objects.visible_to(officer())) == set()
    assert set(Learner.objects.visible_to(None)) == set()
    assert get(coordinator, "learner_page", pk=elsewhere.pk).status_code == 404


def test_learners_of_the_demonstration_are_seen_in_demonstration_mode_alone(settings):
    demo = LearnerFactory(is_demo=True)
    settings.DEMO = False
    assert demo not in Learner.objects.visible_to(team_member())
    settings.DEMO = True
    assert demo in Learner.objects.visible_to(team_member())


def test_a_person_has_a_page_of_their_own(council):
    user = officer(council)
    mine = actions.learner_of(user)
    assert get(user, "learner_page", pk=mine.pk).status_code == 200
    assert get(officer(council), "learner_page", pk=mine.pk).status_code == 404
    assert get(trainer_of(), "learner_list").status_code == 403


def test_the_page_says_where_somebody_belongs_and_what_they_booked(learner, coordinator):
    other = LearnerFactory(name="N Enlli")
    DoubleFactory(first=learner, second=other, status="same")
    BookingFactory(learner=learner, organisation=learner.memberships.get().organisation)
    BookingFactory(learner=other)
    words = text(get(coordinator, "learner_page", pk=learner.pk))
    assert "nia@one.example" in words
    assert "since 1 January 2026" in words
    assert words.count("Learner ") >= 1
    assert "Doubtful doubles" not in words
    team = text(get(team_member(), "learner_page", pk=learner.pk))
    assert "The same person" in team
    assert "N Enlli" in team


def test_the_list_is_searched_by_name_and_address(learner, coordinator):
    LearnerMembershipFactory(learner__name="Somebody", organisation=learner.memberships.get().organisation)
    for words in ("enlli", "nia@one"):
        page = text(get(coordinator, "learner_list", query=f"?words={words}"))
        assert "Nia Enlli" in page
        assert "Somebody" not in page
    assert "No learner fits" in text(get(coordinator, "learner_list", query="?doubts=on"))
    council = learner.memberships.get().organisation_id
    assert "2 learners" in text(get(coordinator, "learner_list", query=f"?organisation={council}"))


def test_a_list_costs_the_same_at_any_length(django_assert_num_queries, learner):
    team = team_member()
    from tests.training.pages import signed_in

    client = signed_in(team)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get("/en/training/learners/")
    for _number in range(29):
        LearnerAddressFactory(learner=LearnerMembershipFactory().learner)
    with django_assert_num_queries(len(few)):
        client.get("/en/training/learners/")
    assert len(few) <= 12


def test_a_move_ends_the_old_place_the_day_before_and_bookings_stay(learner):
    there = CouncilFactory()
    booking = BookingFactory(learner=learner, organisation=learner.memberships.get().organisation)
    made = actions.learner_move(
        learner=learner, organisation=there, standing=Standing.STAFF, starts=date(2026, 9, 1), by=team_member()
    )
    old = LearnerMembership.objects.filter(learner=learner).exclude(pk=made.pk).get()
    assert (old.ends, made.starts, made.ends) == (date(2026, 8, 31), date(2026, 9, 1), None)
    assert Booking.objects.get(pk=booking.pk).organisation == old.organisation
    with pytest.raises(Refused, match="already"):
        actions.learner_move(
            learner=learner, organisation=there, standing=Standing.STAFF, starts=date(2026, 10, 1), by=team_member()
        )


def test_a_move_before_the_old_place_began_replaces_it(learner):
    there = CouncilFactory()
    actions.learner_move(
        learner=learner, organisation=there, standing=Standing.MEMBER, starts=date(2025, 1, 1), by=team_member()
    )
    assert [one.organisation for one in learner.memberships.all()] == [there]


def test_a_coordinator_corrects_people_of_the_own_council_alone(learner, coordinator):
    actions.learner_rename(learner=learner, name=" Nia Enlli Puw ", language="cy", by=coordinator)
    assert Learner.objects.get(pk=learner.pk).name == "Nia Enlli Puw"
    stranger = person(Role.COORDINATOR)
    address = learner.addresses.get()
    for write in (
        lambda: actions.learner_rename(learner=learner, name="X", language="", by=stranger),
        lambda: actions.address_add(learner=learner, email="x@one.example", by=stranger),
        lambda: actions.address_remove(address=address, by=stranger),
        lambda: actions.learner_move(
            learner=learner, organisation=CouncilFactory(), standing="staff", starts=date(2026, 1, 1), by=stranger
        ),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_who_has_an_account_corrects_the_name_there(council):
    mine = actions.learner_of(officer(council))
    with pytest.raises(Refused, match="account"):
        actions.learner_rename(learner=mine, name="X", language="", by=team_member())


def test_a_learner_has_several_addresses_and_nobody_elses(learner):
    team = team_member()
    assert post(team, "address_create", {"email": "Nia@Two.example"}, pk=learner.pk).status_code == 302
    assert {str(one) for one in learner.addresses.all()} == {"nia@one.example", "nia@two.example"}
    again = post(team, "address_create", {"email": "nia@TWO.example"}, pk=LearnerFactory().pk)
    assert "This address is known already" in text(again)
    address = LearnerAddress.objects.get(email="nia@one.example")
    assert post(team, "address_delete", pk=address.pk).status_code == 302
    assert learner.addresses.count() == 1


def test_the_forms_of_a_learner(learner, coordinator):
    there = CouncilFactory()
    for name in ("learner_edit", "learner_move", "address_create"):
        assert get(coordinator, name, pk=learner.pk).status_code == 200
        assert get(officer(), name, pk=learner.pk).status_code == 404
    assert post(coordinator, "learner_edit", {"name": "Nia E", "language": "en"}, pk=learner.pk).status_code == 302
    data = {
        "standing": "staff",
        "starts_day": "1",
        "starts_month": "9",
        "starts_year": "2026",
        "organisation": there.pk,
    }
    assert "Select a valid choice" in text(post(coordinator, "learner_move", data, pk=learner.pk))
    assert post(team_member(), "learner_move", data, pk=learner.pk).status_code == 302
    assert learner.memberships.count() == 2


def test_the_team_names_a_double_by_its_number(learner):
    team, other = team_member(), LearnerFactory()
    assert "no learner with this number" in text(post(team, "double_create", {"number": "999999"}, pk=learner.pk))
    assert post(team, "double_create", {"number": str(other.pk)}, pk=learner.pk).url.startswith("/en/training/doubles/")
    assert get(person(Role.COORDINATOR), "double_create", pk=learner.pk).status_code == 404
