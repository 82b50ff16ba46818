"""The API over HTTP: limits, languages, ETags, and JSON for every answer."""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from accounts.limits import client_of, within
from wlga_portal.kernel.screens import screen

from ..opendata.api import description, problem

View = Callable[..., HttpResponse]
READ = ("GET", "HEAD")  # so no form can do anything here, and none needs a token
SECONDS = 60  # of the limit, and for which an answer may be kept


def to_anybody(view: View) -> View:
    """A view of open data: the same for everybody, so any site may read it and any cache keep it for a minute."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *found: Any, **url: Any) -> HttpResponse:
        if not within("api", client_of(request), most=settings.API_LIMIT, seconds=SECONDS):
            response = refuse(429, _("You have asked very often. Wait a minute and ask again."))
            response["Retry-After"] = str(SECONDS)
        else:
            response = fresh(request, view, *found, **url)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answered


def fresh(request: HttpRequest, view: View, *found: Any, **url: Any) -> HttpResponse:
    """The answer with its ETag; 304 without a body where the asker has it already."""
    response = view(request, *found, **url)
    if response.status_code != 200:
        response["Cache-Control"] = "no-store"
        return response
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def refuse(status: int, sentence: Promise | str) -> HttpResponse:
    response = JsonResponse(problem(status, sentence), status=status)
    response["Cache-Control"] = "no-store"
    return response


def endpoint(view: View) -> View:
    """A view of the API as a screen. Its addresses have no language: what it makes itself is in that of `lang`."""

    def spoken(request: HttpRequest, **url: Any) -> HttpResponse:
        asked, request.method = request.method, "GET"  # HEAD is answered like it; the server leaves the body out
        with override("cy" if request.GET.get("lang") == "cy" else "en"):
            response = view(request, **url)
        request.method = asked
        return response

    return csrf_exempt(screen(public=True, methods=READ)(to_anybody(spoken)))


@csrf_exempt
@screen(public=True, methods=READ)
@to_anybody
def api_description(request: HttpRequest) -> HttpResponse:
    """The description of the API, for programs."""
    return JsonResponse(dict(description()), json_dumps_params={"ensure_ascii": False})


@csrf_exempt
@screen(public=True)
@to_anybody
def api_nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address of the API."""
    return refuse(404, _("The API has no such address."))
