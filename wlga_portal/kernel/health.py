"""What a load balancer and an operator ask: is the process alive, can it serve, which release is it."""

import functools
import os
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from psycopg.errors import DiskFull

from wlga_portal import VERSION

Migration = tuple[str, str]


@functools.cache
def expected_migrations() -> frozenset[Migration]:
    """The migrations that this release has on disk: those replaced by a squashed one are not asked for."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.graph.nodes)


def missing_migrations() -> frozenset[Migration]:
    """What this release needs and the database has not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = frozenset(cursor.fetchall())
    return expected_migrations() - applied


@functools.cache
def commit() -> str:
    """The commit that runs: from `PORTAL_COMMIT` (set when an image is built) or git; empty when neither knows."""
    given = os.environ.get("PORTAL_COMMIT", "").strip()
    if given or not (Path(settings.BASE_DIR) / ".git").exists():
        return given
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"],
            cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=5, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def livez(_request: HttpRequest) -> HttpResponse:
    """This process takes requests; nothing else is asked, so that a lost database does not end the process."""
    return HttpResponse("alive\n", content_type="text/plain")


def demand_room() -> None:
    """Let the server write what it does not keep: where its disk is full, this fails as every write does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64kB'")
        cursor.execute("SELECT count(*) FROM generate_series(1, 20000)")  # 300 kB, and so in a temporary file


def readyz(_request: HttpRequest) -> HttpResponse:
    """The database answers, has every migration of this release, and has room to write."""
    try:
        missing = missing_migrations()
        demand_room()
    except Error as error:
        if isinstance(error.__cause__, DiskFull):
            return HttpResponse("the database has no room to write\n", content_type="text/plain", status=503)
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    if missing:
        app, name = min(missing)
        text = f"{len(missing)} migrations are missing, {app}.{name} among them\n"
        return HttpResponse(text, content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


def version(_request: HttpRequest) -> HttpResponse:
    """The release and, where it is known, the commit."""
    known = {"version": VERSION, "commit": commit() or None}
    return JsonResponse(known)


def asked_from_inside(request: HttpRequest) -> bool:
    """No proxy stands between: whatever comes through one says for whom. Where there is none, everybody is inside."""
    return not settings.ALLAUTH_TRUSTED_PROXY_COUNT or "X-Forwarded-For" not in request.headers


PROBES = {"/livez": livez, "/readyz": readyz, "/version": version}
INSIDE = {"/readyz", "/version"}  # nobody else is told how the database is, or which release runs
