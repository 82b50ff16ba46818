"""Marking an answer as confidential, and taking the mark away."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from fund.clock import demand_open
from fund.models import Answer, Confidentiality
from wlga_portal.kernel.audit import audited


def confidential_mark(answer: Answer, *, reason: str, by: Any, at: datetime | None = None) -> Confidentiality:
    """Mark an answer, or change why. Raises Closed: what is sent stays as it was sent."""
    at = at or timezone.now()
    with audited(by=by, why="answer marked as confidential"):
        demand_open(answer.bid.lock(), at)
        values = {"reason": reason, "by": by, "at": at}
        mark, _made = Confidentiality.objects.update_or_create(answer=answer, defaults=values)
    return mark


def confidential_lift(answer: Answer, *, by: Any, at: datetime | None = None) -> None:
    """The answer is no longer marked. Raises Closed."""
    with audited(by=by, why="answer no longer confidential"):
        demand_open(answer.bid.lock(), at or timezone.now())
        Confidentiality.objects.filter(answer=answer).delete()
