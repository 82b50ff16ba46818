"""Changes of an agreed delivery plan: proposed with a reason, then agreed with Welsh Government."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.wording import day
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import PlanChangeQuerySet
from ..states import CHANGES, ChangeKind, ChangeStatus, ListedAs
from .plans import Deliverable, DeliveryPlan
from .projects import Project
from .schedule import Milestone

MOVES_A_PROJECT = (ChangeKind.ADDED, ChangeKind.DROPPED)


@tracked()
class PlanChange(WorkflowModel, BilingualModel):
    """One change of a plan that was agreed: what it was before, what it becomes, why, and who agreed to it, when.

    `position`, `printed_ref` and `listed_as` are the place of a project that is added or dropped in the plan's list.
    `reference` is Welsh Government's letter or mail.
    """

    workflow = CHANGES
    status = CHANGES.field()
    plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("What changes"), max_length=15, choices=ChangeKind.choices)
    project = models.ForeignKey(
        Project,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_changes",
        verbose_name=_("Project"),
    )
    deliverable = models.ForeignKey(
        Deliverable,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_changes",
        verbose_name=_("Deliverable"),
    )
    milestone = models.ForeignKey(
        Milestone,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_changes",
        verbose_name=_("Milestone"),
    )
    target_before = models.PositiveIntegerField(null=True, blank=True)
    target_after = models.PositiveIntegerField(_("New target"), null=True, blank=True)
    day_before = models.DateField(null=True, blank=True)
    day_after = models.DateField(_("New baseline"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    printed_ref = models.CharField(max_length=10, blank=True)
    listed_as = models.CharField(_("Listed as"), max_length=12, choices=ListedAs.choices, default=ListedAs.PROJECT)
    reason = Bilingual(label=_("Reason"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("Proposed on"))
    agreed_by_name = models.CharField(_("Agreed by"), max_length=200, blank=True)
    agreed_on = models.DateField(_("Agreed on"), null=True, blank=True)
    reference = models.CharField(_("Reference"), max_length=200, blank=True)

    objects = PlanChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-proposed_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CHANGES.constraint("planchange_status_known"),
            models.CheckConstraint(name="planchange_kind_known", condition=Q(kind__in=ChangeKind.values)),
            models.CheckConstraint(name="planchange_listed_as_known", condition=Q(listed_as__in=ListedAs.values)),
            models.CheckConstraint(name="planchange_reason_in_both", condition=~Q(reason_en="") & ~Q(reason_cy="")),
            models.CheckConstraint(
                name="planchange_names_its_one_thing",
                condition=Q(kind__in=MOVES_A_PROJECT, project__isnull=False, deliverable=None, milestone=None)
                | Q(kind=ChangeKind.TARGET, project=None, deliverable__isnull=False, milestone=None)
                | Q(kind=ChangeKind.BASELINE, project=None, deliverable=None, milestone__isnull=False),
            ),
            models.CheckConstraint(
                name="planchange_moves_something",
                condition=Q(kind__in=MOVES_A_PROJECT)
                | (Q(kind=ChangeKind.TARGET) & (Q(target_before=None) ^ Q(target_after=None)))
                | (
                    Q(kind=ChangeKind.TARGET, target_before__isnull=False, target_after__isnull=False)
                    & ~Q(target_before=F("target_after"))
                )
                | (
                    Q(kind=ChangeKind.BASELINE, day_before__isnull=False, day_after__isnull=False)
                    & ~Q(day_before=F("day_after"))
                ),
            ),
            models.CheckConstraint(
                name="planchange_agreed_by_somebody_on_a_day",
                condition=(
                    Q(status=ChangeStatus.AGREED, agreed_on__isnull=False) & ~Q(agreed_by_name="") & ~Q(reference="")
                )
                | (~Q(status=ChangeStatus.AGREED) & Q(agreed_on=None, agreed_by_name="", reference="")),
            ),
            models.CheckConstraint(
                name="planchange_agreed_after_it_was_proposed",
                condition=Q(agreed_on=None) | Q(agreed_on__gte=F("proposed_on")),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("projects:change_page", kwargs={"slug": self.plan.slug, "number": self.pk})

    @property
    def thing(self) -> Any:
        """The project, deliverable or milestone that it is about."""
        return self.project or self.deliverable or self.milestone

    @property
    def before(self) -> Any:
        """The target or baseline before it; None where it is about neither."""
        return self.value(self.target_before, self.day_before)

    @property
    def after(self) -> Any:
        """The target or baseline after it."""
        return self.value(self.target_after, self.day_after)

    def value(self, target: int | None, baseline: date | None) -> Any:
        if self.kind == ChangeKind.TARGET and self.deliverable is not None:
            return self.deliverable.counted(target) or pgettext("of a target", "no number")
        return day(baseline) if self.kind == ChangeKind.BASELINE else None

    def __str__(self) -> str:
        return f"{self.plan}: {ChangeKind(self.kind).label}"
