"""Limits hold for all workers: one row, one statement."""

import threading

import pytest
import time_machine
from django.db import connection

from accounts.limits import client_of, within
from accounts.models import Limit


@pytest.mark.django_db
def test_the_first_tries_are_within_and_the_next_is_not_until_the_time_is_over():
    with time_machine.travel("2026-11-23 10:00:00Z", tick=False) as clock:
        assert [within("code", "a", most=2, seconds=60) for _try in range(3)] == [True, True, False]
        assert within("code", "b", most=2, seconds=60) is True
        assert within("other", "a", most=2, seconds=60) is True
        clock.shift(59)
        assert within("code", "a", most=2, seconds=60) is False
        clock.shift(1)
        assert within("code", "a", most=2, seconds=60) is True


@pytest.mark.django_db
def test_no_address_stands_in_the_table():
    within("code", "carys@example.org", most=2, seconds=60)
    assert "carys" not in Limit.objects.get().key


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.4", "203.0.113.9"),
    ],
)
def test_an_address_that_a_visitor_claims_is_not_believed(settings, rf, proxies, forwarded, found):
    """Only what the operator's own proxies added is read: `PORTAL_PROXY_COUNT` says how many there are."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", headers={"X-Forwarded-For": forwarded, "X-Real-IP": "10.0.0.1"}, REMOTE_ADDR="192.0.2.1")
    assert client_of(request) == found


@pytest.mark.django_db(transaction=True)
def test_tries_at_once_are_all_counted():
    results: list[bool] = []

    def many() -> None:
        results.extend(within("code", "a", most=30, seconds=600) for _try in range(25))
        connection.close()

    threads = [threading.Thread(target=many) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (results.count(True), results.count(False)) == (30, 70)
    assert Limit.objects.get().count == 100


@pytest.mark.django_db(transaction=True)
def test_a_code_that_is_tried_many_times_at_once_is_tried_three_times():
    from accounts.actions.sign_in import Outcome, try_code
    from accounts.models import SignInCode

    row = SignInCode.objects.create(email="a@example.org")
    wrong = f"{(int(row.code) + 1) % 10**8:08}"
    outcomes: list[Outcome] = []
    start = threading.Barrier(6)

    def one() -> None:
        start.wait()
        outcomes.extend(try_code(key=row.pk, typed=wrong)[0] for _try in range(3))
        connection.close()

    threads = [threading.Thread(target=one) for _thread in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count(Outcome.WRONG), outcomes.count(Outcome.TOO_MANY)) == (2, 16)
    row.refresh_from_db()
    assert row.tries == 3
    assert try_code(key=row.pk, typed=row.code)[0] is Outcome.TOO_MANY
