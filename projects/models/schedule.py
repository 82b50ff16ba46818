"""Milestones of a project."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from .projects import Project


@tracked()
class Milestone(VersionedModel, BilingualModel):
    """A date that a project works towards: as first agreed, as expected now, as it happened.

    Earlier forecasts stay in the history.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    title = Bilingual(label=_("Milestone"), max_length=200)
    baseline = models.DateField(_("Baseline"), null=True, blank=True)
    forecast = models.DateField(_("Forecast"), null=True, blank=True)
    actual = models.DateField(_("Actual"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["baseline", "forecast", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="milestone_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(
                name="milestone_has_a_date",
                condition=Q(baseline__isnull=False) | Q(forecast__isnull=False) | Q(actual__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def slip_days(self) -> int | None:
        """Days by which it came, or is expected, after its baseline (negative: before it); None without both dates."""
        reached = self.actual or self.forecast
        return (reached - self.baseline).days if reached and self.baseline else None

    def overdue(self, today: date) -> bool:
        """Whether its expected day is past and it has not happened."""
        expected = self.forecast or self.baseline
        return self.actual is None and expected is not None and expected < today
