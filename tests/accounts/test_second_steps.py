"""The second step of signing in: who needs one, taking it by an app or a passkey, setting up, losing it."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions.second_steps import TooOften, count_try, unused_codes
from accounts.roles import Role
from accounts.sealing import unseal
from accounts.second_steps import STRICT
from tests.accounts.conversation import sign_in, signed_in_as
from tests.factories.people import MembershipFactory, UserFactory, person
from wlga_portal.kernel.queue import run_jobs

pytestmark = pytest.mark.django_db
LIST, TAKE, CONFIRM = "/en/account/second-step/", "/en/account/sign-in/second-step/", "/en/account/second-step/confirm/"
APP, PASSKEY, CODES = f"{LIST}app/", f"{LIST}passkey/", f"{LIST}codes/"
SECRET = generate_totp_secret()


@pytest.fixture(autouse=True)
def asked_for(settings):
    settings.SECOND_STEP = True


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as moment:
        yield moment


def code_now(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def with_app(*roles: Role, **fields):
    """A person whose app has SECRET."""
    user = person(*roles, **fields)
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize("role", Role)
def test_the_roles_that_decide_publish_pay_or_open_doors_need_a_second_step_and_no_others(client, role):
    user = person(role)
    client.force_login(user)
    answer = client.get("/en/account/")
    if role in STRICT:
        assert answer["Location"] == f"{LIST}?next=%2Fen%2Faccount%2F"
    else:
        assert answer.status_code == 200


def test_these_are_the_eight_roles_of_the_rule():
    assert set(STRICT) == {
        "team", "head_of_delivery", "secretariat", "clearer", "fund_manager", "assessor", "finance", "administrator",
    }  # fmt: skip


def test_before_the_second_step_nothing_else_opens_and_nothing_is_written(client):
    client.force_login(person(Role.ADMINISTRATOR))
    for path in ("/en/", "/en/account/people/", "/en/projects/", "/cy/"):
        assert client.get(path).status_code == 302, path
    assert client.post("/en/account/details/", {"name": "Other"})["Location"] == LIST
    answer = client.post("/en/account/details/", {"name": "Other"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (403, {"error": "Sign in with your second step first."})
    for path in (LIST, APP, PASSKEY, "/en/account/sign-out/"):
        assert client.get(path).status_code == 200, path


def test_a_person_sets_up_an_app_keeps_the_codes_and_goes_on_to_what_was_wanted(client, clock):
    user = person(Role.TEAM, email="a@example.org")
    assert sign_in(client, "a@example.org")["Location"] == "/en/"
    answer = client.get("/en/account/sessions/")
    page = client.get(answer["Location"]).content.decode()
    assert "Your role asks for a second step." in page
    add = f"{APP}?next=%2Fen%2Faccount%2Fsessions%2F"
    assert add in page
    page = client.get(add).content.decode()
    secret = re.search(r"portal-code[^>]*>([A-Z2-7 ]+)<", page).group(1).replace(" ", "")
    assert '<path d="M' in page
    wrong = client.post(add, {"code": f"{(int(code_now(secret)) + 1) % 10**6:06}"})
    assert wrong.status_code == 422
    assert "The app shows another code now." in wrong.content.decode()
    answer = client.post(add, {"code": code_now(secret)})
    assert answer["Location"] == f"{CODES}?next=%2Fen%2Faccount%2Fsessions%2F"
    page = client.get(answer["Location"]).content.decode()
    codes = unused_codes(user)
    assert len(set(codes)) == 10
    assert all(f"{code[:4]} {code[4:]}" in page for code in codes)
    assert 'href="/en/account/sessions/"' in page
    assert client.get("/en/account/sessions/").status_code == 200
    run_jobs()
    assert mail.outbox[-1].subject == "Your account has a new second step for signing in"
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert secret not in str(dict(client.session))


def test_at_signing_in_nobody_is_in_before_the_second_step(client, clock):
    user = with_app(Role.TEAM, email="a@example.org")
    answer = sign_in(client, "a@example.org")
    assert answer["Location"] == TAKE
    assert signed_in_as(client) is None
    assert client.get("/en/account/").status_code == 302
    page = client.get(TAKE).content.decode()
    assert "Code from your app, or a recovery code" in page
    answer = client.post(TAKE, {"code": f"{code_now()[:3]} {code_now()[3:]}"})
    assert answer["Location"] == "/en/"
    assert signed_in_as(client) == str(user.pk)
    assert client.get("/en/account/").status_code == 200


def test_whoever_set_one_up_freely_is_asked_for_it_too(client, clock):
    with_app(Role.OFFICER, email="a@example.org")
    assert sign_in(client, "a@example.org")["Location"] == TAKE


def test_a_code_of_the_app_works_once_and_for_half_a_minute_before_and_after(client, clock):
    with_app(Role.TEAM, email="a@example.org")
    sign_in(client, "a@example.org")
    code = code_now()
    assert client.post(TAKE, {"code": code}).status_code == 302
    other = Client()
    sign_in(other, "a@example.org")
    answer = other.post(TAKE, {"code": code})
    assert answer.status_code == 422
    assert "That did not fit. Try again, or use a recovery code." in answer.content.decode()
    code = code_now()
    clock.shift(61)
    assert other.post(TAKE, {"code": code}).status_code == 422
    assert signed_in_as(other) is None


def test_a_recovery_code_stands_in_once(client, clock):
    user = with_app(Role.TEAM, email="a@example.org")
    sign_in(client, "a@example.org")
    code = unused_codes(user)[3]
    assert client.post(TAKE, {"code": f"{code[:4]} {code[4:]}"}).status_code == 302
    assert len(unused_codes(user)) == 9
    assert "9 recovery codes are left." in client.get(LIST).content.decode()
    other = Client()
    sign_in(other, "a@example.org")
    assert other.post(TAKE, {"code": code}).status_code == 422


def test_recovery_codes_and_secrets_stand_sealed_and_are_drawn_anew_for_each_person():
    first, second = with_app(Role.TEAM), with_app(Role.TEAM)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    codes = unused_codes(first) + unused_codes(second)
    assert len(set(codes)) == 20
    assert not [code for code in [*codes, SECRET] if code in stored]
    seeds = {unseal(one.data["seed"]) for one in Authenticator.objects.filter(type="recovery_codes")}
    assert {len(seed) for seed in seeds} == {80}  # 320 bits
    assert len(seeds) == 2


def test_five_tries_in_five_minutes_are_all_whatever_browser_they_come_from(client, clock):
    user = with_app(Role.TEAM, email="a@example.org")
    sign_in(client, "a@example.org")
    for _try in range(5):
        assert client.post(TAKE, {"code": "000000"}).status_code == 422
    answer = client.post(TAKE, {"code": code_now()})
    assert "Too many tries. Wait five minutes, then try again." in answer.content.decode()
    assert signed_in_as(client) is None
    with pytest.raises(TooOften):
        count_try(user)
    clock.shift(301)
    assert client.post(TAKE, {"code": code_now()}).status_code == 302


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id": "x"}', '{"id": "eA", "rawId": "eA", "type": "public-key"}']
)
def test_what_is_no_answer_of_a_passkey_is_refused_with_a_sentence(client, answer):
    with_app(Role.TEAM, email="a@example.org")
    sign_in(client, "a@example.org")
    refused = client.post(TAKE, {"credential": answer})
    assert refused.status_code == 422
    assert signed_in_as(client) is None
    other = Client()
    other.force_login(person(Role.OFFICER))
    other.get(PASSKEY)
    refused = other.post(PASSKEY, {"name": "Mine", "credential": answer})
    assert refused.status_code == 422
    assert "The passkey was not set up." in refused.content.decode()


def test_the_page_of_the_second_step_is_for_those_who_took_the_first(client):
    assert client.get(TAKE)["Location"] == "/en/account/sign-in/"
    assert client.get(CONFIRM)["Location"].startswith("/en/account/sign-in/")


def test_a_role_given_to_somebody_who_is_signed_in_asks_at_the_next_request(client, clock):
    user = with_app(Role.OFFICER)
    client.force_login(user)
    assert client.get("/en/account/").status_code == 200
    MembershipFactory(user=user, role=Role.FINANCE)
    answer = client.get("/en/account/")
    assert answer["Location"] == f"{CONFIRM}?next=%2Fen%2Faccount%2F"
    assert client.post(answer["Location"], {"code": code_now()})["Location"] == "/en/account/"
    assert client.get("/en/account/").status_code == 200


def test_second_steps_are_changed_only_shortly_after_taking_one(client, clock):
    user = with_app(Role.OFFICER)
    client.force_login(user)
    step = Authenticator.objects.get(user=user, type="totp")
    remove = reverse("accounts:step_remove", kwargs={"pk": step.pk})
    for path in (APP, PASSKEY, CODES):
        assert client.get(path)["Location"].startswith(CONFIRM), path
    assert client.post(remove)["Location"].startswith(CONFIRM)
    client.post(CONFIRM, {"code": code_now()})
    before = unused_codes(user)
    client.post(CODES, {"new": "1"})
    assert set(unused_codes(user)).isdisjoint(before)
    clock.shift(901)
    assert client.get(CODES)["Location"].startswith(CONFIRM)
    client.post(CONFIRM, {"code": code_now()})
    assert said(client.post(remove))[-1] == "That second step is removed."
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get(CODES)["Location"] == LIST
    assert client.get(CONFIRM)["Location"] == LIST


def test_after_a_change_of_steps_the_pages_lead_to_the_end_of_all_other_sessions(client, clock):
    user = with_app(Role.TEAM)
    client.force_login(user)
    client.post(CONFIRM, {"code": code_now()})
    for page in (LIST, CODES):
        shown = client.get(page).content.decode()
        assert "end the other sessions too" in shown
        assert 'href="/en/account/sessions/"' in shown.partition("<main")[2]


def test_the_last_step_of_a_role_that_asks_for_one_stays(client, clock):
    user = with_app(Role.TEAM)
    client.force_login(user)
    client.post(CONFIRM, {"code": code_now()})
    step = Authenticator.objects.get(user=user, type="totp")
    answer = client.post(reverse("accounts:step_remove", kwargs={"pk": step.pk}))
    assert said(answer)[-1] == "Your role asks for a second step: set up another one before you remove this one."
    assert Authenticator.objects.filter(pk=step.pk).exists()


def test_another_persons_step_is_not_there(client, clock):
    mine, theirs = with_app(Role.OFFICER), with_app(Role.OFFICER)
    client.force_login(mine)
    client.post(CONFIRM, {"code": code_now()})
    step = Authenticator.objects.get(user=theirs, type="totp")
    assert client.post(reverse("accounts:step_remove", kwargs={"pk": step.pk})).status_code == 404


def test_an_administrator_takes_the_steps_of_somebody_who_lost_all_away(client, clock):
    admin, lost = with_app(Role.ADMINISTRATOR), with_app(Role.OFFICER)
    client.force_login(admin)
    client.post(CONFIRM, {"code": code_now()})
    path = reverse("accounts:person_page", kwargs={"public_id": lost.public_id})
    assert "Take the second steps away" in client.get(path).content.decode()
    client.post(path, {"reset": "1"})
    assert not Authenticator.objects.filter(user=lost).exists()
    run_jobs()
    assert mail.outbox[-1].to == [lost.email]
    assert "Take the second steps away" not in client.get(path).content.decode()
    own = reverse("accounts:person_page", kwargs={"public_id": admin.public_id})
    client.post(own, {"reset": "1"})
    assert Authenticator.objects.filter(user=admin).exists()


def test_the_invented_people_of_the_demonstration_need_none_and_only_there(client, settings):
    client.force_login(UserFactory(demo_slug="admin", email="admin@example.org"))
    MembershipFactory(user_id=signed_in_as(client), role=Role.ADMINISTRATOR)
    assert client.get("/en/account/").status_code == 302
    settings.DEMO = True
    assert client.get("/en/account/").status_code == 200


@pytest.mark.parametrize("name", ["step_list", "app_add", "passkey_add"])
def test_the_pages_of_the_second_step_are_in_welsh_too(client, name):
    client.force_login(person(Role.TEAM))
    with translation.override("cy"):
        page = client.get(reverse(f"accounts:{name}"))
    assert page.status_code == 200
    assert '<html lang="cy"' in page.content.decode().replace('<html class="govuk-template" lang', "<html lang")
    assert "second step" not in page.content.decode().lower()


def test_a_session_that_passed_costs_no_further_query(client, clock, settings):
    user = with_app(Role.TEAM)
    client.force_login(user)
    client.post(CONFIRM, {"code": code_now()})
    counts = []
    for asked in (True, False):
        settings.SECOND_STEP = asked
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/account/sessions/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
