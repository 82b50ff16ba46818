"""What allauth asks the portal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.http import HttpRequest

from .limits import client_of
from .models import Tenant
from .sealing import seal, unseal

UNKNOWN_CLIENT = "::"  # behind a Unix socket the server names no address


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in is by a code sent to the address; the pages and their words are the portal's own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by a code or by those who give roles, never by a form of the library."""
        return False

    def add_message(self, *args: Any, **options: Any) -> None:
        """The portal's pages say what happened themselves, in the page's language."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_of(request) or UNKNOWN_CLIENT


class TenantAccountAdapter(DefaultSocialAccountAdapter):
    """The councils' identity providers stand in a table of the portal's own; their secrets are sealed there."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """What a provider says of an address proves nothing: accounts are made by a code alone."""
        return False

    def get_requests_session(self) -> Any:
        """What asks a provider: within seconds, and never of another place than the one that was named."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=tenant.key,
                name=str(tenant.organisation),
                client_id=tenant.client_id,
                secret=tenant.secret,
                settings={"server_url": tenant.issuer, "uid_field": "oid", "oauth_pkce_enabled": True},
            )
            for tenant in Tenant.objects.open().filter(key=provider)
        ]


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of second steps are sealed; apps and browsers show them under the portal's name."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return str(settings.PORTAL_NAME)
