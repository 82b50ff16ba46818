"""Replay of a decision: what each assessor had before them when they handed in, and the scores that counted then."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from wlga_portal.kernel.wording import moment

from .models import Assessment, Decision, Score, ScoreSheet
from .models.bids import LANGUAGES


@dataclass(frozen=True, slots=True)
class Reading:
    """One assessor's part in a decision."""

    assessment: Assessment
    sheet: ScoreSheet
    scores: list[Score]

    @property
    def shown(self) -> dict[str, Any]:
        """What they read, word for word."""
        content: dict[str, Any] = self.sheet.content
        return content

    @property
    def handed_in(self) -> Any:
        return moment(self.sheet.handed_in_at)

    @property
    def text_language(self) -> str:
        """The name of the language of the texts that they read."""
        return dict(LANGUAGES)[self.shown["text_language"]]

    @property
    def hash(self) -> SafeString:
        return format_html("<code>{}</code>", self.sheet.sha256)


def replay_of(decision: Decision) -> list[Reading]:
    """By assessor. For an applied decision the very scores that counted when it was applied; for a pending one, those
    that count now. Two queries."""
    rows = Score.objects.select_related("assessment__assessor", "assessment__sheet", "criterion", "corrected_by")
    if decision.standing is None:
        counting = Score.objects.counting().filter(assessment__bid=decision.bid_id, assessment__stage=decision.stage)
        keys = list(counting.values_list("pk", flat=True))
    else:
        keys = decision.standing["scores"]
    found: dict[Assessment, list[Score]] = {}
    for score in rows.filter(pk__in=keys).order_by("assessment__assessor__name", "assessment_id", "criterion__order"):
        found.setdefault(score.assessment, []).append(score)
    return [Reading(one, one.sheet, scores) for one, scores in found.items()]
