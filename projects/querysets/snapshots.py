"""How kept pages are read."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from ..models import Snapshot


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Kept pages."""

    def visible_to(self, user: Any) -> "SnapshotQuerySet":
        """Kept pages are public; the demonstration's in demonstration mode alone."""
        if settings.DEMO:
            return self
        return self.filter(Q(project=None) | Q(project__is_demo=False), Q(plan=None) | Q(plan__is_demo=False))
