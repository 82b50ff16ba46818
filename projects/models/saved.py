"""A person's own views of the portfolio."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..querysets.saved import SavedViewQuerySet


class SavedView(models.Model):
    """Filters, order and columns of the portfolio under a name. Only its owner sees it; `query` is without a page."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="portfolio_views")
    name = models.CharField(_("Name of the view"), max_length=80)
    query = models.CharField(max_length=1000, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "name"], name="savedview_name_once_for_a_person"),
            models.CheckConstraint(name="savedview_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
