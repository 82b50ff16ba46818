"""When a person was here before: read at sign-in, once for each visit, before Django writes the new moment.

A visit is a session, which ends a day after signing in at the latest. Who was never here before, or signs in without a
browser, has no last visit.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

LAST_VISIT = "last_visit"


def note_last_visit(session: Any, last: datetime | None) -> None:
    """Keep for this visit when the one before began."""
    session[LAST_VISIT] = last.isoformat() if last else ""


def last_visit(request: HttpRequest) -> datetime | None:
    """When the visit before this one began."""
    session: Any = getattr(request, "session", {})
    kept = session.get(LAST_VISIT, "")
    return datetime.fromisoformat(kept) if kept else None
