"""What each body's share was and would be, in a change of an award that was asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from wlga_portal.kernel.database import append_only

from .reports import Variation


@append_only
class VariationShare(models.Model):
    """One share before and after a change: what is answered is what was asked for, to the penny."""

    variation = models.ForeignKey(Variation, on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    old_pence = models.BigIntegerField()
    new_pence = models.BigIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["variation", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="variation_share_not_negative", condition=Q(old_pence__gte=0, new_pence__gte=0)
            ),
            models.UniqueConstraint(name="variation_share_one_to_a_body", fields=["variation", "organisation"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.old_pence}, {self.new_pence}"
