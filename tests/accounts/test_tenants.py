"""Signing in with a council's own account: what is believed, what is refused, and whose account it becomes."""

import base64
import hashlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import jwt
import pytest
import requests
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.contrib.messages import get_messages
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Tenant, User
from accounts.roles import Role
from accounts.tenants import SENTENCES, Refused, believed
from tests.accounts import provider as idp
from tests.accounts.conversation import ask, last_code, signed_in_as
from tests.factories.people import CouncilFactory, MailDomainFactory, MembershipFactory, TenantFactory, UserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*:DeprecationWarning"),  # of the provider, which runs in this process
]
ASK, LIST = "/en/account/sign-in/", "/en/account/sign-in/council/"


@pytest.fixture(scope="module")
def provider():
    with idp.provider_running() as address:
        yield address


@pytest.fixture
def tenant(provider):
    council = CouncilFactory(name_en="Torfaen", name_cy="Torfaen")
    return TenantFactory(key="torfaen", organisation=council, issuer=provider, origin=provider, client_id="the-portal")


@pytest.fixture
def sioned(tenant):
    """A person whose account at the council is known."""
    user = UserFactory(email="sioned@torfaen.example.org", name="Sioned", language="en")
    SocialAccount.objects.create(user=user, provider=tenant.key, uid=idp.OID)
    return user


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def refused(client: Client, answer, reason: str) -> None:
    """Nobody is signed in, and the page of signing in by code says why."""
    assert (answer.status_code, answer["Location"]) == (302, ASK)
    assert said(answer)[-1:] == [str(SENTENCES[reason])]
    assert signed_in_as(client) is None


def test_a_known_account_of_the_council_signs_its_person_in(client, tenant, sioned):
    answer = idp.sign_in_at_council(client, tenant.key)
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert signed_in_as(client) == str(sioned.pk)


def test_two_steps_at_the_provider_count_as_one_here_and_the_portal_asks_for_its_own(client, tenant, sioned, settings):
    """Nothing relies on what a provider says of the strength or the time of its sign-in: the least is assumed."""
    settings.SECOND_STEP = True
    MembershipFactory(user=sioned, organisation=tenant.organisation, role=Role.FINANCE)
    idp.sign_in_at_council(client, tenant.key, "strong")
    for path in ("/en/", "/en/account/", "/en/fund/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/en/account/second-step/?next=")
    assert client.post("/en/account/details/", {"name": "x", "language": "en"}).status_code == 302
    sioned.refresh_from_db()
    assert sioned.name == "Sioned"


def test_the_request_carries_a_challenge_a_nonce_and_a_state_and_names_one_callback(client, tenant):
    sent = idp.query(idp.ask(client, tenant.key))
    assert (sent["code_challenge_method"], sent["response_type"], sent["client_id"]) == ("S256", "code", "the-portal")
    assert sent["redirect_uri"] == "http://127.0.0.1:8000/sign-in/torfaen/callback/"
    assert len(sent["nonce"]) >= 32
    assert len(sent["state"]) >= 16
    assert sent["code_challenge"]
    assert set(sent["scope"].split()) == {"openid", "profile", "email"}
    other = idp.query(idp.ask(client, tenant.key))
    assert {sent[name] for name in ("nonce", "state", "code_challenge")}.isdisjoint(other.values())


