"""More time: for one bid, or for a whole round after an outage."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.database import append_only

from .bids import Bid
from .rounds import Stage


@append_only
class Extension(models.Model):
    """A later closing of a stage, with its reason. With a `bid` for that bid alone; without one the stage itself was
    moved from `was_closes_at` to `closes_at` for everybody. It is never shorter, and never taken back."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="extensions")
    bid = models.ForeignKey(Bid, null=True, on_delete=models.PROTECT, related_name="extensions")
    was_closes_at = models.DateTimeField()
    closes_at = models.DateTimeField(_("New closing time"))
    reason_en = models.TextField(_("Reason (English)"))
    reason_cy = models.TextField(_("Reason (Welsh)"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="extension_is_later", condition=Q(closes_at__gt=F("was_closes_at"))),
            models.CheckConstraint(name="extension_has_its_reason", condition=~Q(reason_en="") & ~Q(reason_cy="")),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.closes_at}"

    @property
    def reason(self) -> Text:
        return Text(self.reason_en, self.reason_cy)
