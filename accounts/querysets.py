"""How memberships are read."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from .models import Membership


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Roles of people in organisations."""

    def current(self) -> "MembershipQuerySet":
        """Those that hold today; the last day is included."""
        today = timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=today), starts__lte=today)
