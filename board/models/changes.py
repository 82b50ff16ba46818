"""What was changed of a meeting that people had been told of, and why a paper came late."""

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

from .meetings import Meeting
from .papers import Paper


class ChangeKind(models.TextChoices):
    """What happened to the meeting."""

    MOVED = "moved", pgettext_lazy("of a meeting", "Moved")
    CANCELLED = "cancelled", pgettext_lazy("of a meeting", "Cancelled")


@append_only
class MeetingChange(BilingualModel):
    """A meeting was moved or cancelled: when and where it was to be until then, and the reason that all are told."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=9, choices=ChangeKind.choices)
    was_date = models.DateField()
    was_starts_at = models.TimeField(null=True)
    was_ends_at = models.TimeField(null=True)
    was_closes_at = models.DateTimeField(null=True)
    was_place = Bilingual(label=_("Place"), max_length=200, blank=True)
    reason = Bilingual(label=_("Reason"), max_length=500)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="meetingchange_kind_known", condition=Q(kind__in=ChangeKind.values)),
            models.CheckConstraint(
                name="meetingchange_says_why_in_both", condition=~Q(reason_en="") & ~Q(reason_cy="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.kind}"


@tracked()
class Lateness(BilingualModel):
    """Why a paper is published after the day by which it had to be (`due`). It is late only if that came to be so."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="lateness")
    due = models.DateField()
    reason = Bilingual(label=_("Why the paper is late"), max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="lateness_says_why_in_both", condition=~Q(reason_en="") & ~Q(reason_cy="")),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.due}"
