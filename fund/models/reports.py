"""What comes after an award: reports, requests to change it, what was learned, the return to Welsh Government."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.querysets.awards import LearningQuerySet, OfAwardQuerySet
from fund.states.awards import (
    REPORT,
    REPORT_COLOURS,
    REPORT_OPEN,
    VARIATION,
    VARIATION_COLOURS,
    ReportStatus,
    VariationStatus,
)
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, published_in_both
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from .awards import Award


@tracked()
class MonitoringReport(WorkflowModel, VersionedModel):
    """A report that an award owes on a day, written by the lead's officers, accepted or returned for changes."""

    workflow = REPORT
    status = REPORT.field()
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="reports")
    due_on = models.DateField(_("Due on"))
    progress = models.TextField(_("What was done"), blank=True)
    benefits = models.TextField(_("What is better, and how it is known"), blank=True)
    risks = models.TextField(_("What is at risk"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OfAwardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["award", "due_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            REPORT.constraint("report_status_known"),
            models.UniqueConstraint(name="report_one_a_day", fields=["award", "due_on"]),
            models.CheckConstraint(
                name="report_sent_says_what_was_done",
                condition=Q(status=ReportStatus.DUE) | ~Q(progress="") & Q(submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award.bid.reference}, {self.due_on}"

    def get_absolute_url(self) -> str:
        return reverse("fund:report_page", kwargs={"slug": self.award.bid.slug, "pk": self.pk})

    @property
    def status_colour(self) -> str:
        return REPORT_COLOURS[ReportStatus(self.status)]

    @property
    def is_open(self) -> bool:
        return self.status in REPORT_OPEN


@append_only
class ReportReminder(models.Model):
    """That a reminder of a report went out: `days` from the day it is due, before (-14) or after (7). Never twice."""

    report = models.ForeignKey(MonitoringReport, on_delete=models.PROTECT, related_name="reminders")
    days = models.SmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="report_reminded_once", fields=["report", "days"])
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.days}"


@tracked()
class Variation(WorkflowModel):
    """A request to change an award: what it says now and what it should say, kept side by side."""

    workflow = VARIATION
    status = VARIATION.field()
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="variations")
    reason = models.TextField(_("Why it should change"))
    old_amount_pence = models.BigIntegerField(editable=False)
    new_amount_pence = models.BigIntegerField(_("Amount awarded"))
    old_ends_on = models.DateField(null=True, editable=False)
    new_ends_on = models.DateField(_("Last day of the work"), null=True, blank=True)
    old_conditions = models.TextField(editable=False)
    new_conditions = models.TextField(_("Conditions of the award"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(editable=False)

    objects = OfAwardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["award", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            VARIATION.constraint("variation_status_known"),
            models.CheckConstraint(name="variation_amount_above_nothing", condition=Q(new_amount_pence__gt=0)),
            models.CheckConstraint(name="variation_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="variation_one_at_a_time", fields=["award"], condition=Q(status=VariationStatus.ASKED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award.bid.reference}: {self.status}"

    @property
    def status_colour(self) -> str:
        return VARIATION_COLOURS[VariationStatus(self.status)]


class LearningKind(models.TextChoices):
    """What is shared."""

    LESSON = "lesson", pgettext_lazy("kind of learning", "What was learned")
    OUTPUT = "output", pgettext_lazy("kind of learning", "Something to use again")


@tracked()
class Learning(BilingualModel):
    """What an award's work taught, or made for others to use again: in both languages once it is published."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="learnings")
    kind = models.CharField(_("Kind"), max_length=8, choices=LearningKind.choices, default=LearningKind.LESSON)
    title = Bilingual(label=_("Title"), max_length=160, sort=True)
    summary = Bilingual(label=_("In short"))
    link = models.URLField(_("Where it is"), blank=True)
    published_on = models.DateField(null=True, blank=True, editable=False)

    objects = LearningQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="learning_kind_known", condition=Q(kind__in=LearningKind.values)),
            published_in_both("title", "summary", when=~Q(published_on=None), name="learning_published_in_both"),
        ]

    def __str__(self) -> str:
        return str(self.title)


@append_only
class QuarterlyReturn(models.Model):
    """The return to Welsh Government for a quarter as it was sent: the rows of `content`, with their hash."""

    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    is_demo = models.BooleanField(default=False)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-year", "-quarter", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="return_quarter_from_1_to_4", condition=Q(quarter__range=(1, 4))),
            models.CheckConstraint(name="return_has_its_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.year}, {self.quarter}"
