"""What was sent, word for word, and when it reached the portal."""

import hashlib
import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.querysets import SubmissionQuerySet
from wlga_portal.kernel.database import append_only

from .bids import Bid
from .rounds import StageKind, Topic


def digest(snapshot: dict[str, Any]) -> str:
    """The SHA-256 of a snapshot in one fixed spelling: keys sorted, no spaces, UTF-8."""
    spelled = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


@append_only
class Submission(models.Model):
    """One sending of a bid: an immutable snapshot with its hash. `received_at` is when the request reached the portal,
    before any lock or queue. A bid that was withdrawn and sent again has another, with the next number."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(default=1)
    stage = models.CharField(max_length=12, choices=StageKind.choices, default=StageKind.STATEMENTS)
    reference = models.CharField(_("Reference"), max_length=30)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("Title of the bid"), max_length=160)
    language = models.CharField(max_length=2)
    amount_pence = models.BigIntegerField(_("Amount asked for"), null=True)
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("Received"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["bid", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="submission_numbered_once", fields=["bid", "number"]),
            models.CheckConstraint(name="submission_has_its_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="submission_amount_not_negative", condition=Q(amount_pence=None) | Q(amount_pence__gte=0)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["received_at"], name="submission_by_receipt")]

    def __str__(self) -> str:
        return f"{self.reference}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("fund:submission_page", kwargs={"slug": self.bid.slug, "number": self.number})

    @property
    def is_whole(self) -> bool:
        """Whether the snapshot still has the hash that was given on its receipt."""
        return digest(self.snapshot) == self.sha256
