"""What the web's processes count for Prometheus: requests by view, how long they took, connections.

Each process writes into files of `METRICS_DIR`, which outlive it; `metrics_page.py` adds them up.
"""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from prometheus_client import Counter, Gauge, Histogram

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
NO_VIEW = "none"  # an address that is not there

requests = Counter("portal_requests", "Requests answered", ["view", "method", "status"])
durations = Histogram("portal_request_seconds", "How long a request took", ["view"], buckets=SECONDS)
pool = Gauge("portal_pool", "Connections of the web's pools", ["state"], multiprocess_mode="livesum")


def count_request(request: HttpRequest, status: int, seconds: float) -> None:
    """One request more: by its view, never by its address, which may be somebody's."""
    if not settings.METRICS_PORT:
        return
    match = request.resolver_match
    view = (match.view_name if match is not None else "") or NO_VIEW
    method = request.method if request.method in {"GET", "HEAD", "POST"} else "other"
    requests.labels(view, method, str(status)).inc()
    durations.labels(view).observe(seconds)
    for state, value in pool_figures(getattr(connection, "pool", None)).items():
        pool.labels(state).set(value)


def pool_figures(known: Any) -> dict[str, int]:
    """Of a pool of connections: how many there are, are free, and are waited for."""
    if known is None:
        return {}
    said = known.get_stats()
    return {
        "open": said.get("pool_size", 0),
        "free": said.get("pool_available", 0),
        "waiting": said.get("requests_waiting", 0),
    }
