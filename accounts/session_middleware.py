"""How long somebody stays signed in: so long without a request, and so long in all."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.context import BEGUN, SIGNED_IN, begin

SEEN_SECONDS = 300  # that somebody is there is written at most so often


class SessionLimitsMiddleware:
    """Behind the session and before all that asks who somebody is.

    The time without a request is the session's own: the database forgets it then. The time in all is counted here from
    signing in; afterwards the request is a visitor's, and what it sends is kept as of any session that has ended.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if SESSION_KEY in session:
            now = int(time.time())
            if now - session.setdefault(SIGNED_IN, now) >= settings.SESSION_LONGEST_SECONDS:
                logout(request)
            elif now - session.get(BEGUN, 0) >= SEEN_SECONDS:
                begin(session)
                seen = UserSession.objects.filter(session_key=session.session_key)
                seen.update(last_seen_at=datetime.fromtimestamp(now, UTC))
        return self.get_response(request)
