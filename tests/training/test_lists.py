"""A coordinator books a list: the good lines go in, the others stay with the reason."""

import pytest

from accounts.roles import Role
from organisations.models import MailDomain
from tests.factories.people import MembershipFactory, UserFactory, person
from tests.factories.training import (
    BookingFactory,
    LearnerAddressFactory,
    LearnerMembershipFactory,
    SessionFactory,
    officer,
    team_member,
)
from tests.training.pages import get, post, text
from training.actions.lists import MOST, read
from training.models import Booking, Learner
from training.states import BookingStatus

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mair Pugh <mair@a.wales>", ("Mair Pugh", "mair@a.wales")),
        ("Mair Pugh, mair@a.wales", ("Mair Pugh", "mair@a.wales")),
        ("mair@a.wales;Mair Pugh", ("Mair Pugh", "mair@a.wales")),
        ('"Pugh, Mair"\tmair@a.wales.', ("Pugh Mair", "mair@a.wales")),
        ("  mair@a.wales ", ("", "mair@a.wales")),
        ("Mair Pugh", ("Mair Pugh", "")),
    ],
)
def test_a_line_is_read_in_any_common_shape(line, expected):
    assert read(line) == expected


@pytest.fixture
def coordinator(council):
    MailDomain.objects.create(organisation=council, domain="council.example.org")
    return person(Role.COORDINATOR, organisation=council)


def lines(council, *said: str, **more: object) -> dict[str, object]:
    return {"council": council.pk, "lines": "\n".join(said), "language": "cy", **more}


def test_a_list_books_the_good_lines_and_keeps_the_others(council, coordinator):
    session = SessionFactory(capacity=2)
    LearnerAddressFactory(email="known@council.example.org", learner__name="Known One")
    data = lines(
        council,
        "Mair Pugh, mair@council.example.org",
        "known@council.example.org",
        "",
        "Third Person <third@council.example.org>",
        "Mair Again, mair@council.example.org",
        "stranger@elsewhere.example.org",
        "new@council.example.org",
        "Nobody Written",
        "Bad a@b@council.example.org",
    )
    page = post(coordinator, "list_book", data, pk=session.pk)
    assert [(str(one.learner), one.status) for one in Booking.objects.order_by("pk")] == [
        ("Mair Pugh", "booked"),
        ("Known One", "booked"),
        ("Third Person", "waiting"),
    ]
    said = text(page)
    for sentence in (
        "3 people of the list are booked.",
        "Mair Pugh has a booking for this session already.",
        "This is not an address of your council.",
        "This address is new here: write the name before it.",
        "There is no e-mail address in this line.",
        "This is not an e-mail address.",
        "On the waiting list",
    ):
        assert sentence in said, sentence
    left = page.context["form"].initial["lines"].split("\n")
    assert len(left) == 5
    assert left[0] == "Mair Again, mair@council.example.org"
    assert set(Booking.objects.values_list("booked_by", flat=True)) == {coordinator.pk}


def test_a_person_who_cannot_be_booked_is_not_left_behind(council, coordinator):
    session = SessionFactory(course__audience="members")
    post(coordinator, "list_book", lines(council, "Mair Pugh, mair@council.example.org"), pk=session.pk)
    assert (Learner.objects.count(), Booking.objects.count()) == (0, 0)


def test_colleagues_who_are_known_are_chosen(council, coordinator):
    session = SessionFactory()
    learner = LearnerMembershipFactory(organisation=council, learner__name="Known Learner").learner
    colleague = officer(council, name="Known Officer")
    page = text(get(coordinator, "list_book", pk=session.pk))
    assert ("Known Learner" in page, "Known Officer" in page) == (True, True)
    data = lines(council, colleagues=[f"learner-{learner.pk}", f"user-{colleague.pk}"])
    post(coordinator, "list_book", data, pk=session.pk)
    assert {str(one.learner) for one in Booking.objects.all()} == {"Known Learner", "Known Officer"}
    stranger = lines(council, colleagues=[f"user-{UserFactory().pk}"])
    assert "There is a problem" in text(post(coordinator, "list_book", stranger, pk=session.pk))


def test_somebody_with_an_account_needs_no_name(council, coordinator):
    officer(council, email="sara@council.example.org", name="Sara Wyn")
    post(coordinator, "list_book", lines(council, "sara@council.example.org"), pk=SessionFactory().pk)
    assert str(Booking.objects.get().learner) == "Sara Wyn"


def test_an_empty_list_and_a_long_one_get_a_sentence(council, coordinator):
    session = SessionFactory(capacity=200)
    said = text(post(coordinator, "list_book", lines(council), pk=session.pk))
    assert "Choose somebody, or write a line for each person." in said
    many = [f"nobody {number}" for number in range(MOST + 1)]
    said = text(post(coordinator, "list_book", lines(council, *many), pk=session.pk))
    assert said.count(f"A list holds {MOST} lines at most.") == 1


def test_only_a_coordinator_books_a_list_and_not_after_the_cut_off(council, coordinator):
    session = SessionFactory()
    for user, status in ((None, 302), (officer(council), 403), (team_member(), 403), (coordinator, 200)):
        assert get(user, "list_book", pk=session.pk).status_code == status
    closed = SessionFactory(status="held")
    assert "cannot be booked now" in text(get(coordinator, "list_book", pk=closed.pk))
    said = text(post(coordinator, "list_book", lines(council, "A, a@council.example.org"), pk=closed.pk))
    assert "This session cannot be booked now." in said
    assert not Booking.objects.exists()


def test_a_coordinator_of_two_councils_says_for_which(council, coordinator):
    other = MembershipFactory(user=coordinator, role=Role.COORDINATOR).organisation
    MailDomain.objects.create(organisation=other, domain="other.example.org")
    page = get(coordinator, "list_book", pk=SessionFactory().pk).content.decode()
    assert 'id="id_council"' in page
    post(coordinator, "list_book", lines(other, "A B, a@other.example.org"), pk=SessionFactory().pk)
    assert Booking.objects.get().organisation == other


def test_the_list_of_bookings_counts_who_came_who_did_not_and_who_cancelled_late(council):
    session = SessionFactory(capacity=50)
    for status, number in ((BookingStatus.ATTENDED, 3), (BookingStatus.ABSENT, 2), (BookingStatus.LATE, 1)):
        BookingFactory.create_batch(number, session=session, organisation=council, status=status)
    BookingFactory(session=session, status=BookingStatus.LATE)
    said = text(get(person(Role.COORDINATOR, organisation=council), "booking_list"))
    assert ("3 came" in said, "2 did not come" in said, "1 cancelled late" in said) == (True, True, True)
    assert "2 cancelled late" in text(get(team_member(), "booking_list"))
