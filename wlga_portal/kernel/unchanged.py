"""What was read is kept in a worker's memory for as long as nobody writes to the database.

PostgreSQL names what a statement can see (`pg_current_snapshot()`): as long as the name is the same, no transaction has
committed, and whatever was read before would be read again. One small query asks for it; the day goes on without any
write, so what was read is kept for a minute at most.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic
from typing import TypeVar

from django.db import connection

Found = TypeVar("Found")
SECONDS = 60
KEPT = 500  # answers in a worker's memory; the one that was asked for longest ago goes first
_kept: "OrderedDict[Hashable, tuple[str, float, object]]" = OrderedDict()


def snapshot() -> str:
    """The name of what a statement sees now; '' within a transaction, which may have written something itself."""
    if connection.in_atomic_block:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def while_unchanged(key: Hashable, read: Callable[[], Found], seen: str) -> Found:
    """What `read` gives, or what it gave under this key when the database was as in `seen`, its snapshot.

    The snapshot is asked for before the reading: what is kept is never older than the name that it is kept under.
    """
    now = monotonic()
    name, since, found = _kept.get(key, ("", 0.0, None))
    if not seen or name != seen or now - since > SECONDS:
        found = read()
        if seen:
            _kept[key] = (seen, now, found)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    if seen:
        _kept.move_to_end(key)
    return found  # type: ignore[return-value]  # under one key stands what one function gives
