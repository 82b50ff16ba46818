"""The address of a person's own calendar of meetings."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class MeetingsKey(models.Model):
    """The secret in the address of a member's own calendar; a new one ends the old address, deleting it ends all."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meetings_key")
    key = models.CharField(max_length=43)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], name="meetings_key_unique")
        ]

    def __str__(self) -> str:
        return f"meetings of {self.user_id}"
