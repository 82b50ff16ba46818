"""The log of slow queries: how long one took and for which request, with its SQL but without any value."""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

logger = logging.getLogger("portal.slow_query")
SHOWN = 1_000  # characters of the SQL
LITERALS = re.compile(r"'(?:[^']|'')*'|\b\d{5,}\b")  # texts, and numbers that may be somebody's


def install() -> None:
    """Watch every connection from its beginning."""
    connection_created.connect(watch, dispatch_uid="slow queries")


def watch(sender: Any, connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if settings.SLOW_QUERY_MS and timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A query, and a line if it took `PORTAL_SLOW_QUERY_MS` or longer; one that failed has its line too."""
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = (time.perf_counter() - began) * 1000
        if took >= settings.SLOW_QUERY_MS:
            said = LITERALS.sub("…", " ".join(str(sql).split()))[:SHOWN]
            logger.warning("A query was slow: %s", said, extra={"facts": {"ms": round(took)}})
