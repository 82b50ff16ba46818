"""Signing in at a council's own identity provider (OpenID Connect): what is asked of it, and what is believed.

allauth keeps the state, speaks to the provider and knows the account. What it leaves out is here: a nonce, the
signature of every token, and the exact issuer and audience, each refused with a sentence of its own.
"""

import hmac
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Tenant

SCOPE = ["openid", "profile", "email"]
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]  # never one with a shared secret, never none
LEEWAY_SECONDS = 30  # clocks differ
SENTENCES = {
    "unlisted": _("This council’s sign-in is not set up here, or no longer. Sign in by code."),
    "state": _("This sign-in was not begun in this browser, or more than ten minutes ago. Begin again."),
    "cancelled": _("You did not finish signing in with your council’s account. Try again, or sign in by code."),
    "refused": _("Your council’s sign-in service refused. Try again, or sign in by code."),
    "code": _("Your council’s sign-in service did not accept its own answer: it may be used already. Begin again."),
    "down": _("Your council’s sign-in service does not answer. Sign in by code, or try again in a few minutes."),
    "signature": _("The answer was not signed by your council’s sign-in service. Sign in by code."),
    "iss": _("The answer came from another sign-in service than your council’s. Sign in by code."),
    "aud": _("The answer of your council’s sign-in service was meant for another site. Sign in by code."),
    "exp": _("The answer of your council’s sign-in service is too old. Begin again."),
    "nonce": _("The answer of your council’s sign-in service belongs to another sign-in. Begin again."),
    "oid": _("Your council’s sign-in service did not say who you are. Sign in by code."),
}  # fmt: skip


class Refused(Exception):
    """A sign-in that is not believed; its text is a sentence for the page, `reason` a key of SENTENCES."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(SENTENCES[self.reason])


@dataclass(frozen=True, slots=True)
class Proved:
    """Who signed in at the provider. The address and the name are what it says, and prove nothing here."""

    tenant: Tenant
    uid: str
    email: str
    wanted: str


def callback_url(tenant: Tenant) -> str:
    """The one address that the provider may answer to; it has no language."""
    return settings.BASE_URL + reverse("tenant_callback", kwargs={"key": tenant.key})


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class TenantAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's conversation with one tenant, with a callback of ours."""

    def __init__(self, request: HttpRequest, tenant: Tenant) -> None:
        super().__init__(request, tenant.key)
        self.tenant = tenant

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return callback_url(self.tenant)

    def client(self) -> Any:
        """What speaks to the provider. Raises Refused where the provider does not answer, or names another issuer."""
        try:
            issuer = self.openid_config["issuer"]
            client = self.get_client(self.request, self.get_provider().app)
        except (requests.RequestException, ValueError, KeyError) as error:
            raise Refused("down") from error
        if issuer != self.tenant.issuer:
            raise Refused("iss")
        return client


def begin(request: HttpRequest, tenant: Tenant, *, wanted: str, language: str) -> str:
    """The address of the provider's page. Raises Refused."""
    adapter = TenantAdapter(request, tenant)
    client = adapter.client()
    if origin_of(adapter.authorize_url) != tenant.origin:
        raise Refused("iss")
    challenge = generate_code_challenge()
    nonce = secrets.token_urlsafe(32)
    state = {"verifier": challenge.pop("code_verifier"), "nonce": nonce, "wanted": wanted, "language": language}
    client.state = statekit.stash_state(request, provider_id=tenant.key, state=state)
    return str(client.get_redirect_url(adapter.authorize_url, SCOPE, {**challenge, "nonce": nonce}))


def state_of(request: HttpRequest, key: str) -> dict[str, Any]:
    """What was kept when this sign-in began; it can be taken once. Raises Refused."""
    state = statekit.unstash_state(request, provider_id=key, state_id=request.GET.get("state", ""))
    if state is None:
        raise Refused("state")
    known: dict[str, Any] = state
    return known


def finish(request: HttpRequest, tenant: Tenant, state: dict[str, Any]) -> Proved:
    """Who signed in. Raises Refused."""
    answer = request.GET
    if "error" in answer:
        raise Refused("cancelled" if answer["error"] == "access_denied" else "refused")
    if answer.get("iss", tenant.issuer) != tenant.issuer:  # RFC 9207: another provider's answer
        raise Refused("iss")
    if "code" not in answer:
        raise Refused("refused")
    adapter = TenantAdapter(request, tenant)
    client = adapter.client()
    try:
        token = client.get_access_token(answer["code"], pkce_code_verifier=state["verifier"])
        keys = keys_of(adapter)
    except OAuth2Error as error:
        raise Refused("code") from error
    except (requests.RequestException, ValueError, jwt.PyJWTError) as error:
        raise Refused("down") from error
    claims = believed(str(token.get("id_token", "")), keys, tenant=tenant, nonce=state["nonce"])
    return Proved(tenant, str(claims["oid"]), str(claims.get("email") or ""), state["wanted"])


def keys_of(adapter: TenantAdapter) -> jwt.PyJWKSet:
    """The keys with which the provider signs now."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(adapter.openid_config["jwks_uri"])
        answer.raise_for_status()
        return jwt.PyJWKSet.from_dict(answer.json())


def believed(token: str, keys: jwt.PyJWKSet, *, tenant: Tenant, nonce: str) -> dict[str, Any]:
    """The claims of a token, once everything about it is as it must be. Raises Refused."""
    try:
        named = jwt.get_unverified_header(token).get("kid")
        key = next(key for key in keys.keys if named in (None, key.key_id))
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            issuer=tenant.issuer,
            audience=tenant.client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "iss", "aud"]},
        )
    except jwt.InvalidIssuerError as error:
        raise Refused("iss") from error
    except jwt.InvalidAudienceError as error:
        raise Refused("aud") from error
    except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError) as error:
        raise Refused("exp") from error
    except (jwt.PyJWTError, StopIteration) as error:
        raise Refused("signature") from error
    if claims["aud"] not in (tenant.client_id, [tenant.client_id]):  # a token for several sites is not ours alone
        raise Refused("aud")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Refused("nonce")
    if not claims.get("oid"):
        raise Refused("oid")
    return claims
