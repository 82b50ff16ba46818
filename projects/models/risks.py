"""Risks and issues of a project."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, GeneratedField, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from ..states import Confidence, RiskKind
from .plans import both_or_neither
from .projects import Project

# Likelihood times impact: 15 and more is red, 6 and more amber. Written out: a generated column takes no parameters.
RATED = "CASE WHEN (%(expressions)s) >= 15 THEN 'red' WHEN (%(expressions)s) >= 6 THEN 'amber' ELSE 'green' END"
CERTAIN = 5


@tracked()
class Risk(VersionedModel, BilingualModel):
    """What may happen to a project (a risk), or has happened (an issue).

    `likelihood` and `impact` go from 1 (very low) to 5 (very high); an issue has happened, so its likelihood is 5. The
    database rates it: likelihood times impact of 15 or more is red, of 6 or more amber, else green. While it is open
    somebody owns it and it has a day of review. Only what `is_public` is shown to others than the team.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="risks")
    kind = models.CharField(_("Kind"), max_length=5, choices=RiskKind.choices, default=RiskKind.RISK)
    title = Bilingual(label=_("Title"), max_length=200)
    mitigation = Bilingual(label=_("What is done about it"), blank=True)
    likelihood = models.PositiveSmallIntegerField(_("Likelihood"))
    impact = models.PositiveSmallIntegerField(_("Impact"))
    rating = GeneratedField(
        expression=Func(F("likelihood"), F("impact"), template=RATED, arg_joiner=" * "),
        output_field=models.CharField(max_length=5, choices=Confidence.choices),
        db_persist=True,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_risks",
        verbose_name=_("Owner"),
    )
    raised_on = models.DateField(_("Raised on"), default=timezone.localdate)
    review_on = models.DateField(_("To be reviewed on"), null=True, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    is_public = models.BooleanField(_("Show it to everybody"), default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["closed_on", "-likelihood", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="risk_kind_known", condition=Q(kind__in=RiskKind.values)),
            models.CheckConstraint(name="risk_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(name="risk_mitigation_in_both_or_neither", condition=both_or_neither("mitigation")),
            models.CheckConstraint(
                name="risk_from_1_to_5", condition=Q(likelihood__range=(1, CERTAIN)) & Q(impact__range=(1, CERTAIN))
            ),
            models.CheckConstraint(
                name="risk_issue_has_happened", condition=~Q(kind=RiskKind.ISSUE) | Q(likelihood=CERTAIN)
            ),
            models.CheckConstraint(
                name="risk_open_has_owner_and_review",
                condition=Q(closed_on__isnull=False) | (Q(owner__isnull=False) & Q(review_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="risk_dates_in_order", condition=Q(closed_on=None) | Q(closed_on__gte=F("raised_on"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def overdue(self, today: date) -> bool:
        """Whether it is open and its day of review is past."""
        return self.closed_on is None and self.review_on is not None and self.review_on < today
