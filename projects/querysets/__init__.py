"""How plans, projects and updates are read."""

from .backlog import in_backlog
from .plans import PlanChangeQuerySet, StrategyQuerySet
from .projects import (
    BY_URGENCY,
    NONE,
    UNCONFIRMED,
    DeliverableQuerySet,
    DeliveryPlanQuerySet,
    ProjectQuerySet,
    StatusUpdateQuerySet,
)
from .snapshots import SnapshotQuerySet

__all__ = [
    "BY_URGENCY",
    "NONE",
    "UNCONFIRMED",
    "DeliverableQuerySet",
    "DeliveryPlanQuerySet",
    "PlanChangeQuerySet",
    "ProjectQuerySet",
    "SnapshotQuerySet",
    "StatusUpdateQuerySet",
    "StrategyQuerySet",
    "in_backlog",
]
