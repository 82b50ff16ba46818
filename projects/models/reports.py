"""Annual reports that were frozen, and the sets of columns in which projects are taken away."""

import json
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel
from wlga_portal.kernel.database import append_only, hashed
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from .plans import DeliveryPlan


@append_only
class ReportSnapshot(models.Model):
    """The annual report of a plan as it stood at a moment: both languages as JSON, and the SHA-256 of those very bytes.

    Never changed, never deleted; a later one has the next number. `content` names the version of its own schema.
    """

    plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="report_snapshots")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="reportsnapshot_number_once"),
            models.CheckConstraint(name="reportsnapshot_number_from_one", condition=Q(number__gte=1)),
            hashed("reportsnapshot_hash_is_of_its_content"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("projects:snapshot_page", kwargs={"slug": self.plan.slug, "number": self.number})

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the report says."""
        read: dict[str, Any] = json.loads(self.content)
        return read


@tracked()
class ColumnSet(SluggedModel, VersionedModel, BilingualModel):
    """Columns, in an order, in which the projects are taken away; `columns` are keys of `projects.columns`.

    `is_supplied`: it came with the portal. `is_public`: anybody may take it away; then no column is for the team alone.
    """

    url_name = "projects:columnset_page"
    title = Bilingual(label=_("Title"), max_length=120, sort=True)
    columns = models.JSONField(default=list)
    is_public = models.BooleanField(_("Anybody may take it away"), default=False)
    is_supplied = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="columnset_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(name="columnset_has_columns", condition=~Q(columns=[])),
        ]

    def __str__(self) -> str:
        return str(self.title)
