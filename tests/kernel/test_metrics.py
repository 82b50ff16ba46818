"""Figures for Prometheus: by view, added up over processes, on a port of their own; and the log of slow queries."""

import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from prometheus_client import REGISTRY, generate_latest

from wlga_portal.kernel import metrics, metrics_page, queue, slow_queries, telemetry
from wlga_portal.kernel.logs import JSONLines


def figure(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.mark.django_db
def test_a_request_counts_by_its_view_and_status_and_never_by_its_address(settings):
    settings.METRICS_PORT = 9100
    labels = {"view": "organisations:organisation_page", "method": "GET", "status": "404"}
    before = figure("portal_requests_total", **labels)
    Client().get("/en/councils/a-secret-word/")
    assert figure("portal_requests_total", **labels) == before + 1
    assert figure("portal_request_seconds_count", view="organisations:organisation_page") >= 1
    Client().get("/no/such/thing")
    assert figure("portal_requests_total", view="none", method="GET", status="404") >= 1
    assert b"secret" not in generate_latest(REGISTRY)


@pytest.mark.django_db
def test_without_a_port_nothing_is_counted_and_the_public_port_never_serves_figures(settings):
    settings.METRICS_PORT = 0
    labels = {"view": "organisations:council_list", "method": "GET", "status": "200"}
    before = figure("portal_requests_total", **labels)
    assert Client().get("/en/councils/").status_code == 200
    assert figure("portal_requests_total", **labels) == before
    assert Client().get("/metrics").status_code == 404
    with pytest.raises(CommandError, match="Set PORTAL_METRICS_PORT"):
        call_command("metrics")


def test_a_pool_says_what_it_holds():
    said = SimpleNamespace(get_stats=lambda: {"pool_size": 8, "pool_available": 3, "requests_waiting": 2})
    assert metrics.pool_figures(said) == {"open": 8, "free": 3, "waiting": 2}
    assert metrics.pool_figures(None) == {}


@pytest.mark.django_db
def test_the_database_says_what_waits_and_what_failed():
    found = {
        (sample.name, sample.labels.get("state", "")): sample.value
        for family in metrics_page.DatabaseCollector().collect()
        for sample in family.samples
    }
    assert found["portal_database_up", ""] == 1
    assert (found["portal_jobs", "waiting"], found["portal_jobs", "failed"]) == (0, 0)
    assert (found["portal_mails", "waiting"], found["portal_mails", "sent_last_day"]) == (0, 0)
    assert found["portal_database_bytes", ""] > 1_000_000
    assert found["portal_migrations_missing", ""] == 0


def test_a_lost_database_is_a_figure_too(monkeypatch):
    def lost() -> Any:
        raise OperationalError("no connection")

    monkeypatch.setattr(queue, "state", lost)
    (family,) = metrics_page.DatabaseCollector().collect()
    assert [(sample.name, sample.value) for sample in family.samples] == [("portal_database_up", 0)]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_the_port_of_its_own_adds_up_what_two_processes_counted(tmp_path):
    port = free_port()
    environment = {
        **os.environ,
        "PORTAL_VAR": str(tmp_path),
        "PORTAL_METRICS_PORT": str(port),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "DATABASE_OWNER_URL": "postgresql://nobody@127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "wlga_portal.settings",
    }
    count = (
        "import django; django.setup()\nfrom types import SimpleNamespace as S\n"
        "from wlga_portal.kernel import metrics\n"
        "metrics.pool_figures = lambda known: {'open': 4}\n"
        "metrics.count_request(S(resolver_match=S(view_name='a:b'), method='GET'), 200, 0.2)"
    )
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], env=environment, cwd=configured.BASE_DIR, check=True)
    server = subprocess.Popen(
        [sys.executable, "manage.py", "metrics"], env=environment, cwd=configured.BASE_DIR, stdout=subprocess.DEVNULL
    )
    try:
        status, said = fetched(port, "/metrics")
        assert status == 200
        assert 'portal_requests_total{method="GET",status="200",view="a:b"} 2.0' in said
        assert 'portal_request_seconds_bucket{le="0.25",view="a:b"} 2.0' in said
        assert "portal_database_up 0.0" in said
        assert fetched(port, "/en/") == (404, "not here\n")
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0


