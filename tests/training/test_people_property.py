"""Any order of book, cancel, attend, merge, unmerge, move and erase: the figures stay true to the rows."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.factories.people import CouncilFactory
from tests.factories.training import CourseFactory, SessionFactory, officer, team_member
from training import actions
from training.actions.privacy import erase
from training.counting import figures
from training.models import Booking, Double, Learner, Session, Standing
from training.states import BookingStatus, DoubleStatus
from training.years import Year
from wlga_portal.kernel.workflow import Refused

pytestmark = pytest.mark.django_db
THIS = Year(2025)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["book", "cancel", "attend", "miss", "doubt", "merge", "unmerge", "part", "move", "erase"]),
        st.integers(0, 3),  # who
        st.integers(0, 3),  # with whom
        st.integers(0, 1),  # which session, and where to
    ),
    max_size=20,
)


class World:
    """Four officers who book two sessions for which the register is kept all the time."""

    def __init__(self) -> None:
        self.councils, self.team = [CouncilFactory(), CouncilFactory()], team_member()
        self.users = [officer(self.councils[0]) for _number in range(4)]
        self.learners = [actions.learner_of(user) for user in self.users]
        course = CourseFactory()
        self.sessions = [SessionFactory(course=course, capacity=50) for _number in range(2)]

    def learner(self, who: int) -> Learner:
        return Learner.objects.get(pk=self.learners[who].pk)

    def try_event(self, event: str, who: int, other: int, which: int) -> None:
        session = self.sessions[which]
        mine = Booking.objects.filter(session=session, learner=self.learners[who]).order_by("-pk").first()
        if event == "book":
            actions.book(session=session, council=self.councils[0], by=self.users[who])
        elif event == "cancel" and mine:
            actions.booking_cancel(booking=mine, by=self.team)
        elif event in {"attend", "miss"} and mine:
            self.mark(mine, event)
        elif event == "doubt":
            actions.double_say(learner=self.learner(who), other=self.learner(other), by=self.team)
        elif event in {"merge", "part", "unmerge"}:
            self.decide(event, who, other)
        elif event == "move":
            actions.learner_move(
                learner=self.learner(who),
                organisation=self.councils[which],
                standing=Standing.STAFF,
                starts=date(2026, 1, 1 + who),
                by=self.team,
            )
        elif event == "erase":
            erase(learner=self.learner(who), reason="asked", by=self.team)

    def mark(self, booking: Booking, event: str) -> None:
        """The register is opened for one mark, so that everything else stays possible."""
        Session.objects.filter(pk=booking.session_id).update(status="held")
        status = BookingStatus.ATTENDED if event == "attend" else BookingStatus.ABSENT
        try:
            actions.mark_register(session=booking.session, marks={booking.pk: status}, by=self.team)
        finally:
            Session.objects.filter(pk=booking.session_id).update(status="open")

    def decide(self, event: str, who: int, other: int) -> None:
        first, second = sorted((self.learners[who].pk, self.learners[other].pk))
        double = Double.objects.filter(first=first, second=second).first()
        if double is not None:
            name = "reopen" if event == "unmerge" else event
            actions.double_decide(double=double, event=name, by=self.team, why="reviewed")

    def people(self, *statuses: str) -> dict[int, int]:
        """By hand: for each learner the first of those who are joined to them by doubles of these statuses."""
        first = {learner.pk: learner.pk for learner in Learner.objects.all()}
        for _round in first:
            for one, other in Double.objects.filter(status__in=statuses).values_list("first", "second"):
                first[one] = first[other] = min(first[one], first[other])
        return first


def count_by_hand(world: World) -> tuple[int, int, int]:
    came = list(Booking.objects.filter(status=BookingStatus.ATTENDED).values_list("learner", flat=True))
    surely, perhaps = world.people(DoubleStatus.SAME), world.people(DoubleStatus.SAME, DoubleStatus.OPEN)
    return len(came), len({perhaps[one] for one in came}), len({surely[one] for one in came})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
@example(events=[("book", 2, 0, 0), ("attend", 2, 0, 0), ("book", 2, 0, 0)])
def test_in_any_order_opportunities_are_attended_bookings_and_people_are_no_more(events):
    world = World()
    for event in events:
        try:
            world.try_event(*event)
        except Refused:
            continue
    moment = datetime(2025, 6, 1, 10, tzinfo=UTC)
    Session.objects.update(starts_at=moment, cut_off_at=moment)
    found = figures(THIS)
    opportunities, least, most = count_by_hand(world)
    whole = found.whole
    assert (whole.opportunities, whole.officers_least, whole.officers) == (opportunities, least, most)
    assert whole.opportunities == Booking.objects.attended().count()
    assert least <= most <= opportunities
    assert sum(part.opportunities for part in found.council.values()) == opportunities
