"""Delivery plans: a year's promises, agreed with Welsh Government, and what came of them."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel, page_language
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.wording import day

from ..querysets import DeliverableQuerySet, DeliveryPlanQuerySet, StrategyQuerySet
from ..states import Measure, Outcome

YEAR = r"^\d{4}-\d{2}$"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


# The target of a plan that was agreed here on a day moves by an agreed change of that plan, to what the change names.
KEEP_TARGET = """
IF EXISTS (SELECT 1 FROM projects_deliveryplan plan WHERE plan.id = OLD.plan_id AND plan.agreed_on IS NOT NULL)
AND NOT EXISTS (
    SELECT 1 FROM projects_planchange agreed
    WHERE agreed.deliverable_id = NEW.id AND agreed.kind = 'target_moved' AND agreed.status = 'agreed'
        AND agreed.target_before IS NOT DISTINCT FROM OLD.target
        AND agreed.target_after IS NOT DISTINCT FROM NEW.target
) THEN
    RAISE EXCEPTION 'a target of an agreed plan moves by an agreed plan change alone' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def both_or_neither(*names: str) -> Q:
    """Each of these texts stands in both languages or in none."""
    whole = Q()
    for name in names:
        whole &= Q(**{f"{name}_en": "", f"{name}_cy": ""}) | (~Q(**{f"{name}_en": ""}) & ~Q(**{f"{name}_cy": ""}))
    return whole


@tracked()
class Source(BilingualModel):
    """Where facts that were not made here come from."""

    slug = models.SlugField(max_length=60, unique=True)
    title = Bilingual(label=_("Title"), max_length=200)
    published_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="source_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy=""))
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def shown(self) -> str:
        """Its title with its day."""
        return f"{self.title}, {day(self.published_on)}"


