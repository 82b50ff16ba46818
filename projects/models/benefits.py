"""What a project is good for, and how that is measured."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from .plans import both_or_neither
from .projects import Project


@tracked()
class Benefit(VersionedModel, BilingualModel):
    """A benefit of a project, how it is measured, and its figures in `unit`: None where none is published."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="benefits")
    title = Bilingual(label=_("Benefit"), max_length=200)
    measure = Bilingual(label=_("How it is measured"), blank=True)
    unit = Bilingual(label=_("Unit"), max_length=80, blank=True)
    baseline = models.DecimalField(_("Baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("Target"), max_digits=14, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField(_("Actual"), max_digits=14, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(_("Expected by"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="benefit_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(
                name="benefit_texts_in_both_or_neither", condition=both_or_neither("measure", "unit")
            ),
            models.CheckConstraint(
                name="benefit_counted_in_a_unit",
                condition=Q(baseline=None, target=None, actual=None) | (~Q(unit_en="") & ~Q(unit_cy="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)
