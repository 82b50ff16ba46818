"""What an item asks of the board."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Purpose(models.TextChoices):
    """What an item, and its paper, ask of the board."""

    INFORMATION = "information", pgettext_lazy("purpose", "For information")
    DISCUSSION = "discussion", pgettext_lazy("purpose", "For discussion")
    DECISION = "decision", pgettext_lazy("purpose", "For decision")
