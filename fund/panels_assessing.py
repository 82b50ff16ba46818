"""What of the sift and the panel waits for a person."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.panels import Need, needs

from .models import Assessment, Review
from .rules import assessing as rules
from .rules import fund_manage
from .states.assessing import AssessmentStatus, ReviewStatus


@needs
def bids_to_score(user: Any) -> Iterator[Need]:
    """For an assessor: how many bids of each round are to be scored, by when the stage closes."""
    if not rules.assess(user):
        return
    held = Assessment.objects.held_by(user).filter(status=AssessmentStatus.ASSIGNED)
    rounds: dict[tuple[int, str], list[Assessment]] = {}
    for one in held.with_row().prefetch_related("bid__round__stages"):
        rounds.setdefault((one.bid.round_id, one.stage), []).append(one)
    for (_round, stage), some in rounds.items():
        first, count = some[0], len(some)
        kept = first.bid.round.stage(stage)
        text = ngettext("%(count)s bid to score", "%(count)s bids to score", count) % {"count": count}
        url = first.get_absolute_url() if count == 1 else reverse("fund:assessment_own")
        yield Need(text, url, kept.closes_at if kept else None, str(first.bid.round.name))


@needs
def reviews_to_answer(user: Any) -> Iterator[Need]:
    """For the fund manager: councils that ask for a review of a decision."""
    if not fund_manage(user):
        return
    for review in Review.objects.visible_to(user).filter(status=ReviewStatus.ASKED).select_related("decision__bid"):
        text = _("Answer the review of the decision on %(bid)s") % {"bid": review.decision.bid.reference}
        yield Need(text, review.decision.get_absolute_url())
