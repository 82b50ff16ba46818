"""Packs: all papers of a meeting that somebody may read, as one PDF."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from .meetings import Meeting
from .papers import Language


class PackStatus(models.TextChoices):
    """Where a pack stands."""

    WAITING = "waiting", pgettext_lazy("status of a pack", "Being made")
    DONE = "done", pgettext_lazy("status of a pack", "Ready")
    FAILED = "failed", pgettext_lazy("status of a pack", "Failed")


def pack_path(pack: "Pack", filename: str) -> str:
    return f"packs/{pack.meeting_id}/{pack.key}/{filename}"


class Pack(models.Model):
    """One PDF of a meeting's papers. `key` is the hash of all that it says and of who may read it.

    Whoever may read exactly the same editions has the same key, and so the same file; anybody else has another. A new
    edition, a withdrawn one or a changed agenda gives another key, and this file is reached no more.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="packs")
    key = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=Language.choices)
    large = models.BooleanField(default=False)
    editions: Any = ArrayField(models.BigIntegerField(), default=list)
    status = models.CharField(max_length=7, choices=PackStatus.choices, default=PackStatus.WAITING)
    file: Any = models.FileField(upload_to=pack_path, max_length=300, blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True)  # the page says it: no page asks the store of files
    pages = models.PositiveIntegerField(null=True)
    problem = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], name="pack_made_once"),
            models.CheckConstraint(name="pack_language_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(name="pack_status_known", condition=Q(status__in=PackStatus.values)),
            models.CheckConstraint(
                name="pack_done_has_a_file",
                condition=~Q(status=PackStatus.DONE) | (~Q(file="") & Q(pages__isnull=False, made_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.language} {self.key[:8]}"
