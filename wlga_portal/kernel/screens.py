"""Screens: every view stands behind one guard, in one form, and nothing is public unless it says so."""

import functools
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse, translate_url
from django.utils.translation import override

from .bilingual import LANGUAGES

View = Callable[..., HttpResponse]
PRESSED = "pressed"  # sent along by the buttons of the front page, which follows what they did
FRONT = "programme:front"


@dataclass(frozen=True, slots=True)
class Guard:
    """What a screen asks before it is drawn; the test that walks every URL reads it."""

    public: bool
    may: Callable[..., bool] | None
    find: Callable[..., Any] | None
    methods: tuple[str, ...]


def signed_in(user: Any) -> bool:
    """The rule of a screen that shows everybody what is their own."""
    return bool(user.is_authenticated)


def screen(
    *,
    public: bool = False,
    may: Callable[..., bool] | None = None,
    find: Callable[..., Any] | None = None,
    methods: Collection[str] = ("GET", "HEAD", "POST"),
) -> Callable[[View], View]:
    """Guard a view.

    `public`: no sign-in. `find(request, **url)` gives the object from what this person may see, or raises Http404 or
    DoesNotExist; the view gets it as its second argument. `may(user)` or `may(user, object)` says whether the person
    may be here: 403 if not. `methods`: the others answer 405.
    """
    guard = Guard(public, may, find, tuple(methods))
    if not public and may is None and find is None:
        raise ValueError("a screen that is not public names a rule or finds its object")

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **url: Any) -> HttpResponse:
            if request.method not in guard.methods:
                return HttpResponseNotAllowed(guard.methods)
            if find is None:
                if may is not None and not may(request.user):
                    raise PermissionDenied
                return followed(request, view(request, **url))
            try:
                found = find(request, **url)
            except ObjectDoesNotExist as error:
                raise Http404 from error
            if may is not None and not may(request.user, found):
                raise PermissionDenied
            return followed(request, view(request, found))

        guarded.guard = guard  # type: ignore[attr-defined]  # read by the test that walks every URL
        return login_not_required(guarded) if public else guarded

    return decorate


def followed(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What was done by a button of the front page leads back to it; a page that asks for more stays as it is."""
    if request.method == "POST" and PRESSED in request.POST and answer.status_code == 302:
        answer.headers["Location"] = reverse(FRONT)
    return answer


def set_languages(request: HttpRequest, thing: Any) -> None:
    """Tell the language switch both addresses of the object that the page is about."""
    addresses = {}
    for language in LANGUAGES:
        with override(language):
            addresses[language] = thing if isinstance(thing, str) else thing.get_absolute_url()
    request.alternate_languages = addresses  # type: ignore[attr-defined]  # read by `kernel.context`


def set_addresses(request: HttpRequest, name: str, **parts: Any) -> None:
    """The same for the page `name` below an object: a part of the address that has slugs gives the one of each."""
    addresses = {}
    for language in LANGUAGES:
        with override(language):
            given = {key: getattr(part, "slug", part) for key, part in parts.items()}
            addresses[language] = reverse(name, kwargs=given)
    request.alternate_languages = addresses  # type: ignore[attr-defined]  # read by `kernel.context`


def languages_of(request: HttpRequest) -> dict[str, str]:
    """The address of this page in each language, its query kept."""
    known: dict[str, str] = getattr(request, "alternate_languages", {})
    query = request.META.get("QUERY_STRING", "")
    return {
        language: (known.get(language) or translate_url(request.path, language)) + (f"?{query}" if query else "")
        for language in LANGUAGES
    }


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page drawn from a template."""
    return TemplateResponse(request, template, context or {}, status=status).render()
