"""Milestones of a project, and what was forecast of each."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from .plans import both_or_neither
from .projects import Project

MOVED = 'OLD."baseline" IS NOT NULL AND OLD."baseline" IS DISTINCT FROM NEW."baseline"'
# A milestone keeps the baseline that it has: only a plan change that was agreed moves it, to the day that it names.
KEEP_BASELINE = """
IF NOT EXISTS (
    SELECT 1 FROM projects_planchange agreed
    WHERE agreed.milestone_id = NEW.id AND agreed.kind = 'baseline_moved' AND agreed.status = 'agreed'
        AND agreed.day_before = OLD.baseline AND agreed.day_after = NEW.baseline
) THEN
    RAISE EXCEPTION 'a baseline moves by an agreed plan change alone' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
# A forecast that was written into the milestone itself, by whatever means, is appended to its forecasts too.
APPEND_FORECAST = """
SELECT * INTO latest FROM projects_milestoneforecast
WHERE milestone_id = NEW.id ORDER BY for_date DESC, id DESC LIMIT 1;
IF NEW.forecast IS NULL AND latest.id IS NOT NULL THEN
    RAISE EXCEPTION 'a forecast is not taken back' USING ERRCODE = 'check_violation';
END IF;
IF NEW.forecast IS DISTINCT FROM latest.forecast THEN
    INSERT INTO projects_milestoneforecast (milestone_id, forecast, for_date, at, by_id, why_en, why_cy, why_mark)
    VALUES (
        NEW.id, NEW.forecast, GREATEST((now() AT TIME ZONE 'Europe/London')::date, latest.for_date), now(),
        (NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb ->> 'by')::bigint, '', '', 'unreviewed'
    );
END IF;
RETURN NULL;
"""
# The milestone's forecast is the one that speaks of the latest day.
FOLLOW_FORECAST = """
UPDATE projects_milestone SET forecast = latest.forecast
FROM (
    SELECT said.forecast FROM projects_milestoneforecast said WHERE said.milestone_id = NEW.milestone_id
    ORDER BY said.for_date DESC, said.id DESC LIMIT 1
) latest
WHERE projects_milestone.id = NEW.milestone_id AND projects_milestone.forecast IS DISTINCT FROM latest.forecast;
RETURN NULL;
"""


@tracked()
class Milestone(VersionedModel, BilingualModel):
    """A date that a project works towards: as first agreed, as expected now, as it happened.

    `forecast` is that of the latest `MilestoneForecast`, and a set `baseline` moves by an agreed plan change alone: the
    database keeps both so. `dropped_on` is the day since which nobody works towards it.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    title = Bilingual(label=_("Milestone"), max_length=200)
    baseline = models.DateField(_("Baseline"), null=True, blank=True)
    forecast = models.DateField(_("Forecast"), null=True, blank=True)
    actual = models.DateField(_("Actual"), null=True, blank=True)
    dropped_on = models.DateField(_("No longer planned since"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["baseline", "forecast", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="milestone_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(
                name="milestone_has_a_date",
                condition=Q(baseline__isnull=False) | Q(forecast__isnull=False) | Q(actual__isnull=False),
            ),
            models.CheckConstraint(name="milestone_reached_or_dropped", condition=Q(actual=None) | Q(dropped_on=None)),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="keep_baseline",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    'OLD."baseline" IS NOT NULL AND OLD."baseline" IS DISTINCT FROM NEW."baseline"'
                ),
                func=KEEP_BASELINE,
            ),
            pgtrigger.Trigger(
                name="append_forecast",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("forecast"),
                declare=[("latest", "projects_milestoneforecast")],
                func=APPEND_FORECAST,
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def slip_days(self) -> int | None:
        """Days by which it came, or is expected, after its baseline (negative: before it); None without both dates."""
        reached = self.actual or self.forecast
        return (reached - self.baseline).days if reached and self.baseline else None

    @property
    def ahead(self) -> bool:
        """Whether somebody still works towards it."""
        return self.actual is None and self.dropped_on is None

    @property
    def expected_on(self) -> date | None:
        """The day on which it is expected: as forecast, or as first agreed."""
        return self.forecast or self.baseline

    def overdue(self, today: date) -> bool:
        """Whether its expected day is past, it has not happened and somebody still works towards it."""
        return self.ahead and self.expected_on is not None and self.expected_on < today


@append_only
@tracked()
class MilestoneForecast(BilingualModel):
    """When a milestone is expected, as said for a day. Never changed: a later row takes its place.

    `for_date` is the day of which it speaks, `at` when the portal knew it. `why` stands in both languages or in none.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="forecasts")
    forecast = models.DateField(_("Forecast"))
    for_date = models.DateField(_("Date"))
    why = Bilingual(label=_("Reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-for_date", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["milestone", "-for_date", "-id"], name="forecast_newest_of_milestone")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="milestoneforecast_why_in_both_or_neither", condition=both_or_neither("why"))
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="follow_forecast", when=pgtrigger.After, operation=pgtrigger.Insert, func=FOLLOW_FORECAST
            )
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.forecast}"
