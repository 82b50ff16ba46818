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

__all__ = [
    "BY_URGENCY",
    "NONE",
    "UNCONFIRMED",
    "DeliverableQuerySet",
    "DeliveryPlanQuerySet",
    "PlanChangeQuerySet",
    "ProjectQuerySet",
    "StatusUpdateQuerySet",
    "StrategyQuerySet",
    "in_backlog",
]
