"""What shuts every answer of the portal, as it is served on https: the policy of content, cookies, caches.

The settings are those that a real server reads, from a process of its own.
"""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as ours
from django.db import OperationalError
from django.test import Client

from accounts.models import User
from tests.accounts.conversation import code_in
from tests.walk import client_of, opened, view_name, walk
from tools.check import PRODUCTION
from wlga_portal.kernel.queue import run_jobs

pytestmark = pytest.mark.django_db
READ = (
    "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", "SECURE_SSL_REDIRECT",
    "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
)  # fmt: skip
HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'", "connect-src": "'self'",
    "font-src": "'self'", "form-action": "'self'", "img-src": "'self'", "manifest-src": "'self'",
    "script-src": "'self'", "style-src": "'self'", "worker-src": "'self'",
}  # fmt: skip
FILE_POLICY = "default-src 'none'; sandbox"  # of a file that somebody sent
PUBLIC = [
    "/en/", "/cy/", "/en/board/", "/en/projects/", "/en/fund/", "/en/training/", "/en/councils/", "/en/help/",
    "/en/account/sign-in/", "/en/search/?q=data", "/en/nothing-here/", "/nothing", "/robots.txt", "/sitemap.xml",
    "/.well-known/security.txt",
]  # fmt: skip
OWN = ["/en/", "/cy/cyfrif/", "/en/account/sessions/", "/en/messages/", "/en/projects/", "/en/fund/", "/en/board/"]


def production() -> dict[str, Any]:
    """What a process with the environment of a real server reads."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import json, sys; from wlga_portal import settings as read;"
            "print(json.dumps({name: getattr(read, name) for name in sys.argv[1:]}))",
            *READ,
        ],
        cwd=ours.BASE_DIR,
        env={**os.environ, **PRODUCTION},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.fixture
def https(settings) -> dict[str, str]:
    """The portal as it stands behind its proxy; what each request then says."""
    for name, value in production().items():
        setattr(settings, name, tuple(value) if isinstance(value, list) else value)
    settings.DEMO = True
    return {"HTTP_X_FORWARDED_PROTO": "https"}


# what everybody's programs may read from anywhere: answered to nobody in particular, whoever asks
OPEN_DATA = {f"programme:{name}" for name in ("data_csv", "data_json", "data_dictionary", "picture_csv")}


def faults_of(path: str, answer: Any, *, signed_in: bool) -> list[str]:
    """What of an answer is less shut than it must be."""
    own, shut = view_name(path) not in OPEN_DATA, dict(HEADERS)
    if not own:
        shut["Cross-Origin-Resource-Policy"] = "cross-origin"
    faults = [
        f"{path}: {name} is {answer.headers.get(name)!r}"
        for name, value in shut.items()
        if answer.headers.get(name) != value
    ]
    given = answer.headers.get("Content-Security-Policy", "")
    policy = dict(part.strip().partition(" ")[::2] for part in given.split(";"))
    allowed = {name: value for name, value in policy.items() if POLICY.get(name) != value}
    if given != FILE_POLICY and (allowed or set(policy) != set(POLICY)):
        faults.append(f"{path}: its policy of content is {given!r}")
    if "unsafe" in given or "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        faults.append(f"{path}: unsafe, or it may use the camera")
    kept = answer.headers.get("Cache-Control", "")
    if not kept or (own and signed_in and "no-store" not in kept and not kept.startswith("public, max-age=3600")):
        faults.append(f"{path}: Cache-Control is {kept!r}")
    for cookie in answer.cookies.values():
        closed = cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
        if not (cookie.key.startswith("__Host-") and closed and not cookie["domain"]):
            faults.append(f"{path}: cookie {cookie.OutputString()}")
    return faults


@pytest.mark.usefixtures("loaded")
def test_every_kind_of_answer_carries_every_header_that_shuts_it(https):
    visitor, person = Client(**https), client_of("secretariat")
    person.defaults.update(https)
    faults = [fault for path in PUBLIC for fault in faults_of(path, opened(visitor, path), signed_in=False)]
    faults += [fault for path in OWN for fault in faults_of(path, opened(person, path), signed_in=True)]
    faults += faults_of("a form", visitor.post("/en/account/sign-in/", {"email": ""}), signed_in=False)
    assert not faults, "\n".join(faults)


KINDS = {
    "/robots.txt": "text/plain", "/sitemap.xml": "application/xml", "/.well-known/security.txt": "text/plain",
    "/api/v1/projects": "application/json",
}  # fmt: skip


def test_every_answer_says_what_it_is_and_in_which_letters(https):
    """V4.1.1, and V3.4.2: what everybody's programs may read is the open data alone."""
    visitor = Client(**https)
    for path in [*PUBLIC, "/api/v1/projects"]:
        answer = opened(visitor, path)
        kind, _semicolon, more = answer["Content-Type"].partition(";")
        assert kind == KINDS.get(path, "text/html"), path
        assert kind in {"application/xml", "application/json"} or "charset=utf-8" in more, path
        answer.body.decode("utf-8")
        assert answer.headers.get("Access-Control-Allow-Origin") in ({"*"} if path.startswith("/api/") else {None}), (
            path
        )


