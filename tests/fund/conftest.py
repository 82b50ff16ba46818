"""A signed-in client for each person, and the addresses of the fund."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SignIn = Callable[[Any], Client]


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(user: Any) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend=BACKEND)
        return client

    return sign_in


def url(name: str, language: str = "en", **parts: Any) -> str:
    with override(language):
        return reverse(f"fund:{name}", kwargs=parts or None)
