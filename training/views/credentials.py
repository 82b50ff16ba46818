"""What a badge refers to, for the programs that check it: public, without a language, never by cookie."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from wlga_portal.kernel.screens import screen

from .. import badges, keys
from ..models import Certificate, Course

READ = ("GET", "HEAD")
OPEN = {"Access-Control-Allow-Origin": "*"}  # a checker runs in somebody's browser, on another site


def answer(data: dict[str, Any], kind: str = "application/json") -> JsonResponse:
    return JsonResponse(data, content_type=kind, headers=OPEN)


@screen(public=True, methods=READ)
def key_list(request: HttpRequest) -> HttpResponse:
    """The public halves of the portal's keys (JWKS)."""
    return answer({"keys": [key.jwk for key in keys.all_keys()]}, "application/jwk-set+json")


@screen(public=True, methods=READ)
def key_page(request: HttpRequest, name: str) -> HttpResponse:
    """One public key."""
    for key in keys.all_keys():
        if key.name == name:
            return answer(key.jwk, "application/jwk+json")
    raise Http404


@screen(public=True, methods=READ)
def issuer(request: HttpRequest) -> HttpResponse:
    """Who issues badges."""
    return answer({"@context": list(badges.CONTEXTS), **badges.issuer()}, "application/ld+json")


def find_course(_request: HttpRequest, pk: int) -> Course:
    return Course.objects.shown().select_related("stream").get(pk=pk)


@screen(public=True, find=find_course, methods=READ)
def achievement(request: HttpRequest, course: Course) -> HttpResponse:
    """What a badge of this course says was achieved."""
    return answer({"@context": list(badges.CONTEXTS), **badges.achievement(course)}, "application/ld+json")


def find_certificate(_request: HttpRequest, code: str) -> Certificate:
    return Certificate.objects.shown().get(code=code)


@screen(public=True, find=find_certificate, methods=READ)
def certificate(request: HttpRequest, found: Certificate) -> HttpResponse:
    """The id of a badge leads to the page of its certificate, in the reader's language."""
    return redirect(found)


@screen(public=True, methods=READ)
def status_list(request: HttpRequest) -> HttpResponse:
    """Which certificates are withdrawn, signed."""
    return HttpResponse(badges.status_list(), content_type="application/vc+jwt", headers=OPEN)
