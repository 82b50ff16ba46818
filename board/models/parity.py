"""Differences between the two languages that somebody accepted."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.database import append_only

from .papers import Paper


@append_only
class Acceptance(models.Model):
    """Somebody looked at a difference between the languages and says why it is right. Never changed, never deleted.

    `key` is of the place and of what differs there: when those words change, the acceptance says nothing any more.
    `said` is the sentence that stood on the page, in the language of whoever accepted it.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="acceptances")
    key = models.CharField(max_length=64)
    said = models.TextField()
    reason = models.CharField(_("Reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["paper", "key"], name="acceptance_once"),
            models.CheckConstraint(name="acceptance_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.said
