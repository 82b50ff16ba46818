"""Who writes which answer, and whether they call it complete."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.history import tracked

from .answers import Answer


@tracked()
class Assignment(models.Model):
    """The person whose answer it is to write, and who called it complete when. A row by itself, so that giving an
    answer to somebody does not disturb who is writing it at that moment."""

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="assignment")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Who writes this answer"),
    )
    completed_at = models.DateTimeField(null=True, editable=False)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="assignment_completed_when_and_by_whom",
                condition=Q(completed_at=None, completed_by=None)
                | Q(completed_at__isnull=False, completed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.person_id}"
