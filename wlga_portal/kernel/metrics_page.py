"""Figures for Prometheus. Nothing here is served on the portal's own port: `manage.py metrics` has one of its own.

What the web's processes counted is read from their files and added up. What the database knows (queue, mail, size) is
asked of it at that moment.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import Error
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from . import operations, queue

logger = logging.getLogger(__name__)
PATH = "/metrics"


class DatabaseCollector(Collector):
    """What the database, the disk and the backups say now."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = list(self.figures())
        except Error:
            logger.warning("The database does not answer: its figures are left out.")
            yield gauge("portal_database_up", "Whether the database answers", [({}, 0)])
            return
        yield gauge("portal_database_up", "Whether the database answers", [({}, 1)])
        yield from found

    def figures(self) -> Iterator[GaugeMetricFamily]:
        jobs, mail, storage, backups = (
            queue.state(),
            operations.mail_state(),
            operations.storage_state(),
            operations.backup_state(),
        )
        states = [("waiting", jobs.waiting), ("running", jobs.running), ("failed", jobs.failed)]
        yield gauge("portal_jobs", "Background jobs", [({"state": state}, count) for state, count in states])
        yield gauge("portal_jobs_late_seconds", "Age of the oldest job that is due", [({}, jobs.late_seconds)])
        yield gauge("portal_workers", "Workers that gave a sign of life", [({}, jobs.workers)])
        mails = [("waiting", mail.waiting), ("failed", mail.failed), ("sent_last_day", mail.sent)]
        yield gauge("portal_mails", "Mail", [({"state": state}, count) for state, count in mails])
        yield gauge("portal_addresses_stopped", "Addresses that refused mail", [({}, mail.stopped)])
        yield gauge("portal_database_bytes", "Size of the database", [({}, storage.database)])
        if storage.free is not None:
            yield gauge("portal_disk_free_bytes", "Free on the disk of the files", [({}, storage.free)])
        if backups.newest is not None:
            age = time.time() - backups.newest.timestamp()
            yield gauge("portal_backup_age_seconds", "Age of the newest backup", [({}, age)])
        known = operations.versions()
        labels = {"version": known.portal, "commit": known.commit, "postgres": known.postgres}
        yield gauge("portal_info", "What runs", [(labels, 1)])
        yield gauge("portal_migrations_missing", "Migrations that the database lacks", [({}, known.missing)])


def gauge(name: str, said: str, values: list[tuple[dict[str, str], float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, said, labels=list(values[0][0]))
    for labels, value in values:
        family.add_metric(list(labels.values()), value)
    return family


def registry() -> CollectorRegistry:
    """All figures: those of every process of the web, and those of the database."""
    made = CollectorRegistry()
    if settings.METRICS_PORT:
        MultiProcessCollector(made, path=str(settings.METRICS_DIR))  # type: ignore[no-untyped-call]  # has no types
    made.register(DatabaseCollector())
    return made


def application() -> Callable[..., Iterable[bytes]]:
    """The WSGI application of the port of its own: `/metrics` and nothing else."""
    figures: Callable[..., Iterable[bytes]] = make_wsgi_app(registry())

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH or environ.get("REQUEST_METHOD") != "GET":
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"not here\n"]
        return figures(environ, start_response)

    return answer
