"""When the translation of a bid is waited for, and when it is there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class TranslationStatus(models.TextChoices):
    """Where the translation of a submitted bid stands."""

    WAITING = "waiting", pgettext_lazy("status of a translation", "To be translated")
    DONE = "done", pgettext_lazy("status of a translation", "Translated")


TRANSLATION = Workflow(
    "bid_translation",
    TranslationStatus,
    [
        Transition(
            "finish",
            {TranslationStatus.WAITING},
            TranslationStatus.DONE,
            label=_("The translation is done"),
            done=pgettext_lazy("what was done", "Translation done"),
        ),
        Transition(
            "reopen",
            {TranslationStatus.DONE},
            TranslationStatus.WAITING,
            label=_("Work on it again"),
            done=pgettext_lazy("what was done", "Translation taken up again"),
        ),
    ],
)
