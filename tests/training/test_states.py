"""Every state x event of a session and of a booking, and who may cause each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from tests.factories.people import BodyFactory, CouncilFactory, person
from tests.factories.training import BookingFactory, SessionFactory, held, officer, team_member, trainer_of
from training.models import Approval
from training.states import BOOKING, SESSION, BookingStatus, SessionStatus
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, WrongState, advance

pytestmark = pytest.mark.django_db

SESSION_MOVES = {
    ("planned", "open"): "open",
    ("planned", "cancel"): "cancelled",
    ("open", "hold"): "held",
    ("open", "cancel"): "cancelled",
    ("held", "close"): "closed",
}
BOOKING_MOVES = {
    ("requested", "approve"): "waiting",
    ("requested", "refuse"): "refused",
    ("waiting", "promote"): "booked",
    ("waiting", "offer"): "offered",
    ("offered", "accept"): "booked",
    ("offered", "decline"): "cancelled",
    ("offered", "expire"): "cancelled",
    ("booked", "cancel"): "cancelled",
    ("waiting", "cancel"): "cancelled",
    ("requested", "cancel"): "cancelled",
    ("booked", "cancel_late"): "cancelled_late",
    ("booked", "attend"): "attended",
    ("did_not_attend", "attend"): "attended",
    ("booked", "miss"): "did_not_attend",
    ("attended", "miss"): "did_not_attend",
    ("attended", "unmark"): "booked",
    ("did_not_attend", "unmark"): "booked",
    ("booked", "lapse"): "cancelled",
    ("requested", "lapse"): "cancelled",
    ("waiting", "lapse"): "cancelled",
    ("offered", "lapse"): "cancelled",
}
BY_THE_PORTAL = {"promote", "offer", "expire", "lapse", "unmark"}
WALK_IN_MOVES = {("attended", "remove"): "cancelled", ("did_not_attend", "remove"): "cancelled"}


def until_tomorrow(booking):
    """An offer has an end."""
    booking.offer_ends_at = timezone.now() + timedelta(days=1)


@pytest.mark.parametrize("status", SessionStatus.values)
@pytest.mark.parametrize("event", SESSION.transitions)
def test_a_session_moves_by_its_table_alone(status, event):
    session, user = SessionFactory(status=status), team_member()
    target = SESSION_MOVES.get((status, event))
    if target is None:
        with pytest.raises(WrongState):
            advance(session, event, by=user, why="because")
        assert not StatusChange.of(session).exists()
    else:
        assert advance(session, event, by=user, why="because").status == target
        change = StatusChange.of(session).get()
        assert (change.source, change.target, change.by) == (status, target, user)


@pytest.mark.parametrize("status", BookingStatus.values)
@pytest.mark.parametrize("event", BOOKING.transitions)
def test_a_booking_moves_by_its_table_alone(status, event):
    booking = BookingFactory(status=status)
    user = None if event in BY_THE_PORTAL else team_member()
    also = until_tomorrow if event == "offer" else None
    target = BOOKING_MOVES.get((status, event))
    if target is None:
        with pytest.raises(NotAllowed if event == "remove" else WrongState):
            advance(booking, event, by=user, why="because")
        assert not StatusChange.of(booking).exists()
    else:
        assert advance(booking, event, by=user, why="because", also=also).status == target


@pytest.mark.parametrize("status", ["attended", "did_not_attend"])
@pytest.mark.parametrize("event", BOOKING.transitions)
def test_who_walked_in_moves_by_the_same_table_and_is_taken_off_the_register(status, event):
    booking = BookingFactory(session=held(), status=status, walk_in=True)
    user = None if event in BY_THE_PORTAL else team_member()
    target = (BOOKING_MOVES | WALK_IN_MOVES).get((status, event))
    if target is None or event == "unmark":
        with pytest.raises(NotAllowed if event == "unmark" else WrongState):
            advance(booking, event, by=user, why="because")
    else:
        assert advance(booking, event, by=user, why="because").status == target


def test_a_request_is_refused_with_a_reason():
    with pytest.raises(ReasonMissing):
        advance(BookingFactory(status=BookingStatus.REQUESTED), "refuse", by=team_member(), why=" ")


def test_a_session_is_cancelled_with_a_reason():
    with pytest.raises(ReasonMissing):
        advance(SessionFactory(), "cancel", by=team_member(), why=" ")


@pytest.mark.parametrize("workflow", [SESSION, BOOKING])
def test_every_event_has_a_rule(workflow):
    assert workflow.rules.keys() == workflow.transitions.keys()


def test_who_may_move_a_session():
    session = SessionFactory()
    may = {
        "team": team_member(),
        "its trainer": trainer_of(session),
        "another trainer": trainer_of(),
        "officer": officer(),
        "coordinator": person(Role.COORDINATOR),
    }
    allowed = {
        event: {who for who, user in may.items() if rule(user, session)} for event, rule in SESSION.rules.items()
    }
    assert allowed == {
        "open": {"team"},
        "hold": {"team", "its trainer"},
        "close": {"team", "its trainer"},
        "cancel": {"team"},
    }


def test_who_may_move_a_booking():
    council = CouncilFactory()
    booking = BookingFactory(organisation=council)
    own = officer(council)
    booking.learner.user = own
    may = {
        None: None,
        "team": team_member(),
        "its trainer": trainer_of(booking.session),
        "another trainer": trainer_of(),
        "own": own,
        "colleague": officer(council),
        "coordinator": person(Role.COORDINATOR, organisation=council),
        "coordinator elsewhere": person(Role.COORDINATOR),
        "coordinator of a body": person(Role.COORDINATOR, organisation=BodyFactory()),
    }
    allowed = {
        event: {who for who, user in may.items() if rule(user, booking)} for event, rule in BOOKING.rules.items()
    }
    own_or_for_them = {"own", "team", "coordinator"}
    assert allowed == {
        "promote": {None},
        "offer": {None},
        "expire": {None},
        "lapse": {None},
        "unmark": {None},
        "approve": {"team"},
        "refuse": {"team"},
        "accept": own_or_for_them,
        "decline": own_or_for_them,
        "cancel": own_or_for_them,
        "cancel_late": own_or_for_them,
        "remove": set(),
        "attend": {"team", "its trainer"},
        "miss": {"team", "its trainer"},
    }


def test_who_approves_is_what_the_course_says():
    council = CouncilFactory()
    for approval, expected in ((Approval.COUNCIL, {"team", "coordinator"}), (Approval.TEAM, {"team"})):
        booking = BookingFactory(organisation=council, session__course__approval=approval, status="requested")
        may = {
            "team": team_member(),
            "coordinator": person(Role.COORDINATOR, organisation=council),
            "coordinator elsewhere": person(Role.COORDINATOR),
            "officer": officer(council),
        }
        for event in ("approve", "refuse"):
            assert {who for who, user in may.items() if BOOKING.rules[event](user, booking)} == expected


def test_only_who_walked_in_is_taken_off_the_register_and_by_its_keepers():
    booking = BookingFactory(session=held(), status="attended", walk_in=True)
    rule = BOOKING.rules["remove"]
    assert rule(trainer_of(booking.session), booking)
    assert not rule(trainer_of(), booking)
    assert not rule(officer(booking.organisation), booking)


def test_a_stranger_moves_nothing():
    booking = BookingFactory()
    with pytest.raises(NotAllowed):
        advance(booking, "cancel", by=officer())
    booking.refresh_from_db()
    assert booking.status == "booked"
