"""Submitted bids of a closed stage, with assessors, scores and what they read."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import Role
from fund.actions import assessments, scores
from fund.actions.submissions import submission_make
from fund.models import (
    Assessment,
    Bid,
    Decision,
    GovernmentAgreement,
    Moderation,
    Review,
    Round,
    Score,
    ScoreSheet,
)
from fund.models.submissions import digest
from fund.reading import digest_of

from .fund import CriterionFactory, RoundFactory, StageFactory, draft, open_round
from .people import person


def closed_round(*, stage: str = "sift", criteria: int = 2, **fields: Any) -> Round:
    """A round whose stage for writing has closed, with criteria of 60 and 40 percent (or as many as are asked for)."""
    closes_at = timezone.now() - timedelta(days=1)
    one_round = open_round(closes_at=closes_at, questions=1, **fields)
    if stage == "panel":
        StageFactory(round=one_round, kind="proposals", opens_at=closes_at - timedelta(days=9), closes_at=closes_at)
    for number in range(criteria):
        CriterionFactory(round=one_round, stage=stage, order=number, weight=(60, 40)[number % 2])
    return one_round


def sent(
    one_round: Round | None = None, officer: User | None = None, *, stage: str = "statements", **fields: Any
) -> Bid:
    """A bid that its council submitted in time."""
    one_round = one_round or closed_round(stage="sift" if stage == "statements" else "panel")
    officer = officer or person(Role.OFFICER)
    bid = draft(officer, one_round, stage=stage, **fields)
    closes_at = one_round.stages.get(kind=stage).closes_at
    submission = submission_make(bid, by=officer, at=closes_at - timedelta(hours=1))
    Bid.objects.filter(pk=bid.pk).update(status="submitted", latest=submission)
    return Bid.objects.get(pk=bid.pk)


def assessor(**fields: Any) -> User:
    return person(Role.ASSESSOR, **fields)


def assigned(bid: Bid | None = None, to: User | None = None) -> Assessment:
    """A bid in the hands of an assessor, by the same way as on the page."""
    manager = User.objects.filter(memberships__role=Role.FUND_MANAGER).first() or person(Role.FUND_MANAGER)
    return assessments.assessment_assign(bid=bid or sent(), assessor=to or assessor(), by=manager)


def scored(bid: Bid | None = None, to: User | None = None, *points: int) -> Assessment:
    """Handed in, with these points by the criteria of the stage in their order (3 each where none are given)."""
    one = assigned(bid, to)
    criteria = list(one.bid.round.criteria_of(one.stage))
    given = dict(zip(criteria, points or (3,) * len(criteria), strict=True))
    return scores.scores_hand_in(
        assessment=one,
        given={criterion: (value, f"Because of {value}") for criterion, value in given.items()},
        language="en",
        read=digest_of(one, "en"),
        by=one.assessor,
    )


class AssessmentFactory(DjangoModelFactory[Assessment]):
    class Meta:
        model = Assessment

    bid = factory.LazyFunction(sent)
    assessor = factory.LazyFunction(assessor)
    stage = "sift"
    submission = factory.SelfAttribute("bid.latest")
    assigned_by = factory.LazyFunction(lambda: person(Role.FUND_MANAGER))
    assigned_at = factory.LazyFunction(timezone.now)


class ScoreSheetFactory(DjangoModelFactory[ScoreSheet]):
    class Meta:
        model = ScoreSheet

    assessment = factory.SubFactory(AssessmentFactory)
    language = "en"
    content = factory.LazyFunction(lambda: {"title": "A bid"})
    sha256 = factory.LazyAttribute(lambda sheet: digest(sheet.content))
    handed_in_at = factory.LazyFunction(timezone.now)


class ScoreFactory(DjangoModelFactory[Score]):
    class Meta:
        model = Score

    assessment = factory.SubFactory(AssessmentFactory)
    criterion = factory.LazyAttribute(lambda score: score.assessment.bid.round.criteria.first())
    points = 3
    comment = "Because"
    by = factory.SelfAttribute("assessment.assessor")
    at = factory.LazyFunction(timezone.now)


class DecisionFactory(DjangoModelFactory[Decision]):
    class Meta:
        model = Decision

    bid = factory.LazyFunction(sent)
    stage = "sift"
    outcome = "refuse"
    language = factory.SelfAttribute("bid.language")
    reason = "The panel agreed."
    letter = "Dear council"


class ModerationFactory(DjangoModelFactory[Moderation]):
    class Meta:
        model = Moderation

    bid = factory.LazyFunction(sent)
    stage = "sift"
    hundredths = 250
    reason = "The panel talked about it."
    by = factory.LazyFunction(lambda: person(Role.FUND_MANAGER))
    at = factory.LazyFunction(timezone.now)


class GovernmentAgreementFactory(DjangoModelFactory[GovernmentAgreement]):
    class Meta:
        model = GovernmentAgreement

    round = factory.SubFactory(RoundFactory)
    name = "A minister"
    agreed_on = factory.LazyFunction(timezone.localdate)
    reference = "MA/1"
    by = factory.LazyFunction(lambda: person(Role.FUND_MANAGER))
    at = factory.LazyFunction(timezone.now)


def refused_decision() -> Decision:
    """One not to take a bid forward, applied."""
    bid = sent()
    row = DecisionFactory(
        bid=bid, status="applied", applied_at=timezone.now(), applied_by=person(Role.FUND_MANAGER), standing={}
    )
    Bid.objects.filter(pk=bid.pk).update(status="unsuccessful")
    return row


class ReviewFactory(DjangoModelFactory[Review]):
    class Meta:
        model = Review

    decision = factory.LazyFunction(refused_decision)
    reason = "The annex was not read."
    asked_by = factory.SelfAttribute("decision.bid.started_by")
    asked_at = factory.LazyFunction(timezone.now)
