"""The parts of a session, and the places that it keeps for councils, as the team plans them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.roles import Role
from tests.factories.people import CouncilFactory, person
from tests.factories.training import (
    BookingFactory,
    KeptPlacesFactory,
    LearnerFactory,
    SessionFactory,
    SessionPartFactory,
    officer,
    team_member,
    trainer_of,
)
from tests.training.pages import edited, get, post, text
from training import actions
from training.models import KeptPlaces, Session, SessionPart
from training.states import BookingStatus, SessionStatus
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import NotAllowed, WrongState

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def session() -> Session:
    start = (timezone.now() + 14 * DAY).replace(second=0, microsecond=0)
    return SessionFactory(starts_at=start, ends_at=start + 2 * HOUR, capacity=5)


def parts_form(session: Session, *stretches: tuple[datetime, datetime], seen: str = "") -> dict[str, Any]:
    data = {"seen": seen}
    for number, (starts_at, ends_at) in enumerate(stretches, 1):
        data |= {
            f"starts_{number}": timezone.localtime(starts_at).isoformat(),
            f"ends_{number}": timezone.localtime(ends_at).isoformat(),
        }
    return data


def test_a_session_gets_parts_and_lasts_from_the_first_to_the_last(session):
    user, learner = team_member(), LearnerFactory(user=officer(), name="")
    BookingFactory(session=session, learner=learner)
    first = (session.starts_at, session.starts_at + HOUR)
    second = (session.starts_at + 7 * DAY, session.starts_at + 7 * DAY + HOUR)
    assert "Part 1 starts" in text(get(user, "parts_edit", pk=session.pk))
    response = post(user, "parts_edit", parts_form(session, second, first), pk=session.pk)
    assert response["Location"] == session.get_absolute_url()
    session.refresh_from_db()
    assert (session.starts_at, session.ends_at) == (first[0], second[1])
    assert [(part.number, part.starts_at, part.ends_at) for part in session.parts.all()] == [
        (1, *first),
        (2, *second),
    ]
    assert list(Notification.objects.values_list("kind", flat=True)) == ["training.changed"]
    said = text(get(None, "session_page", pk=session.pk))
    assert ("Part 1" in said, "Part 2" in said) == (True, True)
    seen = "; ".join(str(part) for part in SessionPart.objects.all())
    post(user, "parts_edit", parts_form(session, first, second, seen=seen), pk=session.pk)
    assert Notification.objects.count() == 1
    post(user, "parts_edit", parts_form(session, first, seen=seen), pk=session.pk)
    session.refresh_from_db()
    assert (session.parts.count(), session.ends_at) == (0, first[1])


def test_parts_that_cannot_be_get_a_sentence(session):
    user = team_member()
    start, end = session.starts_at, session.ends_at
    cases = {
        "Two parts are at the same time.": parts_form(session, (start, end), (start + HOUR, end + HOUR)),
        "The part must end after it starts.": parts_form(session, (end, start)),
        "Enter when part 1 starts and ends.": {"seen": "", "starts_1": timezone.localtime(start).isoformat()},
        "Enter at least one part.": {"seen": ""},
        "Booking must end before the session starts": parts_form(session, (start - 3 * DAY, end)),
        "Somebody else changed this meanwhile.": parts_form(session, (start, end), seen="1: another"),
    }
    for sentence, data in cases.items():
        assert sentence in text(post(user, "parts_edit", data, pk=session.pk)), sentence
    assert not SessionPart.objects.exists()


def test_the_times_of_a_session_stay_around_its_parts(session):
    SessionPartFactory(session=session)
    SessionPartFactory(session=session, number=2, starts_at=session.starts_at + HOUR)
    late = timezone.localtime(session.starts_at + HOUR).isoformat()
    data = edited(session, starts_at=late)
    assert "change the parts first" in text(post(team_member(), "session_edit", data, pk=session.pk))


def test_what_began_is_planned_no_more_and_only_the_team_plans(session):
    held = SessionFactory(status=SessionStatus.HELD)
    stretch = [(held.starts_at, held.ends_at)]
    with pytest.raises(WrongState):
        actions.parts_save(session=held, stretches=stretch, by=team_member())
    with pytest.raises(NotAllowed):
        actions.kept_places_save(session=session, places={}, by=officer())
    user = team_member()
    assert "can no longer be changed" in text(post(user, "parts_edit", parts_form(held, stretch[0]), pk=held.pk))
    assert "can no longer be changed" in text(post(user, "kept_places_edit", {"seen": ""}, pk=held.pk))
    for name in ("parts_edit", "kept_places_edit"):
        assert get(None, name, pk=session.pk).status_code == 302
        for stranger in (officer(), trainer_of(session), person(Role.COORDINATOR)):
            assert get(stranger, name, pk=session.pk).status_code == 403


def test_places_are_kept_changed_and_given_back(session, council):
    user, other = team_member(), CouncilFactory()
    data = {"seen": "", "council_1": council.pk, "places_1": "3", "council_2": other.pk, "places_2": "2"}
    assert "Places kept for council 1" in text(get(user, "kept_places_edit", pk=session.pk))
    post(user, "kept_places_edit", data, pk=session.pk)
    assert dict(KeptPlaces.objects.values_list("organisation", "places")) == {council.pk: 3, other.pk: 2}
    said = text(get(None, "session_page", pk=session.pk))
    assert said.partition("Places kept:")[2].startswith(f" {council.name} 3, {other.name} 2 ")
    waiting = BookingFactory(session=session, status=BookingStatus.WAITING)
    seen = "; ".join(str(kept) for kept in KeptPlaces.objects.order_by("pk"))
    post(user, "kept_places_edit", data | {"seen": seen, "places_1": "2", "places_2": "3"}, pk=session.pk)
    assert dict(KeptPlaces.objects.values_list("organisation", "places")) == {council.pk: 2, other.pk: 3}
    seen = "; ".join(str(kept) for kept in KeptPlaces.objects.order_by("pk"))
    post(user, "kept_places_edit", {"seen": seen, "council_1": council.pk, "places_1": "2"}, pk=session.pk)
    assert dict(KeptPlaces.objects.values_list("organisation", "places")) == {council.pk: 2}
    waiting.refresh_from_db()
    assert waiting.status == "offered"


def test_places_that_cannot_be_kept_get_a_sentence(session, council):
    user = team_member()
    kept = KeptPlacesFactory(session=session, organisation=council, places=1)
    cases = {
        "This council is there twice.": {
            "council_1": council.pk,
            "places_1": 1,
            "council_2": council.pk,
            "places_2": 1,
        },
        "Enter how many places are kept.": {"council_1": council.pk},
        "Choose the council for which the places are kept.": {"places_1": 1},
        "The session has 5 places; no more can be kept.": {"council_1": council.pk, "places_1": 6},
    }
    for sentence, data in cases.items():
        assert sentence in text(post(user, "kept_places_edit", data | {"seen": str(kept)}, pk=session.pk)), sentence
    assert "Somebody else changed this" in text(post(user, "kept_places_edit", {"seen": ""}, pk=session.pk))


def test_a_session_form_takes_a_minimum_and_an_end_of_keeping(session):
    user = team_member()
    cut_off = timezone.localtime(session.cut_off_at)
    good = edited(session, minimum=3, kept_until=(cut_off - DAY).isoformat())
    assert post(user, "session_edit", good, pk=session.pk).status_code == 302
    session.refresh_from_db()
    assert (session.minimum, session.kept_until) == (3, session.cut_off_at - DAY)
    assert "Least number of people 3" in text(get(None, "session_page", pk=session.pk))
    for change, sentence in (
        ({"minimum": 6}, "from 1 to the number of places"),
        ({"kept_until": (cut_off + HOUR).isoformat()}, "Places are kept until booking ends at the latest."),
    ):
        assert sentence in text(post(user, "session_edit", edited(session, **change), pk=session.pk))
