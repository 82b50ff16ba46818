"""When: the statuses of an item of the forward work programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class PlannedStatus(models.TextChoices):
    """Whether an item is to come, stands on an agenda, or is not to come any more."""

    PLANNED = "planned", pgettext_lazy("status of a planned item", "Planned")
    PLACED = "placed", pgettext_lazy("status of a planned item", "On the agenda")
    DROPPED = "dropped", pgettext_lazy("status of a planned item", "Dropped")


PLANNED = Workflow(
    "planned_item",
    PlannedStatus,
    [
        Transition(
            "place",
            {PlannedStatus.PLANNED},
            PlannedStatus.PLACED,
            label=_("Put on the agenda"),
            done=pgettext_lazy("what was done", "Put on the agenda"),
        ),
        Transition(
            "take_back",
            {PlannedStatus.PLACED},
            PlannedStatus.PLANNED,
            label=_("Take off the agenda"),
            done=pgettext_lazy("what was done", "Taken off the agenda"),
        ),
        Transition(
            "drop",
            {PlannedStatus.PLANNED},
            PlannedStatus.DROPPED,
            label=_("Drop the item"),
            done=pgettext_lazy("what was done", "Item dropped"),
            why_required=True,
        ),
        Transition(
            "revive",
            {PlannedStatus.DROPPED},
            PlannedStatus.PLANNED,
            label=_("Plan the item again"),
            done=pgettext_lazy("what was done", "Planned again"),
        ),
    ],
)
