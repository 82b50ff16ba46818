"""How often one person, or one address from which nobody is signed in, may send, upload and search."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .limits import client_of, within


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` requests of a kind in `seconds`: far above what a person does whose forms save themselves."""

    kind: str
    most: int
    seconds: int


SIGN_IN = Rate("sign-in", 60, 60)  # beside the limits of codes and second steps themselves (accounts.actions)
SIGNING_IN = {f"accounts.views.{name}" for name in ("sign_in", "second_steps", "tenants")}
FORM = Rate("form", 600, 300)
UPLOAD = Rate("upload", 60, 600)
SEARCH = Rate("search", 120, 60)
LARGE = 64 * 1024  # bytes; a form that carries more than this carries a file


def rate_of(request: HttpRequest, view: Any) -> Rate | None:
    """The limit under which a request falls; reading pages has none."""
    if request.method == "POST":
        if getattr(view, "__module__", "") in SIGNING_IN:
            return SIGN_IN
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        return UPLOAD if size > LARGE and request.content_type == "multipart/form-data" else FORM
    return SEARCH if request.GET.get("q") else None


class LimitsMiddleware:
    """Answers 429 above a limit, before the view reads anything of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def allows(self, rate: Rate, who: str) -> bool:
        """Count one request of `who`; False above the limit."""
        return within(rate.kind, who, most=rate.most, seconds=rate.seconds)

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> HttpResponse | None:
        rate = rate_of(request, view)
        if rate is None:
            return None
        who = f"person {request.user.pk}" if request.user.is_authenticated else f"address {client_of(request)}"
        if self.allows(rate, who):
            return None
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(rate.seconds)
        return response
