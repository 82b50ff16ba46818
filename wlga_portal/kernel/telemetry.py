"""Optional: faults to Sentry, traces by OpenTelemetry. Imported only where the environment names a receiver.

Neither gets addresses of people, what was typed, or the words of an address (they may be a secret link).
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wlga_portal import VERSION

Say = Callable[[str, int, str], None]
KEPT_OF_REQUEST = ("method",)
_tracer: Any = None


def start() -> None:
    """Begin to send what the environment asks for; a sentence where the extra is not installed."""
    global _tracer
    if settings.SENTRY_DSN:
        try:
            import sentry_sdk
        except ImportError as error:
            raise ImproperlyConfigured("SENTRY_DSN is set: install the extra `sentry`, or take it out.") from error
        sentry_sdk.init(
            dsn=settings.SENTRY_DSN,
            release=VERSION,
            send_default_pii=False,
            max_request_body_size="never",
            include_local_variables=False,
            before_send=without_people,
        )
    if settings.OTLP_ENDPOINT:
        try:
            from opentelemetry import trace
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            said = "OTEL_EXPORTER_OTLP_ENDPOINT is set: install the extra `otel`, or take it out."
            raise ImproperlyConfigured(said) from error
        provider = TracerProvider(resource=Resource.create({"service.name": "wlga-portal", "service.version": VERSION}))
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        trace.set_tracer_provider(provider)
        _tracer = trace.get_tracer("wlga_portal")


def without_people(event: dict[str, Any], _hint: Any) -> dict[str, Any]:
    """A fault for Sentry without who, what was sent, and values of rows; with the reference that the person saw."""
    from .logs import redacted, request_id

    for part in ("user", "breadcrumbs", "server_name"):
        event.pop(part, None)
    event["request"] = {name: event.get("request", {}).get(name) for name in KEPT_OF_REQUEST}
    event["tags"] = {"reference": request_id()}
    for one in event.get("exception", {}).get("values", []):
        one["value"] = redacted(str(one.get("value", "")))
    if "logentry" in event:
        event["logentry"] = {"message": redacted(str(event["logentry"].get("message", "")))}
    return event


@contextlib.contextmanager
def span(method: str) -> Iterator[Say]:
    """One request as a span; call what it gives with the route, the status and the request's id."""
    if _tracer is None:
        yield lambda route, status, reference: None
        return
    with _tracer.start_as_current_span(method) as begun:

        def say(route: str, status: int, reference: str) -> None:
            begun.update_name(f"{method} {route}")
            begun.set_attribute("http.request.method", method)
            begun.set_attribute("http.route", route)
            begun.set_attribute("http.response.status_code", status)
            begun.set_attribute("portal.request_id", reference)

        yield say
