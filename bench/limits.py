"""What the measured pages meet that production's do not: no refusal for asking often, and the name of their worker."""

import os

from django.http import HttpRequest, HttpResponse

from accounts.middleware import LimitsMiddleware, Rate
from bench import WORKER


class Unrefused(LimitsMiddleware):
    """Counts each request, as production does, and refuses none; the answer says which worker gave it."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = super().__call__(request)
        response[WORKER] = str(os.getpid())
        return response

    def allows(self, rate: Rate, who: str) -> bool:
        super().allows(rate, who)
        return True
