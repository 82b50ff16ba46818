"""What allauth asks the portal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from .limits import client_of

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
