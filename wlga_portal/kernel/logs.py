"""The log: a line for each request and each fault, with the request's id, and without personal data.

Addresses of people, what a database says of the values of a row, and the words of addresses (they may be somebody's
secret link) stay out: a request is told by its route. How a line is written stands in `log_lines.py`.
"""

import logging
import time
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse

from . import metrics, telemetry
from .health import PROBES
from .log_lines import JSONLines as JSONLines
from .log_lines import Redacted as Redacted
from .log_lines import asked
from .log_lines import redacted as redacted
from .log_lines import request_id as request_id

HEADER = "X-Request-ID"
logger = logging.getLogger("portal.request")


class RequestLogMiddleware:
    """Gives each request its id, which the answer carries too, and writes its line. It must be the first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token, began = asked.set(token_hex(8)), time.perf_counter()
        try:
            with telemetry.span(str(request.method)) as span:
                response = self.get_response(request)
                route = route_of(request)
                span(route, response.status_code, request_id())
            response[HEADER] = request_id()
            if request.path_info not in PROBES:
                logger.info("%s %s %s", request.method, route, response.status_code, extra=facts(began))
                metrics.count_request(request, response.status_code, time.perf_counter() - began)
            return response
        finally:
            asked.reset(token)


def route_of(request: HttpRequest) -> str:
    """The route of an address ("en/fund/bids/<slug:slug>/"); its first word alone where there is no route."""
    match = request.resolver_match
    return f"/{match.route}" if match is not None else f"/{request.path_info.lstrip('/').partition('/')[0]}"


def facts(began: float) -> dict[str, Any]:
    return {"facts": {"ms": round((time.perf_counter() - began) * 1000)}}
