"""What the team says of a project: status updates, confirmations, and what holds now."""

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

from ..querysets import StatusUpdateQuerySet
from ..states import MEANINGS, SCALE, Confidence, oldest_fresh
from .plans import both_or_neither
from .projects import Project

# The row of `Standing` made anew from the updates and confirmations of one project: the update of the latest day that
# no later one corrects. The project's row is locked first, so that two writers come one after the other.
STAND = """
PERFORM 1 FROM projects_project WHERE id = NEW.project_id FOR UPDATE;
INSERT INTO projects_standing (project_id, update_id, confidence, said_on, confirmed_on)
SELECT said.project_id, said.id, said.confidence, said.for_date,
    GREATEST(said.for_date, (
        SELECT max(again.for_date) FROM projects_confirmation again WHERE again.update_id = said.id
    ))
FROM projects_statusupdate said
WHERE said.project_id = NEW.project_id
    AND NOT EXISTS (SELECT 1 FROM projects_statusupdate later WHERE later.corrects_id = said.id)
ORDER BY said.for_date DESC, said.id DESC LIMIT 1
ON CONFLICT (project_id) DO UPDATE SET update_id = EXCLUDED.update_id, confidence = EXCLUDED.confidence,
    said_on = EXCLUDED.said_on, confirmed_on = EXCLUDED.confirmed_on;
RETURN NULL;
"""


def same_project(column: str) -> pgtrigger.Trigger:
    """A row and the update that it points at (by `column`) are of one project."""
    return pgtrigger.Trigger(
        name="same_project",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
        IF NEW.{column} IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM projects_statusupdate said WHERE said.id = NEW.{column} AND said.project_id = NEW.project_id
        ) THEN
            RAISE EXCEPTION 'the update is of another project' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,  # noqa: S608  `column` is one of two names written below
    )


def stands() -> pgtrigger.Trigger:
    """The trigger that keeps `Standing` true, whoever adds a row and however."""
    return pgtrigger.Trigger(name="standing", when=pgtrigger.After, operation=pgtrigger.Insert, func=STAND)


@tracked()
class StatusUpdate(BilingualModel):
    """What was said of a project on a day. Frozen once it is posted: a correction is a new row that points at it.

    `for_date` is the day of which it speaks, `at` when it was posted. Only the marks of its texts may change: a
    translator reviews them later.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="updates")
    confidence = models.CharField(_("Delivery confidence"), max_length=5, choices=Confidence.choices)
    scale = models.PositiveSmallIntegerField(default=SCALE, editable=False)
    reason = Bilingual(label=_("Reason"))
    text = Bilingual(label=_("Public text"), blank=True)
    internal = models.TextField(_("Internal note"), blank=True)
    for_date = models.DateField(_("Date"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    objects = StatusUpdateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-for_date", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "-for_date", "-id"], name="statusupdate_newest_of_project")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="statusupdate_confidence_known", condition=Q(confidence__in=Confidence.values)),
            models.CheckConstraint(name="statusupdate_scale_known", condition=Q(scale__in=list(MEANINGS))),
            models.CheckConstraint(name="statusupdate_reason_in_both", condition=~Q(reason_en="") & ~Q(reason_cy="")),
            models.CheckConstraint(name="statusupdate_text_in_both_or_neither", condition=both_or_neither("text")),
            models.CheckConstraint(
                name="statusupdate_corrects_another", condition=Q(corrects=None) | ~Q(corrects=models.F("id"))
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            same_project("corrects_id"),
            stands(),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["reason_mark", "text_mark"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.for_date}: {self.confidence}"

    @property
    def corrected(self) -> bool:
        """Whether a later update stands in its place."""
        return hasattr(self, "corrected_by")

    @property
    def meaning(self) -> str:
        """What its confidence means on the scale on which it was given."""
        return str(MEANINGS[self.scale][self.confidence])


@append_only
@tracked()
class Confirmation(models.Model):
    """Somebody of the team says that an update is still true: no change."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="confirmations")
    update = models.ForeignKey(StatusUpdate, on_delete=models.PROTECT, related_name="confirmations")
    for_date = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-for_date", "-pk"]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [same_project("update_id"), stands()]

    def __str__(self) -> str:
        return f"{self.project}, {self.for_date}"


@append_only
@tracked()
class Standing(models.Model):
    """What holds of a project now: its latest uncorrected update. Written by the database alone (see `STAND`)."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="standing")
    update = models.ForeignKey(StatusUpdate, on_delete=models.PROTECT, related_name="+")
    confidence = models.CharField(max_length=5, choices=Confidence.choices)
    said_on = models.DateField()
    confirmed_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.project}: {self.confidence}"

    def is_stale(self, today: date) -> bool:
        """Whether it reads "unconfirmed": more than 14 days since somebody last stood by it."""
        return self.confirmed_on < oldest_fresh(today)
