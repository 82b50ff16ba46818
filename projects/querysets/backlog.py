"""How the backlog is read."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, OuterRef, Subquery

if TYPE_CHECKING:
    from ..models import Project


def in_backlog(projects: models.QuerySet["Project"]) -> models.QuerySet[Any]:
    """Those that wait in the backlog, with `review_on`, `decided_on` and `decision` of their last review.

    The item that is to be looked at first comes first; one without a day comes before all.
    """
    from ..models import BacklogReview

    last = BacklogReview.objects.filter(project=OuterRef("pk")).order_by("-pk")
    decided = last.exclude(decision="dated")
    found: models.QuerySet[Any] = projects.filter(status="backlog").annotate(
        review_on=Subquery(last.values("review_on")[:1]),
        decision=Subquery(decided.values("decision")[:1]),
        decided_on=Subquery(decided.values("decided_on")[:1]),
    )
    return found.order_by(F("review_on").asc(nulls_first=True), "pk")
