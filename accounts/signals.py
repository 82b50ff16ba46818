"""What happens at each sign-in, whichever way it came about.

These receivers stand before Django's own, which writes the moment of this sign-in: `accounts` is installed before
`django.contrib.auth`.
"""

import logging
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from wlga_portal.kernel.context import BEGUN, SIGNED_IN, begin
from wlga_portal.kernel.visits import note_last_visit

from .models import User

logger = logging.getLogger(__name__)


@receiver(user_logged_out)
def note_sign_out(sender: Any, user: User | None, **_kwargs: Any) -> None:
    """Signing out is in the log too."""
    if user is not None:
        logger.info("signed out: person %s", user.pk)


@receiver(user_logged_in)
def note_session(sender: Any, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """The list of sessions shows this one; a session without a browser (a test's) is not listed."""
    logger.info("signed in: person %s", user.pk)
    if request is not None and hasattr(request, "session"):
        begin(request.session)
        request.session[SIGNED_IN] = request.session[BEGUN]
        note_last_visit(request.session, user.last_login)
    if request is not None and getattr(request, "user", None) == user:
        UserSession.objects.create_from_request(request)
