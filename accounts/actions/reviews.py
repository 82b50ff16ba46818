"""The quarterly review of who has access."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from wlga_portal.kernel.audit import audited

from ..models import AccessReview, Kept, Membership, quarter_of
from .memberships import end_role


def review_access(*, by: Any, answers: Mapping[Membership, Kept]) -> None:
    """Note what was said of each role; one that is not right ends today. Raises CannotBe: then nothing is noted.

    Whoever said it first in this quarter stands in the record.
    """
    today = timezone.localdate()
    with transaction.atomic():
        for membership, outcome in answers.items():
            with audited(by=by, why="access reviewed"):
                _row, made = AccessReview.objects.get_or_create(
                    membership=membership, quarter=quarter_of(today), defaults={"outcome": outcome, "by": by}
                )
            if made and outcome == Kept.ENDED:
                end_role(membership, by=by, ends=today, why="not confirmed at the review of access")
