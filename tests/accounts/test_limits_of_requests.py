"""How often one may send, upload and search, counted in the database for all workers alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.client import RequestFactory
from django.urls import resolve, reverse, translate_url

from accounts import middleware
from accounts.limits import within
from accounts.middleware import FORM, SEARCH, SIGN_IN, UPLOAD, Rate, rate_of
from accounts.models import Limit
from accounts.views import profile
from tests.accounts.conversation import ASK
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


SIGNING_IN = ["sign-in/", "sign-in/code/", "sign-in/second-step/", "sign-in/council/torfaen/", "second-step/app/"]


@pytest.mark.parametrize("path", SIGNING_IN)
def test_what_is_sent_to_the_pages_of_signing_in_counts_as_that(path):
    asked = f"/en/account/{path}"
    assert rate_of(MAKE.post(asked), resolve(asked).func) is SIGN_IN
    assert rate_of(MAKE.get(asked), resolve(asked).func) is None


@pytest.mark.django_db
def test_whoever_tries_many_addresses_from_one_place_is_refused_after_sixty_a_minute():
    """Beside the three codes a minute of each address: the tries of one place count together."""
    asked = [Client().post(ASK, {"email": ""}).status_code for _time in range(61)]
    assert (set(asked[:60]), asked[60]) == ({422}, 429)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post(ASK, {"email": ""}).status_code == 422


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
    assert Limit.objects.get().count == 500
