"""When: the withdrawal of an edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class WithdrawalStatus(models.TextChoices):
    """One person asks for it, another confirms it; then the words are gone for good."""

    ASKED = "asked", pgettext_lazy("status of a withdrawal", "Asked for")
    DONE = "done", pgettext_lazy("status of a withdrawal", "Withdrawn")
    DECLINED = "declined", pgettext_lazy("status of a withdrawal", "Not withdrawn")


WITHDRAWAL = Workflow(
    "withdrawal",
    WithdrawalStatus,
    [
        Transition(
            "confirm",
            {WithdrawalStatus.ASKED},
            WithdrawalStatus.DONE,
            label=_("Withdraw it now"),
            done=pgettext_lazy("what was done", "Edition withdrawn"),
        ),
        Transition(
            "decline",
            {WithdrawalStatus.ASKED},
            WithdrawalStatus.DECLINED,
            label=_("Do not withdraw it"),
            done=pgettext_lazy("what was done", "Withdrawal declined"),
            why_required=True,
        ),
    ],
)
