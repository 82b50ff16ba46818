"""What the pages tell the worker on a person's device."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .device import person_key

PERSON = "Portal-Person"


class PersonMiddleware:
    """Says whose page this is, by a key that says nothing else: the copies of anybody else then leave the device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers[PERSON] = person_key(request.user)
        return response
