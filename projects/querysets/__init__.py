"""How plans, projects and updates are read."""

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
    "ProjectQuerySet",
    "StatusUpdateQuerySet",
]
