"""What the programme wants to reach in a plan year, and says so."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked

from ..querysets import TargetQuerySet
from .figures import Kind


@tracked()
class Target(BilingualModel):
    """One target of one plan year (`2026-27`); `source` says who set it and where. `is_demo`: invented."""

    plan_year = models.CharField(_("Plan year"), max_length=7)
    kind = models.CharField(_("What is counted"), max_length=24, choices=Kind.choices)
    value = models.PositiveIntegerField(_("Target"))
    source = Bilingual(label=_("Where it was set"), max_length=200)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-plan_year", "kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="target_year_of_two", condition=Q(plan_year__regex=r"^20\d\d-\d\d$")),
            models.CheckConstraint(name="target_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="target_is_something", condition=Q(value__gte=1)),
            models.CheckConstraint(name="target_has_a_source", condition=~Q(source_en="") & ~Q(source_cy="")),
            models.UniqueConstraint(fields=["plan_year", "kind", "is_demo"], name="target_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_year}, {self.kind}: {self.value}"
