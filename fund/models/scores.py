"""What assessors handed in: what they had read, and their scores. Nothing of it changes; a correction is a new row."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.querysets.assessing import ScoreQuerySet
from wlga_portal.kernel.database import append_only

from .assessments import Assessment
from .bids import HELD, LANGUAGES
from .criteria import Criterion
from .submissions import digest


@append_only
class ScoreSheet(models.Model):
    """What an assessor had before them when they handed in: `content` is the page's text, word for word, in the
    language in which they read it, with the criteria as they were described; `sha256` is its hash."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="sheet")
    language = models.CharField(_("Language of the page"), max_length=2, choices=LANGUAGES)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    handed_in_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="sheet_language_known", condition=Q(language__in=["cy", "en"])),
            models.CheckConstraint(name="sheet_has_its_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.language}"

    @property
    def is_whole(self) -> bool:
        """Whether what was read still has the hash that it was handed in with."""
        content: dict[str, Any] = self.content
        return digest(content) == self.sha256


@append_only
class Score(models.Model):
    """One score, 0 to 5, by one criterion, with its comment. A correction points at the score that it replaces."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("Score"), validators=[MinValueValidator(0), MaxValueValidator(5)])
    comment = models.TextField(_("Comment"))
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    why = models.TextField(_("Why it is corrected"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["assessment", "criterion__order", "criterion", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="score_from_0_to_5", condition=Q(points__range=(0, 5))),
            models.CheckConstraint(name="score_has_a_comment", condition=~Q(comment="")),
            models.CheckConstraint(
                name="score_corrected_with_a_reason",
                condition=Q(corrects=None, why="") | Q(corrects__isnull=False) & ~Q(why=""),
            ),
            models.UniqueConstraint(
                name="score_once_by_a_criterion", fields=["assessment", "criterion"], condition=Q(corrects=None)
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="of_its_assessor",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF NOT EXISTS (SELECT FROM fund_assessment a JOIN fund_bid b ON b.id = a.bid_id
                    JOIN fund_criterion c ON c.round_id = b.round_id AND c.stage = a.stage
                    WHERE a.id = NEW.assessment_id AND c.id = NEW.criterion_id AND a.assessor_id = NEW.by_id
                    AND a.status = CASE WHEN NEW.corrects_id IS NULL THEN 'assigned' ELSE 'handed_in' END) THEN
                    RAISE EXCEPTION 'a score is its assessor''s own, by a criterion of the stage'
                    {HELD} 'score_of_its_assessor'; END IF;
                IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT FROM fund_score s WHERE s.id = NEW.corrects_id
                    AND s.assessment_id = NEW.assessment_id AND s.criterion_id = NEW.criterion_id) THEN
                    RAISE EXCEPTION 'a correction is of the same criterion' {HELD} 'score_corrects_its_own'; END IF;
                RETURN NEW;
                """,  # noqa: S608  our own words only
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}, {self.criterion_id}: {self.points}"

    @property
    def is_current(self) -> bool:
        """Whether no later row corrects it; asked of rows read `with_row`."""
        return not hasattr(self, "corrected_by")
