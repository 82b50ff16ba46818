"""Who may, in the sift and the panel. When stands in `states_assessing.py`."""

from typing import Any

from accounts.roles import Role, roles_of

from ..models import Assessment, Bid, Decision, Review, Score
from ..querysets.assessing import in_conflict
from ..states.assessing import ASSESSMENT, DECISION, REVIEW, Outcome
from . import bid_lead_officer, round_manage


def assess(user: Any) -> bool:
    """Assessors."""
    return roles_of(user).has(Role.ASSESSOR)


def scored_manage(user: Any, scored: Any) -> bool:
    """The fund manager of the round of this stage (`finders_assessing.Scored`)."""
    return round_manage(user, scored.round)


def scored_bid_manage(user: Any, scored: Any) -> bool:
    """The fund manager of the round of this bid (`finders_assessing.ScoredBid`)."""
    return round_manage(user, scored.bid.round)


def assessment_manage(user: Any, assessment: Assessment) -> bool:
    """The fund manager of its round."""
    return round_manage(user, assessment.bid.round)


def assessment_own(user: Any, assessment: Assessment) -> bool:
    """The assessor, whatever their own organisation is."""
    return assess(user) and assessment.assessor_id == user.pk


def assessment_score(user: Any, assessment: Assessment) -> bool:
    """The assessor, while they have no part in the bid."""
    return assessment_own(user, assessment) and free_of_conflict(user, assessment.bid)


def score_correct(user: Any, score: Score) -> bool:
    """Who handed it in."""
    return assessment_score(user, score.assessment)


def free_of_conflict(user: Any, bid: Bid) -> bool:
    """Whether this person has no part in the bid, by the same query that hides it."""
    return not Bid.objects.filter(in_conflict(user), pk=bid.pk).exists()


ASSESSMENT.allow(
    hand_in=assessment_score,
    declare=assessment_own,
    decline=assessment_own,
    remove=assessment_manage,
    assign_again=assessment_manage,
)


def decision_manage(user: Any, decision: Decision) -> bool:
    """The fund manager of its round."""
    return round_manage(user, decision.bid.round)


def review_ask(user: Any, decision: Decision) -> bool:
    """An officer of the council that leads the bid, of a decision not to take it forward, once."""
    refused = decision.outcome == Outcome.REFUSE and decision.applied_at is not None
    return refused and not hasattr(decision, "review") and bid_lead_officer(user, decision.bid)


def review_answer(user: Any, review: Review) -> bool:
    """The fund manager of its round."""
    return decision_manage(user, review.decision)


DECISION.allow(apply=decision_manage, overturn=decision_manage)
REVIEW.allow(keep=review_answer, overturn=review_answer)
