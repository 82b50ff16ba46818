"""What is published of a meeting: the public note, and the approval of its minutes."""

import json
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from wlga_portal.kernel.database import append_only, hashed

from .editions import Edition
from .meetings import Meeting


@append_only
class PublicNote(models.Model):
    """The public note of a meeting, frozen: attendance, declarations and decisions in both languages.

    A correction is a note with the next number, and says `why`. People stand in it by their ids.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    why = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "number"], name="publicnote_number_once"),
            models.CheckConstraint(name="publicnote_correction_says_why", condition=Q(number=1) | ~Q(why="")),
            hashed("publicnote_hash_is_of_its_content"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("board:public_note_page", kwargs={"slug": self.meeting.slug})

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the note says."""
        read: dict[str, Any] = json.loads(self.content)
        return read


@append_only
class MinutesApproval(models.Model):
    """That a later meeting approved the minutes, as this edition."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="approval")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="approved_minutes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.edition_id} at {self.meeting_id}"
