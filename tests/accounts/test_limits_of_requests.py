"""How often one may send, upload and search, counted in the database for all workers alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.client import RequestFactory
from django.urls import reverse, translate_url

from accounts import middleware
from accounts.limits import within
from accounts.middleware import FORM, SEARCH, SIGN_IN, UPLOAD, Rate, rate_of
from accounts.views import profile
from tests.factories.people import person
from tests.walk import BACKEND

MAKE = RequestFactory()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.parametrize(
    ("request_", "rate"),
    [
        (MAKE.get("/en/fund/"), None),
        (MAKE.get("/en/fund/?q="), None),
        (MAKE.get("/en/fund/?q=waste"), SEARCH),
        (MAKE.post("/en/fund/", {"title": "Waste"}), FORM),
        (MAKE.post("/en/fund/", "x" * 100_000, content_type="application/x-www-form-urlencoded"), FORM),
        (MAKE.post("/en/fund/", "x" * 100_000, content_type="multipart/form-data; boundary=x"), UPLOAD),
    ],
)
def test_what_a_request_counts_as(request_, rate):
    assert rate_of(request_, profile) is rate


def test_what_is_sent_to_the_pages_of_signing_in_counts_as_that():
    from allauth.account.views import reauthenticate

    assert rate_of(MAKE.post("/en/account/"), reauthenticate) is SIGN_IN


@pytest.mark.django_db
def test_above_the_limit_a_form_is_refused_in_the_readers_language_and_changes_nothing(monkeypatch):
    monkeypatch.setattr(middleware, "FORM", Rate("form", 2, 300))
    anna, ben = person(name="Anna"), person(name="Ben")
    client = signed_in(anna)
    path = reverse("accounts:profile_edit")
    assert [client.post(path, {}).status_code for _time in range(2)] == [422, 422]
    answer = client.post(path, {"name": "Another", "language": "en"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert "Too many requests in a short time" in answer.content.decode()
    anna.refresh_from_db()
    assert anna.name == "Anna"
    assert "Gormod o alwadau ar y porth" in client.post(translate_url(path, "cy"), {}).content.decode()
    assert client.get(path).status_code == 200
    assert signed_in(ben).post(path, {}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_five_hundred_parallel_tries_count_as_five_hundred():
    def attempt(_number: int) -> bool:
        try:
            return within("form", "person 1", most=123, seconds=300)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(500))) == 123