def fetched(port: int, path: str) -> tuple[int, str]:
    end = time.monotonic() + 60
    while True:
        one = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            one.request("GET", path)
            answer = one.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.2)
        finally:
            one.close()


@pytest.mark.django_db
def test_a_slow_query_is_logged_with_its_request_and_without_values(settings, caplog):
    with (
        caplog.at_level(logging.WARNING, "portal.slow_query"),
        connection.cursor() as cursor,
    ):
        settings.SLOW_QUERY_MS = 60_000
        cursor.execute("SELECT 1")
        settings.SLOW_QUERY_MS = 20
        cursor.execute("SELECT pg_sleep(0.03), 'ann@example.org', %s", ["a secret"])
    (record,) = [one for one in caplog.records if one.name == "portal.slow_query"]
    assert record.getMessage() == "A query was slow: SELECT pg_sleep(0.03), …, %s"
    assert record.facts["ms"] >= 30
    assert "secret" not in JSONLines().format(record)


def test_every_connection_is_watched_once_and_none_where_it_is_off(settings):
    one = SimpleNamespace(execute_wrappers=[])
    settings.SLOW_QUERY_MS = 0
    slow_queries.watch(None, one)
    assert one.execute_wrappers == []
    settings.SLOW_QUERY_MS = 500
    slow_queries.watch(None, one)
    slow_queries.watch(None, one)
    assert one.execute_wrappers == [slow_queries.timed]


def test_sentry_gets_faults_without_people(settings, monkeypatch):
    begun: dict[str, Any] = {}
    monkeypatch.setitem(sys.modules, "sentry_sdk", SimpleNamespace(init=lambda **given: begun.update(given)))
    settings.SENTRY_DSN = "https://key@sentry.example.org/1"
    telemetry.start()
    assert (begun["send_default_pii"], begun["max_request_body_size"]) == (False, "never")
    event = begun["before_send"](
        {
            "user": {"email": "ann@example.org"},
            "request": {"method": "POST", "url": "https://portal/secret", "data": "typed", "cookies": "c"},
            "exception": {"values": [{"value": "no ann@example.org here"}]},
            "logentry": {"message": "to ann@example.org", "params": ["x"]},
            "breadcrumbs": ["a query"],
        },
        None,
    )
    assert event == {
        "request": {"method": "POST"},
        "tags": {"reference": ""},
        "exception": {"values": [{"value": "no [address] here"}]},
        "logentry": {"message": "to [address]"},
    }


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("SENTRY_DSN", "sentry_sdk", "sentry"), ("OTLP_ENDPOINT", "opentelemetry", "otel")],
)
def test_a_receiver_without_its_library_is_a_sentence(settings, monkeypatch, name, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    setattr(settings, name, "https://receiver.example.org")
    with pytest.raises(ImproperlyConfigured, match=f"install the extra `{extra}`"):
        telemetry.start()


def test_a_trace_knows_the_route_and_not_the_address(monkeypatch):
    said: dict[str, Any] = {}

    class Span:
        def __enter__(self) -> "Span":
            return self

        def __exit__(self, *_: Any) -> None:
            said["ended"] = True

        def update_name(self, name: str) -> None:
            said["name"] = name

        def set_attribute(self, name: str, value: Any) -> None:
            said[name] = value

    monkeypatch.setattr(telemetry, "_tracer", SimpleNamespace(start_as_current_span=lambda name: Span()))
    with telemetry.span("GET") as say:
        say("/en/fund/bids/<slug:slug>/", 200, "abc")
    assert said == {
        "name": "GET /en/fund/bids/<slug:slug>/",
        "http.request.method": "GET",
        "http.route": "/en/fund/bids/<slug:slug>/",
        "http.response.status_code": 200,
        "portal.request_id": "abc",
        "ended": True,
    }
