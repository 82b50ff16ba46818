"""Who funds a plan, and what a project costs, year by year."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from ..states import CostKind
from .plans import YEAR, DeliveryPlan, both_or_neither
from .projects import Project


@tracked()
class FundingLine(VersionedModel, BilingualModel):
    """Money for a plan: from an organisation of the portal, or by a title. None: the amount is not published."""

    plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="funding_lines")
    source = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("of money", "From"),
    )
    title = Bilingual(label=_("Title"), max_length=200, blank=True)
    amount_pence = models.BigIntegerField(_("Amount"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["plan", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="fundingline_amount_not_negative", condition=Q(amount_pence=None) | Q(amount_pence__gte=0)
            ),
            models.CheckConstraint(name="fundingline_title_in_both_or_neither", condition=both_or_neither("title")),
            models.CheckConstraint(
                name="fundingline_from_somewhere", condition=Q(source__isnull=False) | ~Q(title_en="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.title) or str(self.source.name if self.source else "")


@tracked()
class ProjectCost(VersionedModel, BilingualModel):
    """What a project costs in a financial year (`2022-23`): as first agreed, as expected, or as spent.

    The whole-life cost is the sum over the years.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="costs")
    year = models.CharField(_("Year"), max_length=7)
    kind = models.CharField(_("Kind"), max_length=8, choices=CostKind.choices)
    amount_pence = models.BigIntegerField(_("Amount"))
    narrative = Bilingual(label=_("Explanation"), blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["project", "year", "kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "year", "kind"], name="projectcost_one_for_a_year_and_kind"),
            models.CheckConstraint(name="projectcost_year_is_a_financial_year", condition=Q(year__regex=YEAR)),
            models.CheckConstraint(name="projectcost_kind_known", condition=Q(kind__in=CostKind.values)),
            models.CheckConstraint(name="projectcost_amount_not_negative", condition=Q(amount_pence__gte=0)),
            models.CheckConstraint(
                name="projectcost_narrative_in_both_or_neither", condition=both_or_neither("narrative")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.year}: {CostKind(self.kind).label}"
