"""What a council makes clear after its bid was sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.database import append_only, hashed

from .bids import Bid
from .submissions import Submission


@append_only
class Addendum(models.Model):
    """A clarification of a submitted bid. The submission itself stays as it was sent; this stands beside it, and
    cannot be changed either."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="addenda")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField()
    about = models.CharField(_("What it makes clear"), max_length=200)
    content = models.TextField(_("Clarification"))
    language = models.CharField(max_length=2)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="addendum_numbered_once", fields=["bid", "number"]),
            models.CheckConstraint(name="addendum_says_something", condition=~Q(about="") & ~Q(content="")),
            hashed("addendum_has_its_hash"),
        ]

    def __str__(self) -> str:
        return self.about
