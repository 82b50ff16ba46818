"""Standing items: with what the agenda of every meeting of a board begins and ends."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked

from .boards import Board
from .purposes import Purpose


@tracked()
class StandingItem(BilingualModel):
    """An item that each new meeting of the board begins with; `at_end`: that its agenda ends with."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="standing_items")
    position = models.PositiveSmallIntegerField(pgettext_lazy("of an item", "Number"), default=1)
    title = Bilingual(label=_("Title"), max_length=200)
    kind = models.CharField(_("Purpose"), max_length=12, choices=Purpose.choices, default=Purpose.INFORMATION)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    oral = models.BooleanField(_("Oral item, without a paper"), default=True)
    at_end = models.BooleanField(_("At the end of the agenda"), default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at_end", "position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="standing_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(name="standing_kind_known", condition=Q(kind__in=Purpose.values)),
            models.CheckConstraint(name="standing_minutes_not_zero", condition=Q(minutes=None) | Q(minutes__gt=0)),
        ]

    def __str__(self) -> str:
        return str(self.title)
