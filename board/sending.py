"""What the script of the meeting day is told: a tablet on a bad line keeps a form until the portal says it has it."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

View = Callable[..., HttpResponse]


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script sends, which cannot see where a redirect leads."""
    return request.headers.get("Accept", "").startswith("application/json")


def told_to_script(view: View) -> View:
    """Where the view redirects, its work is done: the script is told so, and where to go. Every other answer is a page,
    which the script leaves to the browser; a redirect without this word is that of the sign-in."""

    @functools.wraps(view)
    def told(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        answer = view(request, *args, **options)
        if request.method == "POST" and wants_json(request) and isinstance(answer, HttpResponseRedirect):
            return JsonResponse({"next": answer["Location"]})
        return answer

    return told
