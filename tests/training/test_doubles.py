"""Who may be one person, what a merge does to the counts, and that it can be taken back."""

from datetime import UTC, datetime

import pytest

from accounts.roles import Role
from tests.factories.people import CouncilFactory, UserFactory, person
from tests.factories.training import (
    BookingFactory,
    DoubleFactory,
    LearnerAddressFactory,
    LearnerFactory,
    LearnerMembershipFactory,
    SessionFactory,
    officer,
    team_member,
)
from tests.training.pages import get, post, signed_in, text
from training import actions, comparing
from training.counting import count
from training.models import Booking, Double, Learner, Reason
from training.states import BookingStatus, DoubleStatus, SessionStatus
from training.years import Year
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
THIS = Year(2025)


@pytest.fixture
def session():
    return SessionFactory(status=SessionStatus.HELD, starts_at=datetime(2025, 6, 1, 10, tzinfo=UTC), capacity=30)


def came(session, **fields) -> Booking:
    return BookingFactory(session=session, status=BookingStatus.ATTENDED, **fields)


def pairs() -> set[tuple[str, str, str]]:
    return {
        (str(double.first), str(double.second), double.reason)
        for double in Double.objects.select_related("first__user", "second__user")
    }


def named(name: str, council=None, email: str = "", **fields) -> Learner:
    learner = LearnerFactory(name=name, **fields)
    if council is not None:
        LearnerMembershipFactory(learner=learner, organisation=council)
    if email:
        LearnerAddressFactory(learner=learner, email=email)
    return learner


def test_one_name_is_doubted_whatever_its_accents_and_order(council):
    named("Siân  Puw", council)
    named("PUW Sian", council)
    assert actions.find_doubles() == 1
    assert pairs() == {("Siân  Puw", "PUW Sian", Reason.NAME)}
    assert actions.find_doubles() == 0


def test_a_common_name_is_doubted_within_a_council_alone():
    one, other = CouncilFactory(), CouncilFactory()
    for place in (one, one, other, CouncilFactory()):
        named("Gareth Rees", place)
    assert actions.find_doubles() == 1


def test_a_rare_name_is_doubted_across_councils():
    named("Heledd Puw", CouncilFactory())
    named("Heledd Puw", CouncilFactory())
    assert actions.find_doubles() == 1


def test_addresses_that_begin_alike_are_doubted_where_a_word_of_the_name_agrees():
    named("Heledd Puw", email="heledd.puw@one.example")
    named("H Puw-Rees", email="heledd.puw2@two.example")
    named("Somebody Else", email="heledd.puw@three.example")
    named("Somebody Else Again", email="he@four.example")
    actions.find_doubles()
    assert pairs() == {("Heledd Puw", "H Puw-Rees", Reason.ADDRESS)}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Catherine Rees", "Katherine Rees", True),
        ("Jon Rees", "Jonathan Rees", True),
        ("Mari Rees", "Mair Rees", False),
        ("Mari Rees", "Maria Rees", True),
        ("Mari Rees", "Mari Reeds", True),
        ("Mari Rees", "Mari Reynolds", False),
    ],
)
def test_nearly_the_same_name_in_one_council(council, one, other, near):
    named(one, council)
    named(other, council)
    named(other, CouncilFactory())
    actions.find_doubles()
    assert (one, other, Reason.NEAR) in pairs() or not near
    assert sum(reason == Reason.NEAR for _one, _other, reason in pairs()) == near


