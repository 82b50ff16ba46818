"""What people ask about what is held on them, what ran out, and what was erased."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import PrivacyRequestQuerySet
from ..states import PRIVACY
from .people import Learner


class Ask(models.TextChoices):
    """What somebody asks of the portal about their own data."""

    CORRECTION = "correction", _("Correct something")
    ERASURE = "erasure", _("Erase what is held on me")


@tracked(exclude=("text", "answer"))
class PrivacyRequest(WorkflowModel):
    """A person asks that something be corrected or erased; the team answers. Their words are in no history."""

    workflow = PRIVACY
    status = PRIVACY.field()
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="privacy_requests")
    kind = models.CharField(pgettext_lazy("privacy", "What is asked"), max_length=10, choices=Ask.choices)
    text = models.TextField(pgettext_lazy("privacy", "What is wrong, and what is right"), blank=True)
    answer = models.TextField(pgettext_lazy("privacy", "Answer"), blank=True)
    created_at = models.DateTimeField(pgettext_lazy("privacy", "Asked on"), auto_now_add=True)

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            PRIVACY.constraint("privacy_request_status_known"),
            models.CheckConstraint(name="privacy_request_kind_known", condition=Q(kind__in=Ask.values)),
            models.UniqueConstraint(
                fields=["learner", "kind"],
                condition=Q(status="asked", kind=Ask.ERASURE),
                name="privacy_request_erasure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("training:privacy_request_page", kwargs={"pk": self.pk})


@append_only
class Erasure(models.Model):
    """The tombstone of an erased learner: that it was done, when and why; never who it was.

    After a backup is brought back, `manage.py erasures --again` erases these learners anew.
    """

    learner = models.OneToOneField(Learner, on_delete=models.PROTECT, related_name="erasure")
    reason = models.CharField(
        max_length=9, choices=[("asked", _("The person asked")), ("retention", _("Time ran out"))]
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="erasure_reason_known", condition=Q(reason__in=["asked", "retention"]))
        ]

    def __str__(self) -> str:
        return f"{self.learner_id}: {self.reason}"


@append_only
class RetentionRun(models.Model):
    """One night's work for one kind of data: how many were removed."""

    kind = models.CharField(max_length=30)
    removed = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "-at"], name="retention_run_of_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.removed}"
