"""Handing in scores, and correcting one afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.models import Assessment, Criterion, Score, ScoreSheet
from fund.models.submissions import digest
from fund.reading import is_latest, shown_to_assessor
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import drop_draft
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

Given = Mapping[Criterion, tuple[int, str]]  # criterion -> the score and its comment


def scores_hand_in(
    *, assessment: Assessment, given: Given, language: str, read: str, by: Any, at: datetime | None = None
) -> Assessment:
    """Hand in a score and a comment by each criterion, with what was read (`read` is its hash). It is final.

    Raises Refused where the bid, its translation, a clarification or the criteria changed since the page was read,
    where a criterion has no score, or where the assessor has a part in the bid.
    """
    at = at or timezone.now()

    def write(row: Assessment) -> None:
        content = shown_to_assessor(row, language)
        if not is_latest(row):
            raise Refused(_("The bid was sent again: ask the fund manager for the new version."))
        if digest(content) != read:
            raise Refused(_("What you read changed while you were scoring. Read it again, then hand in."))
        if set(given) != set(row.bid.round.criteria_of(row.stage)) or not given:
            raise Refused(_("Give a score by each criterion."))
        ScoreSheet.objects.create(assessment=row, language=language, content=content, sha256=read, handed_in_at=at)
        Score.objects.bulk_create(
            Score(assessment=row, criterion=criterion, points=points, comment=comment, by=by, at=at)
            for criterion, (points, comment) in given.items()
        )

    with audited(by=by, why="scores handed in"):
        done = advance(assessment, "hand_in", by=by, also=write)
        drop_draft(by, assessment.draft_key)
    return done


def score_correct(*, score: Score, points: int, comment: str, why: str, by: Any, at: datetime | None = None) -> Score:
    """A new row in the place of a score that was handed in, with the reason; the old one stays.

    Raises Refused where it was corrected meanwhile, or is not of this person, or they have a part in the bid since.
    """
    from fund.rules.assessing import assessment_score

    with audited(by=by, why=why):
        assessment = score.assessment.lock()
        if not assessment_score(by, assessment) or not assessment.is_handed_in:
            raise NotAllowed(_("Only who handed a score in corrects it."))
        if Score.objects.filter(corrects=score).exists():
            raise Refused(_("This score was corrected meanwhile. Read it again."))
        return Score.objects.create(
            assessment=assessment,
            criterion=score.criterion,
            points=points,
            comment=comment,
            corrects=score,
            why=why,
            by=by,
            at=at or timezone.now(),
        )
