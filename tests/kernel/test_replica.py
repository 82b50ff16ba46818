"""A streaming replica for what is only read: everybody reads their own writes, and a lost replica costs nobody."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import Membership
from board.models import Paper
from wlga_portal.kernel import replica
from wlga_portal.kernel.replica import ReplicaMiddleware, Router

COOKIE = "portal_wrote"
router = Router()


class Portal:
    """The middleware with a replica that has replayed its log up to `replayed`, before a view of the test's own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        settings.REPLICATED, settings.REPLICA_COOKIE, settings.HTTPS = True, COOKIE, False
        self.replayed, self.recovering, self.written = 0x100, True, "0/200"
        self.down = self.primary_down = False
        self.clock, self.looks = 1000.0, 0
        monkeypatch.setattr(replica, "asked", self.asked)
        monkeypatch.setattr(replica, "position", self.position)
        monkeypatch.setattr(replica, "health", replica.Health())
        monkeypatch.setattr(replica, "time", SimpleNamespace(monotonic=lambda: self.clock))
        self.view: Any = lambda request: None

    def asked(self, sql: str, *values: Any) -> Any:
        if self.down:
            raise OperationalError("gone")
        if "pg_is_in_recovery" in sql:
            self.looks += 1
            return self.recovering
        return self.replayed >= int(values[0].partition("/")[2], 16)

    def position(self) -> str:
        if self.primary_down:
            raise OperationalError("gone")
        return self.written

    def send(self, method: str = "GET", wrote: str = "") -> tuple[str, Any]:
        """Where the request read papers, and the answer."""
        request = RequestFactory().generic(method, "/en/")
        if wrote:
            request.COOKIES[COOKIE] = wrote
        seen: list[str] = []

        def answer(asked: Any) -> HttpResponse:
            self.view(asked)
            seen.append(router.db_for_read(Paper))
            return HttpResponse("ok")

        return (response := ReplicaMiddleware(answer)(request)) and (seen[0], response)


@pytest.fixture
def portal(monkeypatch, settings) -> Portal:
    return Portal(monkeypatch, settings)


def test_a_page_is_read_from_the_replica_and_a_form_from_the_primary(portal):
    where, answer = portal.send()
    assert where == "replica"
    assert COOKIE not in answer.cookies
    assert portal.send("HEAD")[0] == "replica"
    assert portal.send("POST")[0] == "default"
    assert router.db_for_read(Paper) == "default"  # outside of a request: jobs and commands


def test_who_writes_reads_it_from_the_primary_until_the_replica_has_it(portal):
    _, answer = portal.send("POST")
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("0/200", True, "Lax")
    where, answer = portal.send(wrote=cookie.value)
    assert where == "default"
    assert COOKIE not in answer.cookies
    assert portal.send()[0] == "replica"  # somebody else need not wait
    portal.replayed = 0x200
    where, answer = portal.send(wrote=cookie.value)
    assert where == "replica"
    assert answer.cookies[COOKIE]["max-age"] == 0


def test_a_page_that_writes_reads_where_it_wrote_and_marks_its_browser(portal):
    portal.view = lambda request: router.db_for_write(Paper)
    where, answer = portal.send()
    assert (where, answer.cookies[COOKIE].value) == ("default", "0/200")
    session = SimpleNamespace(_meta=SimpleNamespace(app_label="sessions"))
    portal.view = lambda request: router.db_for_write(session)
    where, answer = portal.send()
    assert (where, COOKIE in answer.cookies) == ("replica", False)


def test_who_somebody_is_and_may_do_never_comes_from_the_replica(portal):
    seen: list[str] = []
    portal.view = lambda request: seen.append(router.db_for_read(Membership))
    assert portal.send()[0] == "replica"
    assert seen == ["default"]


def test_a_replica_that_is_lost_or_promoted_is_read_no_more_and_comes_back(portal):
    portal.down = True
    assert portal.send()[0] == "default"
    portal.down = False
    assert portal.send()[0] == "default"  # believed for two seconds
    portal.clock += 2.1
    assert portal.send()[0] == "replica"
    portal.recovering = False
    portal.clock += 2.1
    assert portal.send()[0] == "default"
    portal.recovering = True
    portal.clock += 2.1
    before = portal.looks
    assert [portal.send()[0] for _ in range(5)] == ["replica"] * 5
    assert portal.looks == before + 1


def test_a_replica_lost_in_the_middle_of_a_page_is_left_at_once(portal):
    def lost(request: Any) -> None:
        request.database_is_lost = True

    assert portal.send()[0] == "replica"
    portal.view = lost
    portal.send()
    portal.view = lambda request: None
    assert portal.send()[0] == "default"


@pytest.mark.parametrize("forged", ["0/0; DROP", "x", "FFFFFFFFF/0", "0/1'"])
def test_a_mark_that_is_none_keeps_its_browser_on_the_primary(portal, forged):
    assert portal.send(wrote=forged)[0] == "default"


def test_a_replica_that_is_lost_while_it_is_asked_for_its_position_is_left(portal):
    assert portal.send()[0] == "replica"
    portal.down = True
    assert portal.send(wrote="0/1")[0] == "default"
    assert portal.send()[0] == "default"


def test_a_write_whose_position_cannot_be_asked_is_still_answered(portal):
    portal.primary_down = True
    _, answer = portal.send("POST")
    assert answer.status_code == 200
    assert COOKIE not in answer.cookies


def test_without_a_replica_nothing_is_asked(settings):
    settings.REPLICATED = False
    assert ReplicaMiddleware(lambda request: HttpResponse("ok"))(RequestFactory().get("/")).status_code == 200
    assert router.allow_relation(None, None) is True
    assert (router.allow_migrate("default", "board"), router.allow_migrate("replica", "board")) == (True, False)


@pytest.mark.django_db
def test_the_primary_says_how_far_its_log_goes():
    assert replica.LSN.match(replica.position())
