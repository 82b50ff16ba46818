"""What a bid builds on."""

from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.history import tracked

from .bids import Bid


@tracked()
class Citation(models.Model):
    """Earlier funded work that a bid builds on: a bid that is published here, or a text elsewhere by title and link."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(
        Bid,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Bid of an earlier round"),
    )
    title = models.CharField(_("Title"), max_length=200, blank=True)
    link = models.CharField(
        _("Address of the page"), max_length=500, blank=True, validators=[URLValidator(["https", "http"])]
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="citation_names_one_thing",
                condition=Q(source__isnull=False, title="", link="") | (Q(source=None) & ~Q(title="")),
            ),
            models.CheckConstraint(name="citation_of_another_bid", condition=Q(source=None) | ~Q(source=F("bid"))),
            models.UniqueConstraint(
                name="citation_once_in_a_bid", fields=["bid", "source"], condition=Q(source__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.source.heading if self.source else self.title
