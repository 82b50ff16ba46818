"""What a person alone, and those who must know, may see: needs for taking part, and the key of the own calendar.

Neither is in any history: what is changed or deleted is gone.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..querysets import LearnerNeedsQuerySet
from .people import Learner


class Wish(models.TextChoices):
    """In which language somebody would rather learn."""

    NONE = "", pgettext_lazy("language to learn in", "Either")
    WELSH = "cy", pgettext_lazy("language to learn in", "Welsh")
    ENGLISH = "en", pgettext_lazy("language to learn in", "English")
    SIGNED = "bsl", pgettext_lazy("language to learn in", "With a British Sign Language interpreter")


class LearnerNeeds(models.Model):
    """What somebody needs to take part, asked once. A row with nothing in it: asked, and nothing is needed.

    Seen by the person, and by the trainers and the team for a session in which the person has a place.
    """

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="needs")
    access = models.TextField(_("What you need to take part"), blank=True)
    language = models.CharField(
        _("Language in which you would rather learn"), max_length=3, blank=True, choices=Wish.choices
    )
    said_at = models.DateTimeField(auto_now=True)

    objects = LearnerNeedsQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="learner_needs_language_known", condition=Q(language__in=Wish.values))
        ]

    def __str__(self) -> str:
        return f"needs of {self.learner_id}"


class CalendarKey(models.Model):
    """The secret in the address of a person's own calendar feed; a new one ends the old address."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key")
    key = models.CharField(max_length=43)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], name="calendar_key_unique")
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
