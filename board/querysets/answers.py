"""How substitutes are read."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from ..models import Substitute


class SubstituteQuerySet(models.QuerySet["Substitute"]):
    """People who may come for the holder of a seat."""

    def on(self, day: date) -> "SubstituteQuerySet":
        """Those who may come on that day."""
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def with_people(self) -> "SubstituteQuerySet":
        return self.select_related("person__user")
