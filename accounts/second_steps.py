"""The second step of signing in: who must have one, and whether this session has passed it.

A passkey or an app that shows codes, kept by allauth; recovery codes stand in for a lost one.
"""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from .roles import Role, roles_of

# Whoever in these roles decides, publishes, pays or opens doors signs in by two steps.
STRICT = (
    Role.TEAM, Role.HEAD_OF_DELIVERY, Role.SECRETARIAT, Role.CLEARER, Role.FUND_MANAGER, Role.ASSESSOR, Role.FINANCE,
    Role.ADMINISTRATOR,
)  # fmt: skip
FRESH_SECONDS = 900  # second steps are changed within a quarter of an hour of passing one
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def required(user: Any) -> bool:
    """A role that the person holds today asks for it. The invented people of the demonstration need none."""
    if not settings.SECOND_STEP or (settings.DEMO and user.is_demo):
        return False
    return roles_of(user).has(*STRICT)


def passed_at(request: HttpRequest, user: Any) -> float:
    """When the person last passed a second step in this session, in seconds since 1970; 0 where they never did."""
    return max((one["at"] for one in get_authentication_records(request, user) if one["method"] == "mfa"), default=0.0)


def is_fresh(request: HttpRequest) -> bool:
    """Passed a short while ago: what the browser was left open for does not change the person's second steps."""
    return time.time() - passed_at(request, request.user) < FRESH_SECONDS


def steps_of(user: Any) -> Any:
    """The person's passkeys and app, oldest first."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).order_by("created_at", "pk")