def test_no_sign_in_begins_without_a_press(client, tenant, sioned):
    """V7.6.2: a link or a picture elsewhere can open an address, and that begins nothing."""
    answer = client.get(f"{LIST}{tenant.key}/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    address = idp.at_provider(idp.ask(Client(), tenant.key))  # somebody else's press
    assert idp.back(client, address)["Location"] == ASK
    assert signed_in_as(client) is None


def test_the_same_number_at_another_council_is_another_person(client, provider, tenant, sioned):
    """V6.8.1: whoever rules a second provider can give its people any number, and becomes nobody of the first."""
    council = CouncilFactory(name_en="Cardiff", name_cy="Caerdydd")
    TenantFactory(key="cardiff", organisation=council, issuer=provider, origin=provider, client_id="another")
    assert idp.sign_in_at_council(client, "cardiff")["Location"] == ASK
    assert signed_in_as(client) is None
    idp.sign_in_at_council(client, tenant.key)
    assert signed_in_as(client) == str(sioned.pk)


def test_no_token_of_a_provider_is_kept_or_reaches_the_browser(client, tenant, sioned, monkeypatch):
    """V10.1.1: what the provider gave is read once, on the server."""
    from allauth.socialaccount.models import SocialToken
    from allauth.socialaccount.providers.oauth2.client import OAuth2Client

    given = {}
    exchange = OAuth2Client.get_access_token
    monkeypatch.setattr(
        OAuth2Client,
        "get_access_token",
        lambda self, code, **known: given.update(exchange(self, code, **known)) or given,
    )
    answer = idp.sign_in_at_council(client, tenant.key)
    assert signed_in_as(client) == str(sioned.pk)
    assert {"access_token", "id_token"} <= set(given)
    assert not SocialToken.objects.exists()
    account = SocialAccount.objects.get()
    seen = f"{dict(client.session)} {answer.headers} {client.cookies} {answer.content!r} {account.extra_data}"
    for name in ("access_token", "id_token"):
        assert given[name] not in seen


def test_the_code_is_exchanged_with_the_verifier_of_the_challenge(client, tenant, sioned, monkeypatch):
    from allauth.socialaccount.providers.oauth2.client import OAuth2Client

    given = {}
    exchange = OAuth2Client.get_access_token
    monkeypatch.setattr(
        OAuth2Client,
        "get_access_token",
        lambda self, code, **known: given.update(known) or exchange(self, code, **known),
    )
    address = idp.ask(client, tenant.key)
    idp.back(client, idp.at_provider(address))
    digest = hashlib.sha256(given["pkce_code_verifier"].encode()).digest()
    assert idp.query(address)["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")


@pytest.mark.parametrize(
    ("sub", "reason"),
    [("iss", "iss"), ("aud", "aud"), ("several", "aud"), ("exp", "exp"), ("nonce", "nonce"), ("nobody", "oid")],
)
def test_a_token_that_is_not_as_it_must_be_is_refused_with_its_sentence(client, tenant, sioned, sub, reason):
    refused(client, idp.sign_in_at_council(client, tenant.key, sub), reason)


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_token_signed_with_what_everybody_knows_or_not_at_all_is_refused(tenant, algorithm):
    claims = {"iss": tenant.issuer, "aud": "the-portal", "iat": 1, "exp": 4_000_000_000, "nonce": "n", "oid": idp.OID}
    secret = "known to everybody who reads the provider’s keys" if algorithm == "HS256" else None
    key = jwt.PyJWK({"kty": "oct", "k": "a25vd24gdG8gZXZlcnlib2R5IHdobyByZWFkcyB0aGUga2V5cw", "alg": "HS256"})
    keys = jwt.PyJWKSet.from_dict({"keys": [{"kty": "oct", "k": "a25vd24", "alg": "HS256"}]})
    keys.keys = [key]
    with pytest.raises(Refused) as found:
        believed(jwt.encode(claims, secret, algorithm=algorithm), keys, tenant=tenant, nonce="n")
    assert found.value.reason == "signature"


@pytest.mark.parametrize("named", ["jwk", "jku", "x5u"])
def test_a_token_that_brings_its_own_key_is_refused(tenant, named):
    """Keys are those of the provider that is listed; where a token says that its key stands counts for nothing."""
    from joserfc.jwk import RSAKey

    own, listed = RSAKey.generate_key(2048, private=True), RSAKey.generate_key(2048, private=False)
    brought = own.as_dict(private=False) if named == "jwk" else "https://evil.example/keys.json"
    claims = {"iss": tenant.issuer, "aud": "the-portal", "iat": 1, "exp": 4_000_000_000, "nonce": "n", "oid": idp.OID}
    token = jwt.encode(claims, jwt.PyJWK(own.as_dict(private=True), "RS256").key, "RS256", headers={named: brought})
    with pytest.raises(Refused) as found:
        believed(token, jwt.PyJWKSet.from_dict({"keys": [listed.as_dict(private=False)]}), tenant=tenant, nonce="n")
    assert found.value.reason == "signature"


@pytest.mark.parametrize(("begins", "reason"), [(-60, None), (3600, "exp")])
def test_a_token_is_believed_from_its_first_moment_on(tenant, begins, reason):
    from joserfc.jwk import RSAKey

    key, now = RSAKey.generate_key(2048, private=True), int(timezone.now().timestamp())
    claims = {"iss": tenant.issuer, "aud": "the-portal", "iat": now - 90, "exp": now + 7200, "nonce": "n"}
    claims |= {"oid": idp.OID, "nbf": now + begins}
    token = jwt.encode(claims, jwt.PyJWK(key.as_dict(private=True), "RS256").key, "RS256")
    keys = jwt.PyJWKSet.from_dict({"keys": [key.as_dict(private=False)]})
    if reason is None:
        assert believed(token, keys, tenant=tenant, nonce="n")["oid"] == idp.OID
    else:
        with pytest.raises(Refused) as found:
            believed(token, keys, tenant=tenant, nonce="n")
        assert found.value.reason == reason


def test_a_provider_that_sends_the_portal_elsewhere_is_not_followed(client, provider, tenant):
    """V15.3.2: an answer that redirects is no answer; nothing is asked of the place that it names."""
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/inside" if len(asked) == 1 else f"{provider}{self.path}")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            pass

    server = HTTPServer(("localhost", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        Tenant.objects.update(issuer=f"http://localhost:{server.server_port}")
        refused(client, client.post(f"{LIST}torfaen/"), "down")
    finally:
        server.shutdown()
        server.server_close()
    assert asked == ["/.well-known/openid-configuration"]


def test_a_token_signed_by_somebody_else_is_refused(client, tenant, sioned, monkeypatch):
    from joserfc.jwk import RSAKey

    from accounts import tenants

    foreign = RSAKey.generate_key(2048, private=False).as_dict(private=False)
    monkeypatch.setattr(tenants, "keys_of", lambda adapter: tenants.jwt.PyJWKSet.from_dict({"keys": [foreign]}))
    refused(client, idp.sign_in_at_council(client, tenant.key), "signature")


def test_a_token_with_another_nonce_is_refused(client, tenant, sioned):
    """The answer to one sign-in of this browser, given to the state of another."""
    first, second = idp.ask(client, tenant.key), idp.ask(client, tenant.key)
    swapped = first.replace(idp.query(first)["nonce"], idp.query(second)["nonce"])
    refused(client, idp.back(client, idp.at_provider(swapped)), "nonce")


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(client, tenant, sioned):
    address = idp.at_provider(idp.ask(Client(), tenant.key))
    refused(client, idp.back(client, address), "state")
    made_up = client.get("/sign-in/torfaen/callback/?code=x&state=made-up", headers={"Accept-Language": "en"})
    refused(client, made_up, "state")


def test_an_answer_after_ten_minutes_is_refused(client, tenant, sioned):
    with time_machine.travel(timezone.now(), tick=True) as clock:
        address = idp.at_provider(idp.ask(client, tenant.key))
        clock.shift(601)
        refused(client, idp.back(client, address), "state")


def test_an_answer_that_was_used_is_refused_by_the_portal_and_its_code_by_the_provider(client, tenant, sioned):
    address = idp.at_provider(idp.ask(client, tenant.key))
    idp.back(client, address)
    client.post("/en/account/sign-out/")
    refused(client, idp.back(client, address), "state")
    fresh = idp.query(idp.ask(client, tenant.key))["state"]
    replayed = address.replace(idp.query(address)["state"], fresh)
    refused(client, idp.back(client, replayed), "code")


def test_an_answer_of_another_provider_is_refused(client, tenant, sioned):
    address = idp.at_provider(idp.ask(client, tenant.key)) + "&iss=https%3A%2F%2Fevil.example"
    refused(client, idp.back(client, address), "iss")


def test_a_tenant_that_is_not_listed_or_closed_is_refused(client, tenant, sioned):
    assert client.post(f"{LIST}unknown/").status_code == 404
    address = idp.at_provider(idp.ask(client, tenant.key))
    Tenant.objects.update(closed_at=timezone.now())
    refused(client, idp.back(client, address), "unlisted")
    assert client.post(f"{LIST}torfaen/").status_code == 404


def test_one_councils_answer_is_nothing_at_anothers_callback(client, provider, tenant, sioned):
    TenantFactory(key="cardiff", issuer=provider, origin=provider, client_id="other")
    address = idp.at_provider(idp.ask(client, tenant.key)).replace("/torfaen/", "/cardiff/")
    refused(client, idp.back(client, address), "state")


def test_whoever_turns_back_at_the_provider_is_told_so(client, tenant):
    for error, reason in (("access_denied", "cancelled"), ("server_error", "refused")):
        state = idp.query(idp.ask(client, tenant.key))["state"]
        refused(client, client.get(f"/sign-in/torfaen/callback/?state={state}&error={error}"), reason)
    state = idp.query(idp.ask(client, tenant.key))["state"]
    refused(client, client.get(f"/sign-in/torfaen/callback/?state={state}"), "refused")


def test_a_provider_that_does_not_answer_leaves_the_code(client, tenant, monkeypatch):
    Tenant.objects.update(issuer="http://localhost:9")
    refused(client, client.post(f"{LIST}torfaen/"), "down")


def test_a_provider_that_answers_nothing_of_use_in_the_middle_leaves_the_code(client, tenant, monkeypatch):
    from accounts import tenants

    def down(adapter):
        raise requests.ConnectionError

    address = idp.at_provider(idp.ask(client, tenant.key))
    monkeypatch.setattr(tenants, "keys_of", down)
    refused(client, idp.back(client, address), "down")


@pytest.mark.parametrize("changed", ["issuer", "origin"])
def test_a_provider_that_calls_itself_otherwise_or_moved_is_not_gone_to(client, provider, tenant, changed):
    Tenant.objects.update(**{changed: provider.replace("localhost", "127.0.0.1")})
    refused(client, client.post(f"{LIST}torfaen/"), "iss")


def test_the_address_that_a_provider_names_signs_nobody_in(client, tenant):
    """The address is a known person's, the account of the council is not linked: a code must prove it first."""
    user = UserFactory(email="sioned@torfaen.example.org", language="en")
    answer = idp.sign_in_at_council(client, tenant.key)
    assert answer["Location"] == ASK
    assert signed_in_as(client) is None
    assert not SocialAccount.objects.exists()
    assert b'value="sioned@torfaen.example.org"' in client.get(ASK).content
    answer = ask(client, "sioned@torfaen.example.org")
    answer = client.post(answer["Location"], {"code": last_code()})
    assert answer["Location"] == "/en/account/council-account/"
    page = client.get(answer["Location"]).content.decode()
    assert "Yes, both are me" in page
    assert not SocialAccount.objects.exists()
    client.post(answer["Location"], {"link": "1"})
    assert [(one.user, one.provider, one.uid) for one in SocialAccount.objects.all()] == [(user, "torfaen", idp.OID)]
    assert client.get(answer["Location"]).status_code == 404
    other = Client()
    idp.sign_in_at_council(other, tenant.key)
    assert signed_in_as(other) == str(user.pk)


def test_an_account_that_its_person_did_not_want_is_not_linked(client, tenant):
    client.force_login(UserFactory())
    answer = idp.sign_in_at_council(client, tenant.key)
    assert answer["Location"] == "/en/account/council-account/"
    assert client.post(answer["Location"], {"leave": "1"})["Location"] == "/en/"
    assert not SocialAccount.objects.exists()


def test_the_first_sign_in_of_a_new_person_makes_an_account_by_the_code_alone(client, tenant):
    MailDomainFactory(domain="torfaen.example.org", organisation=tenant.organisation)
    idp.sign_in_at_council(client, tenant.key)
    assert not User.objects.exists()
    ask(client, "sioned@torfaen.example.org")
    client.post("/en/account/sign-in/code/", {"code": last_code()})
    assert User.objects.get().email == "sioned@torfaen.example.org"


def test_an_account_of_another_person_cannot_be_linked_a_second_time(client, tenant, sioned):
    client.force_login(UserFactory())
    answer = idp.sign_in_at_council(client, tenant.key)
    assert answer["Location"] == "/en/account/"
    assert said(answer) == ["This account of your council belongs to another person’s account here."]
    assert SocialAccount.objects.get().user == sioned


def test_what_a_provider_proved_is_forgotten_after_half_an_hour(client, tenant):
    client.force_login(UserFactory())
    with time_machine.travel(timezone.now(), tick=True) as clock:
        path = idp.sign_in_at_council(client, tenant.key)["Location"]
        clock.shift(1801)
        assert client.post(path, {"link": "1"}).status_code == 404
    assert not SocialAccount.objects.exists()


def test_a_closed_account_is_not_signed_in_by_its_council_either(client, tenant, sioned):
    User.objects.update(is_active=False)
    answer = idp.sign_in_at_council(client, tenant.key)
    assert said(answer) == ["Your account here is closed. Ask those who look after the portal."]
    assert signed_in_as(client) is None


def test_a_person_uses_the_account_of_the_council_no_more(client, tenant, sioned):
    client.force_login(sioned)
    account = SocialAccount.objects.get()
    page = client.get("/en/account/").content.decode()
    path = reverse("accounts:identity_remove", kwargs={"pk": account.pk})
    assert path in page
    stranger = Client()
    stranger.force_login(UserFactory())
    assert stranger.post(path).status_code == 404
    assert Client().post(path)["Location"].startswith(ASK)
    assert client.post(path)["Location"] == "/en/account/"
    assert not SocialAccount.objects.exists()


def test_only_the_page_of_councils_lets_a_form_lead_to_their_providers(client, provider, tenant):
    assert f"form-action 'self' {provider};" in client.get(LIST)["Content-Security-Policy"] + ";"
    for path in (ASK, "/en/", f"{LIST}torfaen/"):
        assert provider not in client.get(path)["Content-Security-Policy"]


def test_the_page_of_councils_says_so_where_there_is_none_and_is_offered_where_there_is(client):
    assert "No council has set this up yet" in client.get(LIST).content.decode()
    assert LIST not in client.get(ASK).content.decode()
    TenantFactory()
    assert LIST in client.get(ASK).content.decode()


def test_the_wish_and_the_language_last_over_the_way_to_the_provider(client, tenant, sioned):
    client.get("/cy/cyfrif/mewngofnodi/cyngor/?next=/cy/cyfrif/sesiynau/")
    answer = idp.back(client, idp.at_provider(idp.ask(client, tenant.key, "cy")))
    assert answer["Location"] == "/en/account/sessions/"
    client.post("/en/account/sign-out/")
    state = idp.query(idp.ask(client, tenant.key, "cy"))["state"]
    answer = client.get(f"/sign-in/torfaen/callback/?state={state}&error=access_denied")
    assert answer["Location"] == "/cy/cyfrif/mewngofnodi/"


def test_a_tenants_secret_is_sealed_in_the_database_and_outside_the_history(tenant, settings):
    from wlga_portal.kernel.history import event_model

    assert "a secret" not in tenant.sealed_secret
    assert tenant.secret == "a secret"
    assert not any(field.name == "sealed_secret" for field in event_model(Tenant)._meta.fields)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret of the portal"
    assert tenant.secret == "a secret"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("tenant_issuer_safe", {"issuer": "http://login.example.org/v2.0"}),
        (
            "tenant_closed_after_opened",
            {"closed_at": timezone.datetime(2020, 1, 1, tzinfo=timezone.get_default_timezone())},
        ),
    ],
)
def test_what_a_tenant_must_be_is_kept_by_the_database(name, fields):
    with pytest.raises(IntegrityError, match=name):
        TenantFactory(**fields)


@pytest.mark.parametrize(
    ("name", "same"), [("tenant_once", ("issuer", "client_id")), ("tenant_one_open_for_a_council", ("organisation",))]
)
def test_no_two_tenants_are_the_same(name, same):
    one = TenantFactory()
    with pytest.raises(IntegrityError, match=name):
        TenantFactory(**{field: getattr(one, field) for field in same})
