"""Tables of the kernel: the changes of status, and drafts."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .database import append_only
from .workflow import Transition, WorkflowModel


@append_only
class StatusChange(models.Model):
    """One move of one thing through its workflow: who, when, why. Never changed, never deleted."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.BigIntegerField()
    thing = GenericForeignKey("content_type", "object_id")
    workflow = models.CharField(max_length=40)
    event = models.CharField(max_length=40)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["content_type", "object_id"], name="statuschange_of_thing")
        ]

    def __str__(self) -> str:
        return f"{self.workflow} {self.object_id}: {self.source} -> {self.target}"

    @classmethod
    def record(cls, thing: WorkflowModel, transition: Transition, *, source: str, by: Any, why: str) -> "StatusChange":
        return cls.objects.create(
            thing=thing,
            workflow=thing.workflow.name,
            event=transition.event,
            source=source,
            target=transition.target,
            by=by,
            why=why,
        )

    @classmethod
    def of(cls, thing: models.Model) -> models.QuerySet["StatusChange"]:
        """The moves of one thing, oldest first, with their people."""
        kind = ContentType.objects.get_for_model(thing)
        return cls.objects.filter(content_type=kind, object_id=thing.pk).select_related("by")


class Draft(models.Model):
    """What a person has typed into one form and not yet saved. Private, without history."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=100)
    data = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "key"], name="draft_one_per_person_and_thing")
        ]

    def __str__(self) -> str:
        return self.key


from .service_models import Bounce, Export, Notification, OutboxMessage, Preference  # noqa: E402  they stand apart

__all__ = ["Bounce", "Draft", "Export", "Notification", "OutboxMessage", "Preference", "StatusChange"]
