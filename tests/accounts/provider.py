"""A council's identity provider: a real one (`oidc-provider-mock`) on the loopback address, and a visitor at it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

import requests
from django.test import Client

OID = "7d9a3c1e-0000-4000-8000-000000000001"


# People of the provider, by what is wrong with their tokens: each claim stands in place of the right one.
PEOPLE: dict[str, dict[str, object]] = {
    "sioned": {"oid": OID},
    "strong": {"oid": OID, "amr": ["pwd", "mfa"], "acr": "https://refeds.org/profile/mfa"},
    "nobody": {},
    "iss": {"oid": OID, "iss": "https://login.example.org/another"},
    "aud": {"oid": OID, "aud": "another-site"},
    "several": {"oid": OID, "aud": ["the-portal", "another-site"]},
    "exp": {"oid": OID, "exp": 1_600_000_000},
    "nonce": {"oid": OID, "nonce": "of another sign-in"},
}


@contextmanager
def provider_running() -> Iterator[str]:
    """The address of a provider; `AUTHLIB_INSECURE_TRANSPORT` need not be set on localhost."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries of the provider, which the portal does not use
        import oidc_provider_mock
    people = [
        oidc_provider_mock.User(sub=sub, claims={"email": "sioned@torfaen.example.org", **claims})
        for sub, claims in PEOPLE.items()
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


def ask(client: Client, key: str, language: str = "en") -> str:
    """The address of the provider's page to which the portal sends a visitor."""
    path = {"en": "/en/account/sign-in/council/", "cy": "/cy/cyfrif/mewngofnodi/cyngor/"}[language]
    answer = client.post(f"{path}{key}/")
    assert answer.status_code == 302
    return answer["Location"]


def at_provider(address: str, sub: str = "sioned") -> str:
    """Sign in there; gives the address of the portal to which the provider sends the visitor back."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    return answer.headers["Location"]


def back(client: Client, address: str):
    """Follow the provider's answer to the portal."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def sign_in_at_council(client: Client, key: str, sub: str = "sioned"):
    """The whole way to the provider and back."""
    return back(client, at_provider(ask(client, key), sub))
