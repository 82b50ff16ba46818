"""The forward work programme: what is planned to come to the board, and how it moved from meeting to meeting."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets.forward import PlannedItemQuerySet
from ..states.forward import PLANNED, PlannedStatus
from .boards import Board
from .meetings import AgendaItem, Meeting
from .purposes import Purpose


@tracked()
class PlannedItem(WorkflowModel, BilingualModel):
    """An item that is planned to come to the board. `meeting`: to which one, once that is known.

    `item`: its place on the agenda. A restricted one shows the public its title and the reason, and no more.
    """

    workflow = PLANNED
    status = PLANNED.field()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="planned_items")
    meeting = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="planned_items",
        verbose_name=_("Planned to the meeting"),
    )
    title = Bilingual(label=_("Title"), max_length=200)
    kind = models.CharField(_("Purpose"), max_length=12, choices=Purpose.choices)
    about = Bilingual(label=_("What it is about"), max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="planned_items",
        verbose_name=pgettext_lazy("of an item", "Owner"),
    )
    restricted = models.BooleanField(_("Restricted"), default=False)
    reason = Bilingual(label=_("Reason for the restriction"), max_length=300, blank=True)
    item = models.OneToOneField(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="planned", editable=False
    )

    objects = PlannedItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            PLANNED.constraint("planned_status_known"),
            models.CheckConstraint(name="planned_kind_known", condition=Q(kind__in=Purpose.values)),
            models.CheckConstraint(name="planned_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(
                name="planned_restricted_says_why",
                condition=Q(restricted=False) | (~Q(reason_en="") & ~Q(reason_cy="")),
            ),
            models.CheckConstraint(
                name="planned_placed_has_an_item",
                condition=Q(status=PlannedStatus.PLACED, item__isnull=False, meeting__isnull=False)
                | (~Q(status=PlannedStatus.PLACED) & Q(item=None)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


@append_only
class PlannedMove(models.Model):
    """A planned item went from one meeting to another; an empty side is "to no meeting yet"."""

    planned = models.ForeignKey(PlannedItem, on_delete=models.PROTECT, related_name="moves")
    source = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="planned_move_goes_elsewhere",
                condition=Q(source=None, target__isnull=False)
                | Q(target=None, source__isnull=False)
                | (Q(source__isnull=False, target__isnull=False) & ~Q(source=models.F("target"))),
            )
        ]

    def __str__(self) -> str:
        return f"{self.planned_id}: {self.source_id} > {self.target_id}"
