"""Files that belong to a bid, closed to everybody until a scanner has found nothing in them."""

import uuid
from pathlib import PurePath
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from fund.querysets.attachments import AttachmentQuerySet
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.uploads import KINDS

from .bids import Bid
from .form_items import RequiredAttachment
from .submissions import Submission

LARGEST_FILE = 20 * 1024 * 1024  # bytes
LARGEST_BID = 100 * 1024 * 1024  # bytes, of all files of a bid together


class Scan(models.TextChoices):
    """What the scanner said. `refused`: it found something."""

    WAITING = "waiting", pgettext_lazy("scan of a file", "Waiting to be checked")
    CLEAN = "clean", pgettext_lazy("scan of a file", "Checked")
    REFUSED = "refused", pgettext_lazy("scan of a file", "Harmful: closed")


def attachment_path(attachment: "Attachment", _filename: str) -> str:
    """A name of ours: what the file was called stands in its row, and reaches no file system."""
    return f"attachments/{attachment.bid_id}/{uuid.uuid4().hex}"


@tracked()
class Attachment(models.Model):
    """A file of a bid. `kind` is what its content is, never what its name says; `requirement` is the file of the form
    that it answers, or None. One that was submitted stays when it is taken out of the bid (`removed_at`)."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="attachments")
    requirement = models.ForeignKey(
        RequiredAttachment, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    file: Any = models.FileField(upload_to=attachment_path, max_length=120)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=4, choices=KINDS)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=7, choices=Scan.choices, default=Scan.WAITING)
    scanned_at = models.DateTimeField(null=True)
    found = models.CharField(max_length=120, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="attachment_kind_known", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(name="attachment_scan_known", condition=Q(scan__in=Scan.values)),
            models.CheckConstraint(name="attachment_not_too_large", condition=Q(size_bytes__range=(1, LARGEST_FILE))),
            models.CheckConstraint(name="attachment_has_its_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="attachment_scanned_when", condition=Q(scan=Scan.WAITING) ^ Q(scanned_at__isnull=False)
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="within_the_bid",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF NEW.size_bytes + (SELECT coalesce(sum(a.size_bytes), 0) FROM fund_attachment a
                    WHERE a.bid_id = NEW.bid_id AND a.removed_at IS NULL) > {LARGEST_BID} THEN
                    RAISE EXCEPTION 'the files of a bid are too large together'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_within_the_bid'; END IF;
                RETURN NEW;
                """,  # noqa: S608  our own number only
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("fund:attachment_file", kwargs={"slug": self.bid.slug, "pk": self.pk})

    @property
    def is_open(self) -> bool:
        """Whether anybody may open it."""
        return self.scan == Scan.CLEAN

    @property
    def size_in_words(self) -> str:
        """1.4 MB, 120 KB: the units are the same in both languages."""
        size = self.size_bytes
        return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"

    @property
    def scan_colour(self) -> str:
        return {Scan.WAITING: "yellow", Scan.CLEAN: "green", Scan.REFUSED: "red"}[Scan(self.scan)]

    @property
    def safe_name(self) -> str:
        """The name to save it by: what it was called, with the ending of what it is."""
        return f"{PurePath(self.name).stem[:100] or 'file'}.{self.kind}"


@append_only
class SubmittedFile(models.Model):
    """A file that was sent with a submission; it stays with it for good."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="submitted")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="submitted_file_once", fields=["submission", "attachment"])
        ]

    def __str__(self) -> str:
        return str(self.attachment)
