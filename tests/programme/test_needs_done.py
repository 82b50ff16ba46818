"""What waits for a person is done by the button beside it, and the front page follows."""

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.walk import BACKEND
from wlga_portal.kernel import panels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(autouse=True)
def demonstration(settings):
    """As `make run` serves it."""
    settings.DEMO = True


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def pressed(client: Client, press: panels.Press) -> tuple[str, str]:
    """Where the button leads, and what is said there."""
    answer = client.post(press.url, {**press.values, "pressed": "1"})
    assert answer.status_code == 302, (press, answer.status_code)
    page = client.get(answer["Location"]).content.decode()
    said = re.findall(r'<p class="govuk-notification-banner__heading">(.*?)</p>', page, re.DOTALL)
    return answer["Location"], said[0].strip() if said else ""


def test_every_button_of_every_ready_person_does_what_waits_and_leads_back():
    done: dict[str, str] = {}
    for user in User.objects.exclude(demo_slug=""):
        for need in [one for one in panels.needs_of(user) if one.press]:
            before = [(one.text, one.url) for one in panels.needs_of(User.objects.get(pk=user.pk))]
            if (need.text, need.url) not in before:
                continue  # another button did it
            place, said = pressed(client_of(user), need.press)
            assert place == "/en/", need
            assert said, need
            after = [(one.text, one.url) for one in panels.needs_of(User.objects.get(pk=user.pk))]
            assert (need.text, need.url) not in after, (need, said)
            done[need.press.label] = said
    assert done.keys() >= {
        "Agree in principle", "No change, still true", "Take the place", "Approve the request", "Report it done",
        "Clear the paper", "Send to review", "I am coming in person",
    }  # fmt: skip


def test_an_agreement_holds_for_what_was_shown_and_not_for_a_share_that_changed_meanwhile():
    """The page of the consent is shown instead, with the sentence that says so."""
    lead = User.objects.get(demo_slug="lead-cardiff")
    [need] = [one for one in panels.needs_of(lead) if one.press and one.press.values.get("event") == "agree"]
    answer = client_of(lead).post(need.press.url, {**need.press.values, "version": "99", "pressed": "1"})
    assert answer.status_code == 200
    assert "The role or the share changed while you were reading." in answer.content.decode()
    assert need.detail.startswith("Lead: ")


def test_a_button_of_somebody_else_is_not_found_and_changes_nothing():
    owner = User.objects.get(demo_slug="lead-cardiff")
    [need] = [one for one in panels.needs_of(owner) if one.press and one.press.values.get("event") == "agree"]
    for slug in ("lead-torfaen", "officer-torfaen", "board-member"):
        stranger = client_of(User.objects.get(demo_slug=slug))
        assert stranger.post(need.press.url, {**need.press.values, "pressed": "1"}).status_code == 404
    visitor = Client().post(need.press.url, {**need.press.values, "pressed": "1"})
    assert "/sign-in/" in visitor["Location"]
    assert need in panels.needs_of(owner)


def test_the_front_page_draws_each_button_with_its_token_and_its_name():
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(demo_slug="lead-cardiff"), backend=BACKEND)
    page = client.get("/en/").content.decode()
    form = next(one for one in page.split("<form")[1:] if 'name="event" value="agree"' in one).split("</form>")[0]
    assert re.search(r'<button type="submit"[^>]*>Agree in principle<span class="govuk-visually-hidden">: Agree', form)
    url = re.search(r'action="([^"]+)"', form)[1]
    values = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert client.post(url, {name: value for name, value in values.items() if "csrf" not in name}).status_code == 403
    answer = client.post(url, values)
    assert (answer.status_code, answer["Location"]) == (302, "/en/")


def test_a_post_without_the_mark_of_the_front_page_leads_where_it_always_led():
    lead = User.objects.get(demo_slug="lead-cardiff")
    [need] = [one for one in panels.needs_of(lead) if one.press and one.press.values.get("event") == "agree"]
    assert client_of(lead).post(need.press.url, need.press.values)["Location"] == need.press.url != "/en/"