@tracked()
class Strategy(BilingualModel):
    """The strategy that plans serve. `approved_month` is `2021-09`, or empty where no source gives it."""

    slug = models.SlugField(max_length=120, unique=True)
    title = Bilingual(label=_("Title"), max_length=200)
    approved_by = Bilingual(label=_("Approved by"), max_length=200, blank=True)
    approved_month = models.CharField(max_length=7, blank=True)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="strategy_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(
                name="strategy_approved_month_is_one", condition=Q(approved_month="") | Q(approved_month__regex=MONTH)
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class Theme(BilingualModel):
    """A theme of the strategy."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="themes")
    slug = models.SlugField(max_length=120, unique=True)
    title = Bilingual(label=_("Title"), max_length=200, sort=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="theme_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy=""))
        ]

    def __str__(self) -> str:
        return str(self.title)


@tracked()
class DeliveryPlan(SluggedModel, VersionedModel, BilingualModel):
    """The plan of one financial year. `grant_pence` is None where the amount is not published; then it is not 0.

    Once `agreed_on` is set, a target of the plan moves by an agreed plan change alone: the database keeps it so.
    """

    url_name = "projects:plan_page"
    year = models.CharField(_("Year"), max_length=7)
    starts = models.DateField(pgettext_lazy("first day of a plan", "From"))
    ends = models.DateField(_("Until"))
    title = Bilingual(label=_("Title"), max_length=200, sort=True)
    status_note = Bilingual(label=_("Status"), blank=True)
    overall = Bilingual(label=_("Overall outcome"), blank=True)
    agreed_with = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="agreed_plans"
    )
    agreed_on = models.DateField(_("Agreed on"), null=True, blank=True)
    grant_pence = models.BigIntegerField(_("Grant"), null=True, blank=True)
    grant_note = Bilingual(label=_("Note on the grant"), blank=True)
    strategy = models.ForeignKey(Strategy, null=True, blank=True, on_delete=models.PROTECT, related_name="plans")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_historic = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    objects = DeliveryPlanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="plan_year_is_a_financial_year", condition=Q(year__regex=YEAR)),
            models.UniqueConstraint(fields=["year"], condition=Q(is_demo=False), name="plan_one_for_a_year"),
            models.CheckConstraint(name="plan_dates_in_order", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(
                name="plan_grant_not_negative", condition=Q(grant_pence=None) | Q(grant_pence__gte=0)
            ),
            models.CheckConstraint(name="plan_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(
                name="plan_agreed_on_with_somebody", condition=Q(agreed_on=None) | Q(agreed_with__isnull=False)
            ),
            models.CheckConstraint(
                name="plan_historic_has_a_source", condition=Q(is_historic=False) | Q(source__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_agreed(self) -> bool:
        """Whether it was agreed with somebody: from then on it changes only by agreed changes."""
        return self.agreed_with_id is not None

    def next_position(self) -> int:
        """The place after the last project of its list."""
        return int(self.listings.aggregate(last=models.Max("position"))["last"] or 0) + 1


@tracked()
class Deliverable(VersionedModel, BilingualModel):
    """A promise of a plan. `target` and `actual` are counts, or None where none is published.

    `measured_by` names the register that counts it, where one does: its rows then say the actual number.
    `evidence` says what shows the outcome, `evidence_url` where it is to be seen.
    `unit_forms` holds the word after a number: `{"en": {"one", "other"}, "cy": {"zero", … "other"}}`.
    """

    plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="deliverables")
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.PROTECT, related_name="deliverables"
    )
    position = models.PositiveSmallIntegerField()
    slug_en = models.SlugField(max_length=120)
    slug_cy = models.SlugField(max_length=120)
    title = Bilingual(label=_("Title"), max_length=250)
    target = models.PositiveIntegerField(_("Target"), null=True, blank=True)
    actual = models.PositiveIntegerField(_("Actual"), null=True, blank=True)
    unit = Bilingual(label=_("Unit"), max_length=80, blank=True)
    unit_forms = models.JSONField(null=True, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome.choices, blank=True)
    measured_by = models.CharField(_("Counted by"), max_length=30, choices=Measure.choices, blank=True)
    note = Bilingual(label=_("Note"), blank=True)
    evidence = Bilingual(label=_("Evidence"), blank=True)
    evidence_url = models.URLField(_("Address of the evidence"), max_length=500, blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["plan", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "position"], name="deliverable_one_at_a_position"),
            models.UniqueConstraint(fields=["plan", "slug_en"], name="deliverable_slug_en_unique_in_plan"),
            models.UniqueConstraint(fields=["plan", "slug_cy"], name="deliverable_slug_cy_unique_in_plan"),
            models.CheckConstraint(name="deliverable_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(
                name="deliverable_outcome_known", condition=Q(outcome="") | Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="deliverable_measure_known", condition=Q(measured_by="") | Q(measured_by__in=Measure.values)
            ),
            models.CheckConstraint(
                name="deliverable_counted_in_a_unit",
                condition=Q(target=None, actual=None) | (~Q(unit_en="") & ~Q(unit_cy="")),
            ),
            models.CheckConstraint(
                name="deliverable_evidence_in_both_or_neither", condition=both_or_neither("evidence")
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="keep_target",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition('OLD."target" IS DISTINCT FROM NEW."target"'),
                func=KEEP_TARGET,
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def slug(self) -> str:
        return str(getattr(self, f"slug_{page_language()}"))

    def get_absolute_url(self) -> str:
        """Its row on the page of its plan."""
        return reverse("projects:plan_page", kwargs={"slug": self.plan.slug}) + f"#{self.slug}"

    def counted(self, number: int | None) -> str:
        """A number with its unit in the form that the page's language asks for: "5 discoveries"; '' for None."""
        if number is None:
            return ""
        language = page_language()
        forms: dict[str, str] = (self.unit_forms or {}).get(language, {})
        word = forms.get(plural_form(number, language)) or forms.get("other") or str(self.unit)
        return f"{number:,} {word}"

    @property
    def target_shown(self) -> str:
        return self.counted(self.target)

    @property
    def actual_shown(self) -> str:
        return self.counted(self.actual)


def plural_form(number: int, language: str) -> str:
    """The name of the plural form: Welsh has six, English two."""
    if language == "en":
        return "one" if number == 1 else "other"
    return {0: "zero", 1: "one", 2: "two", 3: "three", 6: "six"}.get(number, "other")
