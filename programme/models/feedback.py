"""What visitors say of a page."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PageFeedback(models.Model):
    """An answer to “was this page clear?”. It does not say who gave it."""

    path = models.CharField(max_length=300)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")])
    clear = models.BooleanField(_("Was the page clear?"))
    comment = models.TextField(_("What was not clear, or what went wrong?"), blank=True, max_length=2000)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.path
