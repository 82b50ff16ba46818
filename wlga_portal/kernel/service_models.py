"""Tables of the kernel's services: messages to people, mail that came back, the demonstration's outbox, exports."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Delivery(models.TextChoices):
    """When a message also goes by mail."""

    NOW = "now", pgettext_lazy("mail", "At once")
    DAILY = "daily", pgettext_lazy("mail", "Once a day, all together")
    NONE = "none", pgettext_lazy("mail", "Not by mail: only on the portal")


class Notification(models.Model):
    """One message to one person: of a registered kind, about a page. `context` holds both languages' words.

    `delivery` is what the person's choice meant when it was written; `sent_at` is set once, with its mail.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=80)
    url_en = models.CharField(max_length=500)
    url_cy = models.CharField(max_length=500)
    context = models.JSONField(default=dict)
    urgent = models.BooleanField(default=False)
    delivery = models.CharField(max_length=5, choices=Delivery.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-created_at"], name="notification_of_user"),
            models.Index(fields=["user"], condition=Q(delivery="daily", sent_at=None), name="notification_for_digest"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="notification_delivery_known"),
            models.CheckConstraint(
                condition=Q(urgent=False) | Q(delivery__in=["now", "none"]), name="notification_urgent_does_not_wait"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Preference(models.Model):
    """A person's choice for one group of kinds; without a row, each kind's own default holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preferences")
    group = models.CharField(max_length=40)
    delivery = models.CharField(max_length=5, choices=Delivery.choices)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "group"], name="preference_one_per_group"),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="preference_delivery_known"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.delivery}"


class Bounce(models.Model):
    """Mail that came back. The address is kept as a keyed digest only; a hard one stops mail until it is cleared."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="bounces")
    address_digest = models.CharField(max_length=64)
    hard = models.BooleanField()
    status = models.CharField(max_length=20)  # "5.1.1", as the other server said
    at = models.DateTimeField(auto_now_add=True)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["address_digest"], condition=Q(hard=True, cleared_at=None), name="bounce_that_stops")
        ]

    def __str__(self) -> str:
        return self.status


class OutboxMessage(models.Model):
    """A mail of the demonstration, kept for the outbox page instead of being sent."""

    to = models.TextField()
    sender = models.TextField()
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return self.subject


class ExportStatus(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting", pgettext_lazy("export", "Waiting")
    RUNNING = "running", pgettext_lazy("export", "Being made")
    DONE = "done", pgettext_lazy("export", "Ready")
    FAILED = "failed", pgettext_lazy("export", "Failed")
    REMOVED = "removed", pgettext_lazy("export", "Removed")


class Format(models.TextChoices):
    """The kind of file."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (XLSX)")


def export_path(export: "Export", filename: str) -> str:
    return f"exports/{export.asker_id}/{export.pk}/{filename}"


class Export(models.Model):
    """A file of rows that a person asked for; only they may fetch it, and only for seven days."""

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    format = models.CharField(max_length=4, choices=Format.choices)
    language = models.CharField(max_length=2)
    status = models.CharField(max_length=7, choices=ExportStatus.choices, default=ExportStatus.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    file: Any = models.FileField(upload_to=export_path, max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["asker", "-created_at"], name="export_of_asker")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(status__in=ExportStatus.values), name="export_status_known"),
            models.CheckConstraint(
                condition=~Q(status="done") | (Q(expires_at__isnull=False) & ~Q(file="")), name="export_done_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        return self.name
