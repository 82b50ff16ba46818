"""Each screen: what it shows, to whom, and at what cost."""

import itertools
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from organisations.models import MailDomain
from tests.factories.people import BodyFactory, CouncilFactory, person
from tests.factories.training import (
    BookingFactory,
    CorrectionFactory,
    CourseFactory,
    LearnerFactory,
    LearnerMembershipFactory,
    SessionFactory,
    StatedTotalFactory,
    StreamFactory,
    close_register,
    held,
    officer,
    team_member,
    trainer_of,
)
from training.models import Booking, Correction, Course, Kind, Learner, Mode, Session, SessionTrainer
from training.states import BookingStatus, SessionStatus
from training.years import Year

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def get(user: User | None, name: str, *, query: str = "", **parts: Any) -> Any:
    return signed_in(user).get(reverse(f"training:{name}", kwargs=parts or None) + query)


def post(user: User | None, name: str, data: dict[str, Any] | None = None, **parts: Any) -> Any:
    return signed_in(user).post(reverse(f"training:{name}", kwargs=parts or None), data or {})


def text(response: Any) -> str:
    """What the page says, its white space evened."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def lines(response: Any) -> str:
    """A calendar file, its folded lines put together."""
    return str(response.content.decode().replace("\r\n ", ""))


@pytest.fixture
def council():
    return CouncilFactory()


# --- Who sees what --------------------------------------------------------------------------------
def test_the_public_pages_are_open_to_everybody():
    session = SessionFactory()
    course = session.course
    for name, parts in (
        ("front", {}),
        ("counting", {}),
        ("calendar_feed", {}),
        ("session_list", {}),
        ("stream_page", {"slug": course.stream.slug_en}),
        ("course_page", {"slug": course.slug_en}),
        ("session_page", {"pk": session.pk}),
        ("session_calendar", {"pk": session.pk}),
    ):
        assert get(None, name, **parts).status_code == 200, name


def people_about(booking: Booking) -> dict[str, User | None]:
    """One of each kind of person about a booking."""
    council = booking.organisation
    own = officer(council)
    Learner.objects.filter(pk=booking.learner_id).update(user=own, name="")
    return {
        "anonymous": None,
        "own": own,
        "colleague": officer(council),
        "coordinator": person(Role.COORDINATOR, organisation=council),
        "coordinator elsewhere": person(Role.COORDINATOR),
        "trainer": trainer_of(booking.session),
        "trainer elsewhere": trainer_of(SessionFactory()),
        "team": team_member(),
        "fund manager": person(Role.FUND_MANAGER, organisation=BodyFactory()),
    }


@pytest.mark.parametrize(
    ("name", "seen_by"),
    [
        ("booking_page", {"own", "coordinator", "trainer", "team"}),
        ("booking_calendar", {"own", "coordinator", "trainer", "team"}),
        ("booking_cancel", {"own", "coordinator", "team"}),
        ("correction_create", {"trainer", "team"}),
    ],
)
def test_a_booking_is_there_for_its_own_people_and_not_for_others(name, seen_by):
    booking = BookingFactory()
    statuses = {who: get(user, name, pk=booking.pk).status_code for who, user in people_about(booking).items()}
    assert {who for who, status in statuses.items() if status == 200} == seen_by
    assert statuses["anonymous"] == 302
    strangers = {"colleague", "coordinator elsewhere", "trainer elsewhere", "fund manager"}
    assert {statuses[who] for who in strangers} == {404}


@pytest.mark.parametrize("name", ["register_page", "register_close"])
def test_a_register_is_there_for_its_trainers_and_the_team(name):
    booking = BookingFactory(session=held())
    statuses = {who: get(user, name, pk=booking.session_id).status_code for who, user in people_about(booking).items()}
    assert {who for who, status in statuses.items() if status == 200} == {"trainer", "team"}
    assert {status for who, status in statuses.items() if who not in {"trainer", "team", "anonymous"}} == {404}


@pytest.mark.parametrize(
    ("name", "of", "opened_by"),
    [
        ("booking_create", "session", {"own", "colleague", "coordinator", "coordinator elsewhere"}),
        ("colleague_book", "session", {"coordinator", "coordinator elsewhere"}),
        ("session_edit", "session", {"team"}),
        ("session_cancel", "session", {"team"}),
        ("course_create", "", {"team"}),
        ("course_edit", "course", {"team"}),
        ("session_create", "course", {"team"}),
        ("booking_list", "", {"coordinator", "coordinator elsewhere", "trainer", "trainer elsewhere", "team"}),
    ],
)
def test_a_screen_is_for_its_role(name, of, opened_by):
    booking = BookingFactory(status=BookingStatus.CANCELLED)
    parts = {"session": {"pk": booking.session_id}, "course": {"slug": booking.session.course.slug}}.get(of, {})
    statuses = {who: get(user, name, **parts).status_code for who, user in people_about(booking).items()}
    assert {who for who, status in statuses.items() if status == 200} == opened_by
    assert {status for who, status in statuses.items() if who not in {*opened_by, "anonymous"}} <= {403}
    assert statuses["anonymous"] == 302


def test_a_planned_session_is_there_for_the_team_and_its_trainer_alone():
    session = SessionFactory(status=SessionStatus.PLANNED)
    expected = {None: 404, officer(): 404, trainer_of(): 404, trainer_of(session): 200, team_member(): 200}
    for user, status in expected.items():
        assert get(user, "session_page", pk=session.pk).status_code == status


def test_the_demonstration_is_there_in_demonstration_mode_alone(settings):
    session = SessionFactory(course=CourseFactory(is_demo=True))
    pages = [
        ("session_page", {"pk": session.pk}),
        ("course_page", {"slug": session.course.slug}),
        ("demonstration", {}),
    ]
    for name, parts in pages:
        assert get(None, name, **parts).status_code == 404
    settings.DEMO = True
    for name, parts in pages:
        assert "Demonstration" in text(get(None, name, **parts)), name


@pytest.mark.parametrize("name", ["session_open", "session_hold"])
def test_opening_a_link_changes_nothing(name):
    session = SessionFactory(status=SessionStatus.PLANNED)
    assert get(team_member(), name, pk=session.pk).status_code == 405


# --- The front page and the count -----------------------------------------------------------------
def attended_by(number: int, **fields: Any) -> Session:
    """A closed session to which so many came."""
    session = held(capacity=50)
    for _number in range(number):
        BookingFactory(session=session, status=BookingStatus.ATTENDED, **fields)
    return close_register(session)


def test_the_front_shows_the_count_and_beside_it_what_is_stated():
    StatedTotalFactory(target=250, outcome="met")
    StatedTotalFactory(kind=Kind.OPPORTUNITIES, over=400)
    attended_by(2)
    said = text(get(None, "front"))
    assert "2 Officers trained" in said
    assert "2 Learning opportunities" in said
    assert "not published Officers trained 2021-22, stated: the target of 250 was met" in said
    assert "over 400 Learning opportunities 2021-22, stated, not counted here" in said


def test_a_figure_leads_to_its_rows_for_those_who_may_and_to_how_it_is_counted_for_all(council):
    attended_by(1, organisation=council)
    rows = f'href="{reverse("training:booking_list")}?year={Year.current()}'
    counted = f'href="{reverse("training:counting")}"'
    for user, may in ((None, False), (officer(council), False), (team_member(), True)):
        page = get(user, "front").content.decode()
        assert (rows in page, counted in page) == (may, True)


def test_the_rows_behind_the_officers_are_as_many_people():
    attended_by(3)
    query = f"?year={Year.current()}&counted=on&standing=staff"
    said = text(get(team_member(), "booking_list", query=query))
    assert "3 bookings" in said
    assert "of 3 different people" in said


def test_the_counting_page_shows_the_query_itself():
    page = text(get(None, "counting"))
    assert "count(*) AS learning_opportunities" in page
    assert "Nothing to count in this year" in page


def test_the_counting_page_hides_small_groups_of_a_council_but_from_the_team(council):
    attended_by(4, organisation=council)
    said = text(get(None, "counting"))
    assert "fewer than five" in said
    assert "fewer than five" not in text(get(team_member(), "counting"))
    attended_by(1, organisation=council)
    assert "fewer than five" not in text(get(None, "counting"))


def test_the_counting_page_shows_any_year_and_the_current_one_for_nonsense():
    StatedTotalFactory(target=250, outcome="met")
    assert "Stated totals of this year" in text(get(None, "counting", query="?year=2021-22"))
    assert "Stated totals of this year" not in text(get(None, "counting", query="?year=2021-99"))


def test_the_demonstration_has_figures_of_its_own(settings):
    settings.DEMO = True
    session = held(course=CourseFactory(is_demo=True))
    BookingFactory(session=session, status=BookingStatus.ATTENDED)
    assert "1 Officers trained" in text(get(None, "demonstration"))
    assert "0 Officers trained" in text(get(None, "counting"))
    assert "courses=demonstration" in get(team_member(), "demonstration").content.decode()


# --- Sessions -------------------------------------------------------------------------------------
def listed(query: str = "", user: User | None = None) -> list[int]:
    """The sessions in the list, in its order."""
    page = get(user, "session_list", query=query).content.decode()
    return [int(pk) for pk in re.findall(r'<th[^>]*scope="row"[^>]*><a [^>]*href="/en/training/sessions/(\d+)/"', page)]


def test_the_list_shows_what_is_to_come_the_next_first():
    later, sooner = SessionFactory(starts_at=timezone.now() + timedelta(days=30)), SessionFactory()
    past = held()
    assert listed() == [sooner.pk, later.pk]
    assert listed("?when=past") == [past.pk]


def test_the_list_is_narrowed_by_stream_month_language_and_free_place():
    soon = timezone.now() + timedelta(days=3)
    welsh = SessionFactory(language="cy", starts_at=soon)
    both = SessionFactory(language="both", starts_at=soon + timedelta(hours=1))
    english = SessionFactory(language="en", capacity=1, starts_at=soon + timedelta(days=65))
    BookingFactory(session=english)
    month = timezone.localtime(english.starts_at).strftime("%Y-%m")
    assert listed(f"?stream={welsh.course.stream_id}") == [welsh.pk]
    assert listed("?language=cy") == [welsh.pk, both.pk]
    assert listed("?language=en") == [both.pk, english.pk]
    assert listed(f"?month={month}") == [english.pk]
    assert listed("?free=on") == [welsh.pk, both.pk]
    assert listed("?sort=-starts_at") == [english.pk, both.pk, welsh.pk]


def test_a_month_at_the_end_of_the_year_ends_with_it(time_machine_december):
    session = SessionFactory(starts_at=timezone.now() + timedelta(days=1))
    after = SessionFactory(starts_at=timezone.now() + timedelta(days=31))
    assert listed("?month=2026-12") == [session.pk]
    assert listed("?month=2027-01") == [after.pk]


@pytest.fixture
def time_machine_december():
    import time_machine

    with time_machine.travel("2026-12-20 12:00Z", tick=False):
        yield


def queries(user: User | None, name: str, query: str = "") -> int:
    client = signed_in(user)
    address = reverse(f"training:{name}") + query
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["session_list", "front", "booking_list", "booking_own", "counting"])
def test_a_list_costs_the_same_at_one_row_and_at_thirty(name):
    user = team_member()
    learner = LearnerFactory(user=user, name="")

    def row() -> None:
        session = SessionFactory(capacity=50, starts_at=timezone.now() + timedelta(days=3))
        SessionTrainer.objects.create(session=session, user=user)
        BookingFactory(session=session, learner=learner)
        attended_by(1)

    row()
    at_one = queries(user, name)
    for _number in range(29):
        row()
    at_thirty = queries(user, name)
    assert at_one == at_thirty
    assert at_thirty <= 12


def test_a_session_shows_the_places_left_and_who_waits():
    session = SessionFactory(capacity=2)
    BookingFactory.create_batch(2, session=session)
    BookingFactory(session=session, status=BookingStatus.WAITING)
    said = text(get(None, "session_page", pk=session.pk))
    assert "Places left 0" in said
    assert "Waiting 1" in said
    assert "Sign in to book" in said


def test_the_link_for_joining_is_for_those_who_have_a_place(council):
    session = SessionFactory(mode=Mode.ONLINE, joining_url="https://meet.example.org/room", capacity=1)
    user, waiting = officer(council), officer(council)
    for one in (user, waiting):
        post(one, "booking_create", {"council": council.pk}, pk=session.pk)
    link = "https://meet.example.org/room"
    shown = {who: link in get(who, "session_page", pk=session.pk).content.decode() for who in (None, user, waiting)}
    assert shown == {None: False, user: True, waiting: False}
    booking = Booking.objects.get(learner__user=user)
    assert link in lines(get(user, "booking_calendar", pk=booking.pk))
    assert link not in lines(get(team_member(), "booking_calendar", pk=booking.pk))
    assert link not in lines(get(None, "session_calendar", pk=session.pk))


def test_a_calendar_file_has_the_session_in_the_language_of_its_address():
    session = SessionFactory(
        course=CourseFactory(title_en="Pages", title_cy="Tudalennau"),
        mode=Mode.IN_PERSON,
        place_en="Here",
        place_cy="Yma",
    )
    feed = get(None, "calendar_feed")
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    content = feed.content.decode()
    assert "SUMMARY:Pages" in content
    assert f"DTSTART:{session.starts_at:%Y%m%dT%H%M%SZ}" in content
    assert "LOCATION:Here" in content
    welsh = Client().get(f"/cy/hyfforddiant/sesiynau/{session.pk}/calendr.ics").content.decode()
    assert "SUMMARY:Tudalennau" in welsh
    assert "LOCATION:Yma" in welsh


def test_a_cancelled_session_says_so_in_its_calendar_file_and_is_in_no_feed():
    session = SessionFactory(status=SessionStatus.CANCELLED)
    assert "STATUS:CANCELLED" in get(None, "session_calendar", pk=session.pk).content.decode()
    assert "BEGIN:VEVENT" not in get(None, "calendar_feed").content.decode()


# --- Booking --------------------------------------------------------------------------------------
def test_an_officer_books_with_one_button_and_cancels(council):
    user, session = officer(council), SessionFactory()
    assert "Book a place" in text(get(user, "session_page", pk=session.pk))
    assert "You get a place at once" in text(get(user, "booking_create", pk=session.pk))
    response = post(user, "booking_create", {"council": council.pk}, pk=session.pk)
    booking = Booking.objects.get()
    assert (response.status_code, response["Location"]) == (302, booking.get_absolute_url())
    assert get(user, "booking_create", pk=session.pk)["Location"] == booking.get_absolute_url()
    assert "Cancel the booking" in text(get(user, "booking_page", pk=booking.pk))
    assert post(user, "booking_cancel", pk=booking.pk)["Location"] == booking.get_absolute_url()
    booking.refresh_from_db()
    assert booking.status == "cancelled"
    assert "Cancel the booking" not in text(get(user, "booking_page", pk=booking.pk))


def test_who_finds_every_place_taken_joins_the_queue_and_sees_the_place_in_it(council):
    user, session = officer(council), SessionFactory(capacity=1)
    BookingFactory(session=session)
    BookingFactory(session=session, status=BookingStatus.WAITING)
    assert "Join the waiting list" in text(get(user, "session_page", pk=session.pk))
    assert "1 person is waiting before you" in text(get(user, "booking_create", pk=session.pk))
    post(user, "booking_create", {"council": council.pk}, pk=session.pk)
    booking = Booking.objects.get(learner__user=user)
    assert "Place 2 in the queue" in text(get(user, "booking_page", pk=booking.pk))
    assert "at place 2 in the queue" in text(get(user, "session_page", pk=session.pk))
    assert "On the waiting list" in text(get(user, "booking_own"))


def test_who_belongs_to_two_councils_says_for_which(council):
    user = officer(council)
    other = CouncilFactory()
    from tests.factories.people import MembershipFactory

    MembershipFactory(user=user, organisation=other)
    session = SessionFactory()
    said = text(post(user, "booking_create", {}, pk=session.pk))
    assert "Choose an answer to “For which council”." in said
    assert not Booking.objects.exists()
    post(user, "booking_create", {"council": other.pk}, pk=session.pk)
    assert Booking.objects.get().organisation == other


def test_what_cannot_be_booked_now_gets_a_sentence(council):
    session = SessionFactory(status=SessionStatus.HELD)
    user = officer(council)
    assert "cannot be booked now" in text(get(user, "booking_create", pk=session.pk))
    assert "cannot be booked now" in text(post(user, "booking_create", {"council": council.pk}, pk=session.pk))


def test_a_booking_that_cannot_be_cancelled_any_more_gets_a_sentence(council):
    user = officer(council)
    session = held()
    booking = BookingFactory(session=session, learner=LearnerFactory(user=user, name=""))
    client = signed_in(user)
    response = client.post(reverse("training:booking_cancel", kwargs={"pk": booking.pk}), follow=True)
    assert "can no longer be cancelled here" in text(response)


def test_a_coordinator_books_a_known_colleague(council):
    user, session = person(Role.COORDINATOR, organisation=council), SessionFactory()
    learner = LearnerMembershipFactory(organisation=council, learner__name="Mair Pugh").learner
    colleague = officer(council, name="Sara Wyn")
    LearnerMembershipFactory(learner__name="Somebody Elsewhere")
    said = text(get(user, "colleague_book", pk=session.pk))
    assert ("Mair Pugh" in said, "Sara Wyn" in said, "Somebody Elsewhere" in said) == (True, True, False)
    for choice in (f"learner-{learner.pk}", f"user-{colleague.pk}"):
        data = {"council": council.pk, "colleague": choice, "language": "en"}
        assert post(user, "colleague_book", data, pk=session.pk)["Location"] == session.get_absolute_url()
    assert [str(booking.learner) for booking in Booking.objects.order_by("pk")] == ["Mair Pugh", "Sara Wyn"]
    assert "Mair Pugh" not in text(get(user, "colleague_book", pk=session.pk))


def test_a_coordinator_names_a_new_colleague_at_an_address_of_the_council_alone(council):
    MailDomain.objects.create(organisation=council, domain="council.example.org")
    user, session = person(Role.COORDINATOR, organisation=council), SessionFactory()
    data = {"council": council.pk, "colleague": "new", "name": "Mair", "email": "", "language": "cy"}
    assert "Enter the e-mail address of your colleague" in text(post(user, "colleague_book", data, pk=session.pk))
    data |= {"email": "mair@elsewhere.example.org"}
    assert "not an address of your council" in text(post(user, "colleague_book", data, pk=session.pk))
    assert "Enter the name of" in text(post(user, "colleague_book", data | {"name": ""}, pk=session.pk))
    assert not Booking.objects.exists()
    data |= {"email": "mair@council.example.org"}
    post(user, "colleague_book", data, pk=session.pk)
    assert (Booking.objects.get().learner.name, Booking.objects.get().booked_by) == ("Mair", user)
    again = text(post(user, "colleague_book", data, pk=session.pk))
    assert "Mair has a booking for this session already" in again


def test_in_the_demonstration_a_new_colleague_has_an_invented_address(council, settings):
    settings.DEMO = True
    user = person(Role.COORDINATOR, organisation=council, demo_slug="coordinator", email="c@example.org")
    session = SessionFactory(course=CourseFactory(is_demo=True))
    data = {"council": council.pk, "colleague": "new", "name": "Mair", "email": "m@example.org", "language": "cy"}
    post(user, "colleague_book", data, pk=session.pk)
    assert Booking.objects.get().learner.name == "Mair"


def test_a_coordinator_chooses_among_several_councils(council):
    user = person(Role.COORDINATOR, organisation=council)
    from tests.factories.people import MembershipFactory

    MembershipFactory(user=user, role=Role.COORDINATOR, organisation=CouncilFactory())
    page = get(user, "colleague_book", pk=SessionFactory().pk).content.decode()
    assert '<select class="govuk-select" id="id_council"' in page


def test_my_bookings_are_to_come_and_earlier(council):
    user = officer(council)
    learner = LearnerFactory(user=user, name="")
    BookingFactory(learner=learner, session__course__title_en="Coming course")
    BookingFactory(learner=learner, session=held(course=CourseFactory(title_en="Past course")))
    BookingFactory(session__course__title_en="Another's course")
    said = text(get(user, "booking_own"))
    assert said.index("Coming course") < said.index("Earlier") < said.index("Past course")
    assert "Another's course" not in said


def test_the_list_of_bookings_holds_what_each_may_see(council):
    own = BookingFactory(organisation=council, learner__name="Ours")
    BookingFactory(learner__name="Theirs")
    coordinator = text(get(person(Role.COORDINATOR, organisation=council), "booking_list"))
    trainer = text(get(trainer_of(own.session), "booking_list"))
    team = text(get(team_member(), "booking_list"))
    assert [("Ours" in said, "Theirs" in said) for said in (coordinator, trainer, team)] == [
        (True, False),
        (True, False),
        (True, True),
    ]


def test_the_list_of_bookings_is_narrowed(council, settings):
    settings.DEMO = True
    user = team_member()
    attended = attended_by(1, learner__name="Who came", organisation=council)
    BookingFactory(learner__name="Who waits", status=BookingStatus.WAITING)
    BookingFactory(learner__name="Who is invented", session__course__is_demo=True)
    names = ("Who came", "Who waits", "Who is invented")
    expected = {
        "": names,
        "?counted=on": names[:1],
        "?status=waiting": names[1:2],
        f"?stream={attended.course.stream_id}": names[:1],
        f"?organisation={council.pk}": names[:1],
        "?courses=real": names[:2],
        "?courses=demonstration": names[2:],
        f"?year={Year(Year.current().first - 1)}": (),
        "?standing=member": (),
    }
    for query, wanted in expected.items():
        said = text(get(user, "booking_list", query=query))
        assert tuple(name for name in names if name in said) == wanted, query


# --- The register ---------------------------------------------------------------------------------
def test_a_register_is_started_marked_saved_twice_and_closed(council):
    session = SessionFactory(starts_at=timezone.now() - timedelta(minutes=5))
    user = trainer_of(session)
    came, missed = BookingFactory.create_batch(2, session=session)
    assert "Start the register" in text(get(user, "register_page", pk=session.pk))
    assert post(user, "session_hold", pk=session.pk)["Location"] == reverse(
        "training:register_page", kwargs={"pk": session.pk}
    )
    assert "2 people are not marked yet" in text(get(user, "register_page", pk=session.pk))
    post(user, "register_page", {f"booking-{came.pk}": "attended"}, pk=session.pk)
    page = get(user, "register_page", pk=session.pk)
    assert "1 person is not marked yet" in text(page)
    assert f'name="booking-{came.pk}" type="radio" value="attended" checked' in page.content.decode()
    assert "Mark everybody" in text(get(user, "register_close", pk=session.pk))
    client = signed_in(user)
    close_url = reverse("training:register_close", kwargs={"pk": session.pk})
    assert "Mark everybody" in text(client.post(close_url, follow=True))
    post(user, "register_page", {f"booking-{missed.pk}": "did_not_attend"}, pk=session.pk)
    assert "1 present" in text(get(user, "register_close", pk=session.pk))
    assert "The register is closed." in text(client.post(close_url, follow=True))
    assert list(Booking.objects.order_by("pk").values_list("status", flat=True)) == ["attended", "did_not_attend"]
    assert list(Session.objects.values_list("status", flat=True)) == ["closed"]


def test_a_register_that_cannot_be_started_says_why():
    session = SessionFactory()
    user = trainer_of(session)
    client = signed_in(user)
    response = client.post(reverse("training:session_hold", kwargs={"pk": session.pk}), follow=True)
    assert text(response).count("The register can be started when the session begins.") == 2


def test_a_choice_that_is_none_is_refused():
    session = held()
    booking = BookingFactory(session=session)
    response = post(trainer_of(session), "register_page", {f"booking-{booking.pk}": "cancelled"}, pk=session.pk)
    assert response.status_code == 200
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_an_empty_register_can_be_closed():
    session = held()
    user = trainer_of(session)
    assert "Nobody has a place" in text(get(user, "register_page", pk=session.pk))
    post(user, "register_close", pk=session.pk)
    session.refresh_from_db()
    assert session.status == "closed"


def test_a_closed_register_takes_a_correction_with_its_reason():
    session = held()
    booking = BookingFactory(session=session, status=BookingStatus.ABSENT)
    user = trainer_of(session)
    assert "register is still open" in text(
        post(user, "correction_create", {"attended": "yes", "why": "Late."}, pk=booking.pk)
    )
    close_register(session)
    assert "Enter “Reason”" in text(post(user, "correction_create", {"attended": "yes"}, pk=booking.pk))
    post(user, "correction_create", {"attended": "yes", "why": "The list missed a page."}, pk=booking.pk)
    assert Correction.objects.get().by == user
    assert "corrected: present" in text(get(user, "register_page", pk=session.pk))
    assert "corrected: present" in text(get(user, "correction_create", pk=booking.pk))
    assert "The list missed a page." in text(get(user, "booking_page", pk=booking.pk))
    CorrectionFactory(booking=booking, attended=False)
    assert "corrected: absent" in text(get(user, "register_page", pk=session.pk))


def test_a_register_that_was_closed_meanwhile_is_not_saved(monkeypatch):
    from training.views import register
    from wlga_portal.kernel.workflow import WrongState

    session = held()
    BookingFactory(session=session)

    def too_late(**_given: object) -> int:
        raise WrongState("The register of this session is not open.")

    monkeypatch.setattr(register.actions, "mark_register", too_late)
    assert "is not open" in text(post(trainer_of(session), "register_page", {}, pk=session.pk))


# --- What the team plans --------------------------------------------------------------------------
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


def edited(session: Session, **changes: Any) -> dict[str, Any]:
    """The form of a session as the page sends it, changed."""

    def moment(value: Any) -> str:
        return timezone.localtime(value).isoformat()

    return {
        "starts_at": moment(session.starts_at),
        "ends_at": moment(session.ends_at),
        "cut_off_at": moment(session.cut_off_at),
        "mode": session.mode,
        "place_en": session.place_en,
        "place_cy": session.place_cy,
        "joining_url": session.joining_url,
        "language": session.language,
        "capacity": session.capacity,
        "version": session.version,
        **changes,
    }


def test_more_places_of_a_session_go_to_the_queue_and_fewer_than_taken_are_refused():
    session, user = SessionFactory(capacity=2), team_member()
    BookingFactory.create_batch(2, session=session)
    waiting = BookingFactory(session=session, status=BookingStatus.WAITING)
    assert get(user, "session_edit", pk=session.pk).status_code == 200
    said = text(post(user, "session_edit", edited(session, capacity=1), pk=session.pk))
    assert "There must be at least 2 places" in said
    assert post(user, "session_edit", edited(session, capacity=3), pk=session.pk).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == "booked"


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


# --- Languages ------------------------------------------------------------------------------------
def test_the_addresses_have_words_in_both_languages():
    session = SessionFactory()
    course = session.course
    for address in (
        "/cy/hyfforddiant/",
        "/cy/hyfforddiant/sut-y-caiff-ei-gyfrif/",
        "/cy/hyfforddiant/sesiynau/",
        f"/cy/hyfforddiant/sesiynau/{session.pk}/",
        f"/cy/hyfforddiant/cyrsiau/{course.slug_cy}/",
        f"/cy/hyfforddiant/ffrydiau/{course.stream.slug_cy}/",
    ):
        response = Client().get(address)
        assert response.status_code == 200, address
        assert '<html lang="cy"' in response.content.decode()


def test_the_switch_of_languages_keeps_the_course():
    course = CourseFactory()
    page = get(None, "course_page", slug=course.slug_en).content.decode()
    assert f'href="/cy/hyfforddiant/cyrsiau/{course.slug_cy}/"' in page


def test_all_events_have_an_address():
    """Those of the portal itself apart: they follow from others."""
    addresses = {
        "open": "session_open",
        "hold": "session_hold",
        "close": "register_close",
        "cancel": "session_cancel",
    }
    for name in itertools.chain(addresses.values(), ["booking_cancel", "register_page"]):
        assert reverse(f"training:{name}", kwargs={"pk": 1})
