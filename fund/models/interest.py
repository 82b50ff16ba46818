"""A council has a bid's problem too."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked

from .bids import Bid


class Joining(models.TextChoices):
    """Whether a council that has the problem too would join the bid."""

    YES = "yes", pgettext_lazy("would join", "Yes, we would join")
    MAYBE = "maybe", pgettext_lazy("would join", "Perhaps, we would like to talk")
    NO = "no", pgettext_lazy("would join", "No, but tell us what you learn")


@tracked()
class Interest(models.Model):
    """ "We have this problem too": one for each council and bid, said while the round asks for it."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="interests")
    joining = models.CharField(_("Would your council join the bid?"), max_length=5, choices=Joining.choices)
    comment = models.TextField(_("Comment"), blank=True)
    said_at = models.DateTimeField(auto_now=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="interest_one_of_a_council", fields=["bid", "organisation"]),
            models.CheckConstraint(name="interest_joining_known", condition=models.Q(joining__in=Joining.values)),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.organisation_id}"
