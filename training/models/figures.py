"""Totals that a source states and no row here stands behind: shown as stated, never added to counts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked


class Kind(models.TextChoices):
    """What is counted."""

    OFFICERS = "officers_trained", _("Officers trained")
    OPPORTUNITIES = "learning_opportunities", _("Learning opportunities")


@tracked()
class StatedTotal(BilingualModel):
    """One total of one plan year (`2021-22`). `value` is the number, `over` a number that it is stated to exceed;

    both empty: not published. `outcome` is met, not_met or empty.
    """

    plan_year = models.CharField(max_length=7)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    label = Bilingual(label=_("Title"), max_length=200)
    target = models.PositiveIntegerField(null=True, blank=True)
    value = models.PositiveIntegerField(null=True, blank=True)
    over = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(
        max_length=7, blank=True, choices=[("met", _("Target met")), ("not_met", _("Target not met"))]
    )
    note = Bilingual(label=_("Note"), blank=True)
    source = Bilingual(label=_("Source"), max_length=200)
    source_date = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["plan_year", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="stated_total_year_of_two", condition=Q(plan_year__regex=r"^20\d\d-\d\d$")),
            models.CheckConstraint(name="stated_total_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="stated_total_value_or_over", condition=Q(value=None) | Q(over=None)),
            models.CheckConstraint(name="stated_total_outcome_known", condition=Q(outcome__in=["", "met", "not_met"])),
            models.CheckConstraint(name="stated_total_has_a_source", condition=~Q(source_en="") & ~Q(source_cy="")),
            models.UniqueConstraint(fields=["plan_year", "kind"], name="stated_total_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.plan_year}"
