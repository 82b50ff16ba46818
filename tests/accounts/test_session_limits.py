"""How long somebody stays signed in, and how often that they are there is written."""

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from tests.factories.people import person

pytestmark = pytest.mark.django_db
PAGE, ASK = "/en/account/", "/en/account/sign-in/?next=/en/account/"
HOUR = 3600


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False) as moment:
        yield moment


@pytest.fixture
def signed_in(client, clock):
    client.force_login(person(Role.OFFICER))
    return client


def opens(client) -> bool:
    answer = client.get(PAGE)
    assert answer.status_code == 200 or answer["Location"] == ASK
    return answer.status_code == 200


@pytest.mark.parametrize(("seconds", "still"), [(4 * HOUR - 1, True), (4 * HOUR + 1, False)])
def test_four_hours_without_a_request_sign_out(signed_in, clock, seconds, still):
    clock.shift(seconds)
    assert opens(signed_in) is still


def test_each_request_begins_the_four_hours_anew_until_a_day_after_signing_in(signed_in, clock):
    for _time in range(7):
        clock.shift(int(3.4 * HOUR))
        assert opens(signed_in)
    clock.shift(HOUR)
    assert not opens(signed_in)


def test_asking_to_stay_does_not_lengthen_the_day(signed_in, clock):
    for _time in range(7):
        clock.shift(int(3.4 * HOUR))
        assert signed_in.post("/en/account/sessions/keep/").status_code == 204
    assert b'data-session-seconds="720"' in signed_in.get(PAGE).content
    clock.shift(721)
    assert not opens(signed_in)


def test_that_somebody_is_there_is_written_at_most_every_five_minutes(signed_in, clock):
    signed_in.get(PAGE)
    writes = []
    for _request in range(11):
        clock.shift(60)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(PAGE)
        writes.append(sum(query["sql"].startswith("UPDATE") for query in queries))
    assert writes == [0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0]


def test_the_list_of_sessions_says_when_each_was_last_seen(signed_in, clock):
    signed_in.get(PAGE)
    row = UserSession.objects.filter(session_key=signed_in.session.session_key)
    if not row.exists():  # the test's way of signing in has no browser
        user = signed_in.session["_auth_user_id"]
        UserSession.objects.create(
            user_id=user, session_key=signed_in.session.session_key, ip="::", user_agent="", data={}
        )
    clock.shift(2 * HOUR)
    page = signed_in.get("/en/account/sessions/").content.decode()
    assert "Last seen" in page
    assert f"{row.get().last_seen_at:%H:%M}" == "11:00"


def test_a_session_that_is_over_in_all_is_gone_from_the_database_too(signed_in, clock):
    key = signed_in.session.session_key
    for _time in range(7):
        clock.shift(int(3.4 * HOUR))
        opens(signed_in)
    clock.shift(HOUR)
    opens(signed_in)
    assert not Session.objects.filter(session_key=key).exists()
