"""The log: a line for each request and each fault, with the request's id, and without personal data.

Addresses of people, what a database says of the values of a row, and the words of addresses (they may be somebody's
secret link) stay out: a request is told by its route.
"""

import json
import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse

from . import metrics, telemetry
from .health import PROBES

HEADER = "X-Request-ID"
ADDRESS = re.compile(r"[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;:=]+")
VALUES = re.compile(r"(?m)^(?:DETAIL|CONTEXT|PARAMETERS?):.*$|\(([\w, ]+)\)=\([^)]*\)")
_request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger("portal.request")


def request_id() -> str:
    """The id of the request that is answered now; '' outside of one."""
    return _request_id.get()


def redacted(text: str) -> str:
    """A text of the log without addresses of people and without what PostgreSQL says of values."""
    return ADDRESS.sub("[address]", VALUES.sub(lambda found: f"({found[1]})=(…)" if found[1] else "[values]", text))


class Redacted(logging.Formatter):
    """One line of words, for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        said = f"{super().format(record)}{''.join(f' {name}={value}' for name, value in facts_of(record).items())}"
        return redacted(said)

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = message_of(record)
        return super().formatMessage(record)


class JSONLines(logging.Formatter):
    """One JSON object a line, for a collector of logs."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(message_of(record)),
            **facts_of(record),
        }
        if record.exc_info:
            line["fault"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def message_of(record: logging.LogRecord) -> str:
    """Its message; Django's own about a request without the address that it ends with."""
    said = record.getMessage()
    return said.partition(":")[0] if record.name == "django.request" else said


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a record says beside its message: the id of the request, and what its writer gave as `facts`."""
    found = {"request": request_id()} if request_id() else {}
    return found | getattr(record, "facts", {})


class RequestLogMiddleware:
    """Gives each request its id, which the answer carries too, and writes its line. It must be the first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token, began = _request_id.set(token_hex(8)), time.perf_counter()
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
            _request_id.reset(token)


def route_of(request: HttpRequest) -> str:
    """The route of an address ("en/fund/bids/<slug:slug>/"); its first word alone where there is no route."""
    match = request.resolver_match
    return f"/{match.route}" if match is not None else f"/{request.path_info.lstrip('/').partition('/')[0]}"


def facts(began: float) -> dict[str, Any]:
    return {"facts": {"ms": round((time.perf_counter() - began) * 1000)}}