@pytest.mark.deep
@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("person", [None, "secretariat", "team", "fund-manager", "lead-cardiff", "admin"])
def test_every_page_that_anybody_comes_to_carries_them(https, person):
    client = client_of(person)
    client.defaults.update(https)
    faults: list[str] = []
    seen, _forms = walk(
        client, "/en/", lambda path, answer: faults.extend(faults_of(path, answer, signed_in=bool(person)))
    )
    assert len(seen) > 50
    assert not faults, "\n".join(faults)


def test_every_cookie_of_signing_in_is_for_this_host_alone(https, mailoutbox):
    User.objects.create_user("ann@example.org", "Ann", language="en")
    client = Client(**https)
    answers = [client.get("/en/account/sign-in/"), client.post("/en/account/sign-in/", {"email": "ann@example.org"})]
    run_jobs()
    answers.append(client.post(answers[-1]["Location"], {"code": code_in(mailoutbox[-1].body)}))
    answers.append(client.get("/en/account/"))
    assert answers[-1].context["user"].email == "ann@example.org"
    assert [fault for answer in answers for fault in faults_of("", answer, signed_in=False)] == []
    assert {"__Host-portal_session", "__Host-portal_csrf"} == set(client.cookies)


def test_plain_names_are_for_http_on_a_loopback_address_alone(settings):
    read = production()
    assert (read["SESSION_COOKIE_NAME"], read["CSRF_COOKIE_NAME"]) == ("__Host-portal_session", "__Host-portal_csrf")
    assert (settings.SESSION_COOKIE_NAME, settings.LOOPBACK, settings.HTTPS) == ("portal_session", True, False)


def test_http_leads_to_https_and_nothing_is_served_there(https):
    answer = Client().get("/en/account/?next=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/en/account/?next=1")
    assert not answer.cookies
    assert not answer.content


def test_what_is_refused_before_its_view_is_kept_by_no_cache(client, monkeypatch):
    asked_to_sign_in = client.get("/en/account/")
    assert (asked_to_sign_in.status_code, asked_to_sign_in["Cache-Control"]) == (302, "private, no-store")
    strict = Client(enforce_csrf_checks=True).post("/en/account/sign-in/", {"email": "a@example.org"})
    assert (strict.status_code, strict["Cache-Control"]) == (403, "private, no-cache")
    monkeypatch.setattr("accounts.middleware.LimitsMiddleware.allows", lambda *_: False)
    too_often = client.get("/en/search/?q=x")
    assert (too_often.status_code, too_often["Cache-Control"]) == (429, "private, no-cache")


def test_the_page_for_a_lost_database_is_shut_like_every_other(client, monkeypatch):
    def lost(*_arguments: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("programme.views.pages.page", lost)
    client.raise_request_exception = False
    answer = client.get("/en/help/")
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (503, "nosniff")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
