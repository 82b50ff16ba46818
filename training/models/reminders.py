"""Which reminders went out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .bookings import Booking


class Ahead(models.TextChoices):
    """How long before the session."""

    WEEK = "week", "week"
    DAY = "day", "day"


class Reminder(models.Model):
    """One reminder of one booking; `starts_at` is the start that it named, so that a moved session has new ones."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="reminders")
    ahead = models.CharField(max_length=4, choices=Ahead.choices)
    starts_at = models.DateTimeField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booking", "ahead", "starts_at"], name="reminder_once"),
            models.CheckConstraint(name="reminder_ahead_known", condition=Q(ahead__in=Ahead.values)),
        ]

    def __str__(self) -> str:
        return f"{self.ahead} before {self.booking_id}"