def test_those_of_the_demonstration_and_the_erased_are_never_doubted_with_others(council):
    named("Heledd Puw", council)
    named("Heledd Puw", council, is_demo=True)
    erased = named("Heledd Puw", council)
    Learner.objects.filter(pk=erased.pk).update(name="", language="", erased_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert actions.find_doubles() == 0


def test_only_those_with_new_rows_are_compared_when_asked(council):
    first, second = named("Heledd Puw", council), named("Heledd Puw", council)
    named("Nia Puw", council)
    assert actions.find_doubles(among=[10**6]) == 0
    assert actions.find_doubles(among=[second.pk]) == 1
    assert Double.objects.get().first == first


def test_the_comparison_runs_at_night(council):
    named("Heledd Puw", council)
    named("Heledd Puw", council)
    from training.tasks_people import find_doubles
    from wlga_portal.kernel.queue import enqueue

    enqueue(find_doubles, timestamp=0)
    run_jobs()
    assert Double.objects.count() == 1


def test_until_doubts_are_reviewed_the_count_is_a_range(session):
    double = DoubleFactory()
    came(session, learner=double.first)
    came(session, learner=double.second)
    came(session)
    found = count(THIS)
    assert (found.opportunities, found.officers_least, found.officers, found.officers_said) == (3, 2, 3, "2 to 3")
    assert found.is_range


@pytest.mark.parametrize(("event", "officers"), [("merge", 2), ("part", 3)])
def test_a_review_ends_the_range_and_loses_no_attendance(session, event, officers):
    double = DoubleFactory()
    for learner in (double.first, double.second, LearnerFactory()):
        came(session, learner=learner)
    team = team_member()
    actions.double_decide(double=double, event=event, by=team)
    found = count(THIS)
    assert (found.opportunities, found.officers_least, found.officers) == (3, officers, officers)
    double.refresh_from_db()
    actions.double_decide(double=double, event="reopen", by=team, why="a mistake")
    assert (count(THIS).officers_least, count(THIS).officers) == (2, 3)
    assert [change.event for change in StatusChange.of(double)] == [event, "reopen"]


def test_a_doubt_about_somebody_who_did_not_come_still_joins_two_who_did(session):
    one, between, other = (LearnerFactory() for _number in range(3))
    DoubleFactory(first=one, second=between)
    DoubleFactory(first=between, second=other)
    came(session, learner=one)
    came(session, learner=other)
    assert count(THIS).officers_said == "1 to 2"


def test_a_merged_person_books_once_and_sees_all_their_bookings(council):
    user = officer(council)
    mine = actions.learner_of(user)
    earlier = LearnerFactory()
    double = DoubleFactory(first=mine, second=earlier)
    old = BookingFactory(learner=earlier)
    actions.double_decide(double=double, event="merge", by=team_member())
    assert list(Booking.objects.of(user)) == [old]
    assert list(Booking.objects.visible_to(user)) == [old]
    with pytest.raises(Refused, match="has a booking"):
        actions.book(session=old.session, council=council, by=user)


def test_two_are_said_to_be_one_by_the_team_alone():
    one, other = LearnerFactory(), LearnerFactory()
    with pytest.raises(NotAllowed):
        actions.double_say(learner=one, other=other, by=officer())
    team = team_member()
    for wrong in (one, LearnerFactory(is_demo=True)):
        with pytest.raises(Refused, match="another person"):
            actions.double_say(learner=one, other=wrong, by=team)
    double = actions.double_say(learner=other, other=one, by=team)
    assert (double.first, double.second, double.reason) == (one, other, Reason.SAID)
    assert actions.double_say(learner=one, other=other, by=team) == double


def test_the_two_stand_side_by_side(session):
    council = CouncilFactory(name_en="Sir Enfys", name_cy="Sir Enfys")
    double = DoubleFactory(first=named("Non Cadell", council, "non@one.example"))
    came(session, learner=double.first, organisation=council)
    came(session, learner=double.second, organisation=council)
    page = get(team_member(), "double_page", pk=double.pk)
    words = text(page)
    assert words.count("Non Cadell") >= 2
    assert "non@one.example" in words
    assert "Sir Enfys" in words
    assert "Both stand in the same session once." in words
    assert "They are one person" in words


def test_a_pair_is_decided_and_taken_back_on_its_page():
    double, team = DoubleFactory(), team_member()
    assert post(team, "double_page", {"event": "merge"}, pk=double.pk).status_code == 302
    double.refresh_from_db()
    assert double.status == DoubleStatus.SAME
    again = post(team, "double_page", {"event": "reopen", "why": ""}, pk=double.pk)
    assert "Enter “Reason”." in text(again)
    assert post(team, "double_page", {"event": "reopen", "why": "No."}, pk=double.pk).status_code == 302
    assert "taken back" in text(get(team, "double_page", pk=double.pk))


def test_a_second_reviewer_is_told_that_it_is_decided():
    double, team = DoubleFactory(), team_member()
    actions.double_decide(double=Double.objects.get(pk=double.pk), event="merge", by=team)
    with pytest.raises(Refused, match="cannot be done now"):
        actions.double_decide(double=double, event="part", by=team)


def test_pairs_are_listed_for_the_team_alone(django_assert_max_num_queries):
    team = team_member()
    double = DoubleFactory()
    assert "1 pair" in text(get(team, "double_list"))
    assert "There is no pair" in text(get(team, "double_list", query="?status=same"))
    for _number in range(29):
        DoubleFactory()
    client = signed_in(team)
    with django_assert_max_num_queries(12):
        client.get("/en/training/doubles/")
    for user in (officer(), person(Role.COORDINATOR), UserFactory()):
        assert get(user, "double_list").status_code == 403
        assert get(user, "double_page", pk=double.pk).status_code == 404
    assert get(None, "double_list").status_code == 302


def test_one_letter_apart():
    assert comparing.one_letter_apart("abc", "abc")
    assert comparing.one_letter_apart("abc", "abcd")
    assert not comparing.one_letter_apart("abc", "abcde")
    assert not comparing.one_letter_apart("abc", "xyc")
