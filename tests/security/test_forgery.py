"""Another site makes nobody's browser do anything here: what changes something shows that it comes from the portal."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.roles import Role
from tests.factories.people import person

pytestmark = pytest.mark.django_db
# read by programs, never changing anything; and the stop of a mail, whose signed token is the right to it (RFC 8058)
WITHOUT = {"kernel:message_stop"}
READ_ONLY = "programme.views.api"
CHANGE = "/en/account/details/"
SAFELISTED = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]


def views(patterns: Any, space: str = "") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}", one.callback


def test_no_view_does_without_the_token_but_the_api_that_reads_and_the_stop_of_mail():
    free = [(name, view) for name, view in views(get_resolver().url_patterns) if getattr(view, "csrf_exempt", False)]
    assert {name for name, view in free if view.__module__ != READ_ONLY} == WITHOUT
    assert len(free) > len(WITHOUT) + 3


@pytest.fixture
def browser() -> Client:
    """Somebody's browser, signed in, as it is: with its cookies, and with what checks the token."""
    made = Client(enforce_csrf_checks=True)
    made.force_login(person(Role.OFFICER, name="Ann"))
    return made


def named(browser: Client) -> str:
    return str(browser.get(CHANGE).context["form"].instance.name)


@pytest.mark.parametrize("kind", [*SAFELISTED, "application/json"])
def test_a_request_of_another_site_changes_nothing_whatever_its_type(browser, kind):
    """What a browser sends without asking first (V3.5.2) is refused like the rest: nothing relies on a preflight."""
    browser.get(CHANGE)  # the cookie of the token is there
    for headers in ({}, {"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}):
        answer = browser.post(CHANGE, "name=Mallory&language=en", content_type=kind, headers=headers)
        assert answer.status_code == 403
    assert named(browser) == "Ann"


def test_a_token_from_elsewhere_or_from_another_origin_is_refused(browser):
    token = browser.get(CHANGE).cookies["portal_csrf"].value
    sent = {"name": "Mallory", "language": "en"}
    assert browser.post(CHANGE, sent | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    from_there = {"Origin": "https://evil.example"}
    assert browser.post(CHANGE, sent | {"csrfmiddlewaretoken": token}, headers=from_there).status_code == 403
    assert named(browser) == "Ann"
    assert browser.post(CHANGE, sent | {"csrfmiddlewaretoken": token}).status_code == 302
    assert named(browser) == "Mallory"


@pytest.mark.parametrize("path", [CHANGE, "/en/account/sign-in/", "/api/v1/projects/"])
def test_no_other_site_is_told_that_it_may_send(browser, path):
    asks = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = browser.options(path, headers=asks | {"Access-Control-Request-Headers": "content-type"})
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "POST" not in answer.headers.get("Access-Control-Allow-Methods", "")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_takes_nothing_from_anybody(browser, method):
    for path in ("/api/v1/projects/", "/api/v1/openapi.json"):
        answer = browser.generic(method, path, b"{}", content_type="application/json")
        assert answer.status_code in {404, 405}, (path, answer.status_code)
