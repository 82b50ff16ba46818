"""A page as it was at a moment, kept word for word."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked

from ..querysets import SnapshotQuerySet
from ..states import Kept
from .plans import DeliveryPlan
from .projects import Project


@append_only
@tracked()
class Snapshot(models.Model):
    """What the public page of a project, a plan or the portfolio said at `moment`, in both languages.

    `said` holds words, not rows, in the form of the version `schema`; `sha256` is of its canonical JSON. So the page at
    its address stays as it is, whatever becomes of the tables (see `projects.keeping`).
    """

    kind = models.CharField(max_length=9, choices=Kept.choices)
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="snapshots")
    plan = models.ForeignKey(DeliveryPlan, null=True, on_delete=models.PROTECT, related_name="snapshots")
    moment = models.DateTimeField()
    schema = models.PositiveSmallIntegerField()
    said = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-moment", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="snapshot_kind_known", condition=Q(kind__in=Kept.values)),
            models.CheckConstraint(
                name="snapshot_of_one_thing",
                condition=Q(kind=Kept.PROJECT, project__isnull=False, plan=None)
                | Q(kind=Kept.PLAN, project=None, plan__isnull=False)
                | Q(kind=Kept.PORTFOLIO, project=None, plan=None),
            ),
            models.CheckConstraint(name="snapshot_of_the_past", condition=Q(moment__lte=F("at"))),
            models.CheckConstraint(name="snapshot_hashed", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.UniqueConstraint(
                fields=["kind", "project", "plan", "moment"], nulls_distinct=False, name="snapshot_once_for_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.moment}"

    def get_absolute_url(self) -> str:
        return reverse("projects:snapshot_page", kwargs={"number": self.pk})
