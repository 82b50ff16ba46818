"""What every request passes: the probes, the page for a lost database, the rules of caching."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from .files import FilesAway
from .health import INSIDE, PROBES, asked_from_inside

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

RETRY_SECONDS = 30
PUBLIC_SECONDS = 60
DEVICES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "serial",
    "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{name}=()" for name in DEVICES)
# What shuts a page, also the one that stands in for a lost database.
SHUT = (
    "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy",
    "Referrer-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options",
)  # fmt: skip
# Shown when even the page's template cannot be drawn.
LAST_WORDS = (
    '<!DOCTYPE html><html lang="cy"><head><meta charset="utf-8"><title>503</title></head><body>'
    "<p>Nid yw’r porth ar gael am y tro. Rhowch gynnig arall arni ymhen munud.</p>"
    '<p lang="en">The portal is not available for the moment. Try again in a minute.</p></body></html>'
)


def database_is_lost(error: BaseException | None) -> bool:
    """Whether an exception, or what caused it, says that the database cannot be used now.

    A pool with no free connection, a broken or refused connection, a shutdown and a cancelled statement all are
    `OperationalError`s by the time they leave Django; `InterfaceError` is a connection that was closed under us.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, (OperationalError, InterfaceError)):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


@receiver(got_request_exception)
def notice_lost_database(sender: Any, request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """Sent inside the `except` that turns an exception of a view or of any middleware into a response."""
    if request is not None and database_is_lost(sys.exc_info()[1]):
        request.database_is_lost = True  # type: ignore[attr-defined]  # read below


def unavailable() -> HttpResponse:
    """The page in both languages that needs no database: drawn without the request, whose session and user are rows."""
    try:
        content: str = render_to_string("503.html", {"retry_seconds": RETRY_SECONDS})
    except Exception:
        logger.exception("503.html could not be drawn")
        content = LAST_WORDS
    return HttpResponse(content, status=503, headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"})


class HealthMiddleware:
    """Answers the probes before sessions, redirects and hosts are looked at, and stands in for a lost database.

    It must be the first: every exception inside it has become a response by the time it comes back here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # deadlines are asked of this moment: before sessions, locks and queues of the database
        request.received_at = timezone.now()  # type: ignore[attr-defined]  # read by `fund.clock`
        probe = PROBES.get(request.path_info)
        if probe is not None and (request.path_info not in INSIDE or asked_from_inside(request)):
            response = probe(request)
            response["Cache-Control"] = "no-store"
            return response
        response = self.get_response(request)
        if getattr(request, "database_is_lost", False):
            page = unavailable()
            for name in SHUT:
                if response.has_header(name):
                    page[name] = response[name]
            return page
        return response


class FilesMiddleware:
    """A store of files that is away closes the pages that need one of its files, and no other.

    To a script it says so in JSON, in the form in which forms say what is wrong.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, FilesAway):
            return None
        logger.warning(error.why)
        answer: HttpResponse
        if request.headers.get("Accept") == "application/json":
            answer = JsonResponse({"errors": [str(error)]}, status=503)
        else:
            answer = render(request, "files_away.html", status=503)
        answer["Retry-After"] = str(RETRY_SECONDS)
        answer["Cache-Control"] = "no-store"
        return answer


class HeadersMiddleware:
    """What Django has no setting for: no device of the reader is asked for, no other site embeds what is here, and no

    cache keeps an answer of which nobody said that it may (a refusal before the view, a redirect to sign in).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cache-Control", "private, no-store")
        return response


class PrivateCacheMiddleware:
    """A page for one person is kept by no cache; a public page may be, for a minute, by anybody without a cookie.

    It must be the last, next to the view. A view that has set `Cache-Control` knows better and is left alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if not self.public(request):
            patch_cache_control(response, private=True, no_store=True)
        elif response.status_code == 200 and request.method in {"GET", "HEAD"} and not self.personal(request):
            patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
            patch_vary_headers(response, ["Cookie"])
        else:
            patch_cache_control(response, private=True, no_cache=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    @staticmethod
    def public(request: HttpRequest) -> bool:
        """Nobody is signed in and the view says that it is for all."""
        user = getattr(request, "user", None)
        if user is None or user.is_authenticated or request.resolver_match is None:
            return False
        return getattr(request.resolver_match.func, "login_required", True) is False

    @staticmethod
    def personal(request: HttpRequest) -> bool:
        """The page holds a form's secret, or something was put into this visitor's session."""
        return "CSRF_COOKIE" in request.META or request.session.modified or bool(request.COOKIES)
