"""The statuses of an action, and what takes it to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class ActionStatus(models.TextChoices):
    """Where an action is. Its owner says that it is done; the secretariat closes it for the board."""

    OPEN = "open", pgettext_lazy("status of an action", "Open")
    UNDER_WAY = "under_way", pgettext_lazy("status of an action", "Under way")
    DONE = "done", pgettext_lazy("status of an action", "Reported done")
    CLOSED = "closed", pgettext_lazy("status of an action", "Closed")
    DROPPED = "dropped", pgettext_lazy("status of an action", "Dropped")


WAITING = frozenset({ActionStatus.OPEN, ActionStatus.UNDER_WAY})  # its owner still has something to do

ACTION = Workflow(
    "action",
    ActionStatus,
    [
        Transition(
            "start",
            {ActionStatus.OPEN},
            ActionStatus.UNDER_WAY,
            label=_("Say that it is under way"),
            done=pgettext_lazy("what was done", "Under way"),
        ),
        Transition(
            "report",
            WAITING,
            ActionStatus.DONE,
            label=_("Report it done"),
            done=pgettext_lazy("what was done", "Reported done"),
        ),
        Transition(
            "close",
            {ActionStatus.DONE},
            ActionStatus.CLOSED,
            label=_("Close the action"),
            done=pgettext_lazy("what was done", "Action closed"),
        ),
        Transition(
            "reopen",
            {ActionStatus.DONE, ActionStatus.CLOSED, ActionStatus.DROPPED},
            ActionStatus.OPEN,
            label=_("Open the action again"),
            done=pgettext_lazy("what was done", "Opened again"),
            why_required=True,
        ),
        Transition(
            "drop",
            WAITING,
            ActionStatus.DROPPED,
            label=_("Drop the action"),
            done=pgettext_lazy("what was done", "Action dropped"),
            why_required=True,
        ),
    ],
)
