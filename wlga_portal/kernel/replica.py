"""Reading from a streaming replica, where `DATABASE_REPLICA_URL` names one, so that everybody reads their own writes.

A page that is only read (GET, HEAD) takes its rows from the replica, unless

- this browser has written something that the replica has not got yet: the answer to a write puts the position of the
  database's log (LSN) into a cookie, and until the replica has passed it the browser's pages come from the primary;
- the request itself has written something: from then on it reads where it wrote;
- the row is about who somebody is and may do (accounts, sessions): that is read from the primary, always;
- the replica does not answer, or is no replica any more: then everybody reads from the primary, at once.

What a page asks by SQL of its own goes to the primary, as do jobs and commands.
"""

import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)
REPLICA = "replica"
# Who somebody is, and what they may do: one lagging answer here would let somebody in who is out.
PRIMARY_APPS = frozenset({"accounts", "account", "mfa", "usersessions", "socialaccount", "sessions", "auth"})
LSN = re.compile(r"^[0-9A-F]{1,8}/[0-9A-F]{1,8}$")
LOOK_AGAIN = 2.0  # seconds for which "the replica answers" is believed, and "it does not" too
REMEMBER = 24 * 3600  # seconds: longer than any replica lags; the cookie goes as soon as the replica has caught up

_reads: ContextVar[bool] = ContextVar("reads_from_replica", default=False)
_wrote: ContextVar[bool] = ContextVar("has_written", default=False)


class Router:
    """Where a query of the ORM goes."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        if _reads.get() and not _wrote.get() and model._meta.app_label not in PRIMARY_APPS:
            return REPLICA
        return DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **_hints: Any) -> str:
        if model._meta.app_label not in PRIMARY_APPS:  # those are read from the primary anyway
            _wrote.set(True)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class Health:
    """Whether the replica can be read; asked anew every two seconds, so that a lost one costs no page."""

    def __init__(self) -> None:
        self.until, self.usable = 0.0, False

    def good(self) -> bool:
        if time.monotonic() >= self.until:
            self.usable = self.look()
            self.until = time.monotonic() + LOOK_AGAIN
        return self.usable

    def look(self) -> bool:
        try:
            said = asked("SELECT pg_is_in_recovery()")
        except Error:
            said = None
        if said is not True and self.usable:
            logger.warning("The replica cannot be read: pages come from the primary.")
        return said is True

    def lost(self) -> None:
        """Something went wrong just now: do not believe the last look."""
        self.usable, self.until = False, time.monotonic() + LOOK_AGAIN


health = Health()


def asked(sql: str, *values: Any) -> Any:
    """One value from the replica."""
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def position() -> str:
    """How far the primary has written its log."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
        return str(cursor.fetchone()[0])


def passed(lsn: str) -> bool:
    """Whether the replica has what the primary had written there. An LSN that is none is never passed."""
    if not LSN.match(lsn):
        return False
    try:
        return asked("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", lsn) is True
    except Error:
        health.lost()
        return False


class ReplicaMiddleware:
    """Chooses for each request, and marks the browser that has written. It stands before sessions are opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.REPLICATED:
            return self.get_response(request)
        mark = request.COOKIES.get(settings.REPLICA_COOKIE, "")
        caught_up = not mark or (health.good() and passed(mark))
        reads = request.method in {"GET", "HEAD"} and caught_up and health.good()
        reading, writing = _reads.set(reads), _wrote.set(False)
        try:
            response = self.get_response(request)
            wrote = _wrote.get() or request.method not in {"GET", "HEAD"}
        finally:
            _reads.reset(reading)
            _wrote.reset(writing)
        if getattr(request, "database_is_lost", False) and reads:
            health.lost()
        elif wrote:
            self.remember(response)
        elif mark and caught_up:
            response.delete_cookie(settings.REPLICA_COOKIE)
        return response

    def remember(self, response: HttpResponse) -> None:
        try:
            lsn = position()
        except Error:  # the database went away after the answer was made: nothing can be said of the log
            return
        response.set_cookie(
            settings.REPLICA_COOKIE, lsn, max_age=REMEMBER, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
