"""The probes, the page for a lost database, and what caches may keep."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from psycopg.errors import DiskFull

from wlga_portal import VERSION
from wlga_portal.kernel import health, middleware
from wlga_portal.kernel.middleware import PrivateCacheMiddleware


def lost(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is lost")


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a mistake of ours")


class Losing:
    """A middleware whose rows are gone, as those of sessions and users are."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise OperationalError("the pool has no connection")


FIRST = "wlga_portal.kernel.middleware.HealthMiddleware"
urlpatterns = [path("lost/", login_not_required(lost)), path("broken/", login_not_required(broken))]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_livez_asks_nothing_of_the_database_or_the_host(client: Client) -> None:
    response = client.get("/livez", HTTP_HOST="10.1.2.3")
    assert (response.status_code, response.content) == (200, b"alive\n")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.django_db
def test_readyz_answers_when_every_migration_is_in(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_readyz_names_a_missing_migration(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known = health.expected_migrations()
    monkeypatch.setattr(health, "expected_migrations", lambda: known | {("aaa", "0099_more")})
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"1 migrations are missing, aaa.0099_more among them\n")


def test_readyz_says_that_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(health, "missing_migrations", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


@pytest.mark.django_db
def test_readyz_says_that_there_is_no_room_to_write(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OperationalError("could not write to file") from DiskFull()

    monkeypatch.setattr(health, "demand_room", full)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database has no room to write\n")


@pytest.mark.django_db
def test_asking_for_room_writes_to_the_servers_disk() -> None:
    with connection.cursor() as cursor:
        with CaptureQueriesContext(connection) as asked:
            health.demand_room()
        _savepoint, room, query, _release = asked.captured_queries
        cursor.execute(room["sql"])
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {query['sql']}")
        assert "temp read=" in str(cursor.fetchall())


def test_version_gives_the_release_and_its_commit(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    health.commit.cache_clear()
    monkeypatch.setenv("PORTAL_COMMIT", "abc123")
    assert client.get("/version").json() == {"version": VERSION, "commit": "abc123"}
    health.commit.cache_clear()


@pytest.mark.parametrize(("path", "through"), [("/livez", 200), ("/readyz", 404), ("/version", 404)])
def test_what_only_the_operator_asks_is_not_there_for_whoever_comes_through_a_proxy(
    client: Client, settings: Any, path: str, through: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client.get(path).status_code == 200  # a probe, which no proxy passes on
    assert client.get(path, headers={"x-forwarded-for": "192.0.2.7"}).status_code == through
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert client.get(path, headers={"x-forwarded-for": "192.0.2.7"}).status_code == 200


def test_the_commit_is_asked_of_git_where_there_is_one(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    health.commit.cache_clear()
    monkeypatch.delenv("PORTAL_COMMIT", raising=False)
    settings.BASE_DIR = tmp_path
    assert health.commit() == ""
    (tmp_path / ".git").mkdir()
    health.commit.cache_clear()
    monkeypatch.setattr(
        health.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout="0123456789ab\n")
    )
    assert health.commit() == "0123456789ab"

    def absent(*_: object, **__: object) -> None:
        raise FileNotFoundError("git")

    health.commit.cache_clear()
    monkeypatch.setattr(health.subprocess, "run", absent)
    assert health.commit() == ""
    health.commit.cache_clear()


@override_settings(ROOT_URLCONF=__name__)
def test_a_lost_database_in_a_view_gives_the_page_in_both_languages(client: Client) -> None:
    response = client.get("/lost/")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    page = response.content.decode()
    assert 'lang="cy"' in page
    assert 'lang="en"' in page


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[FIRST, f"{__name__}.Losing"])
def test_a_lost_database_in_a_middleware_gives_it_too(client: Client) -> None:
    assert client.get("/broken/").status_code == 503


@override_settings(ROOT_URLCONF=__name__)
def test_a_mistake_of_ours_is_no_lost_database(client: Client) -> None:
    assert client.get("/broken/").status_code == 500


@override_settings(ROOT_URLCONF=__name__)
def test_when_even_the_page_cannot_be_drawn_both_languages_are_said(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(middleware, "render_to_string", fail)
    response = client.get("/lost/")
    assert response.status_code == 503
    assert "Rhowch gynnig arall" in response.content.decode()
    assert "Try again in a minute" in response.content.decode()


def test_causes_are_followed_and_a_ring_of_them_ends() -> None:
    outer, inner = RuntimeError(), InterfaceError()
    outer.__cause__ = inner
    assert middleware.database_is_lost(outer)
    ring = RuntimeError()
    other = ValueError()
    ring.__context__, other.__context__ = other, ring
    assert not middleware.database_is_lost(ring)
    assert not middleware.database_is_lost(None)


# --- Caches -----------------------------------------------------------------------------------------
class Person:
    is_authenticated = True


def answer(request: HttpRequest, *, public: bool = True, user: Any = None, **extra: Any) -> HttpResponse:
    """What the middleware makes of a plain page."""

    def view(request: HttpRequest) -> HttpResponse:
        if extra.get("form"):
            get_token(request)
        response = HttpResponse("page", status=extra.get("status", 200))
        if extra.get("header"):
            response["Cache-Control"] = extra["header"]
        return response

    request.user = user or AnonymousUser()
    request.session = type("Session", (), {"modified": extra.get("modified", False)})()  # type: ignore[assignment]
    request.resolver_match = type("Match", (), {"func": login_not_required(view) if public else view})()
    return PrivateCacheMiddleware(view)(request)


GET = RequestFactory().get


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "public, max-age=60"),
        ({"public": False}, "private, no-store"),
        ({"user": Person()}, "private, no-store"),
        ({"form": True}, "private, no-cache"),
        ({"modified": True}, "private, no-cache"),
        ({"status": 404}, "private, no-cache"),
        ({"header": "max-age=5"}, "max-age=5"),
    ],
)
def test_what_a_cache_may_keep(given: dict[str, Any], expected: str) -> None:
    response = answer(GET("/"), **given)
    assert set(response["Cache-Control"].split(", ")) == set(expected.split(", "))


def test_a_public_page_differs_by_cookie() -> None:
    assert answer(GET("/"))["Vary"] == "Cookie"
    request = GET("/")
    request.COOKIES["anything"] = "x"
    assert answer(request)["Cache-Control"].startswith("private")


def test_a_public_answer_to_a_form_is_not_kept() -> None:
    assert "no-cache" in answer(RequestFactory().post("/"))["Cache-Control"]


def test_a_page_that_no_view_made_is_private() -> None:
    request = GET("/")
    assert "no-store" in PrivateCacheMiddleware(lambda _request: HttpResponse())(request)["Cache-Control"]


def test_no_page_asks_for_a_device_and_no_other_site_may_embed_what_is_here(client: Client) -> None:
    for address in ("/en/", "/livez", "/en/nothing-here/"):
        answer = client.get(address)
        expected = ("camera=()" in answer.get("Permissions-Policy", ""), answer.get("Cross-Origin-Resource-Policy"))
        assert expected == (address != "/livez", None if address == "/livez" else "same-origin")
