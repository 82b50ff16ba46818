"""What is sent after the session has ended is not lost."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests.factories.people import person
from tests.walk import BACKEND

pytestmark = pytest.mark.django_db
PROFILE = "/en/account/details/"


@pytest.fixture
def somebody() -> User:
    return person(Role.TEAM)


def sign_in(client: Client, user: User) -> None:
    client.force_login(user, backend=BACKEND)


def send(client: Client, **headers: str) -> str:
    answer = client.post(PROFILE, {"name": "Mared Puw", "language": "en"}, headers=headers)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_what_a_visitor_sends_is_offered_after_signing_in(client, somebody):
    assert send(client).endswith("?next=/en/sent-before-signing-in/")
    sign_in(client, somebody)
    shown = client.get("/en/sent-before-signing-in/").content.decode()
    assert f'action="{PROFILE}"' in shown
    assert '<input type="hidden" name="name" value="Mared Puw">' in shown
    assert '<p class="govuk-body">Mared Puw</p>' in shown
    assert "csrfmiddlewaretoken" not in client.session["sent_without_session"]["fields"]


def test_when_it_is_sent_again_it_is_kept_no_longer(client, somebody):
    send(client)
    sign_in(client, somebody)
    client.post(PROFILE, {"name": "Mared Puw", "language": "en"})
    assert "sent_without_session" not in client.session
    assert client.get("/en/sent-before-signing-in/")["Location"] == "/en/"
    somebody.refresh_from_db()
    assert somebody.name == "Mared Puw"


def test_it_can_be_thrown_away(client, somebody):
    send(client)
    sign_in(client, somebody)
    assert client.post("/en/sent-before-signing-in/")["Location"] == "/en/"
    assert "sent_without_session" not in client.session


def test_another_form_sent_meanwhile_leaves_it_there(client, somebody):
    send(client)
    sign_in(client, somebody)
    client.post("/en/messages/by-mail/", {})
    assert "sent_without_session" in client.session


def test_what_a_script_sends_is_not_kept(client):
    assert send(client, accept="application/json").endswith(f"?next={PROFILE}")
    assert "sent_without_session" not in client.session


def test_more_than_a_form_can_hold_is_not_kept(client):
    answer = client.post(PROFILE, {"name": "a " * 60_000})
    assert str(answer["Location"]).endswith(f"?next={PROFILE}")


def test_the_page_is_for_who_is_signed_in(client):
    assert client.get("/cy/anfonwyd-cyn-mewngofnodi/").status_code == 302
