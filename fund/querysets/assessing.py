"""How the sift and the panel are read. Whoever has a part in a bid does not find it here: by the query, each time."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value

from accounts.roles import Role, roles_of

from ..states.assessing import HELD_STATUSES, AssessmentStatus, DecisionStatus

if TYPE_CHECKING:
    from ..models import Assessment, Decision, Review, Score


class BidsOf(models.Func):
    """The bids in which these organisations (an array) have a part, or this assessor declared a conflict, and all of
    their lines of merging. The function stands in the migration `bids_of`; the database's own check asks it too."""

    function = "fund_bids_of"
    template = "(SELECT %(function)s(%(expressions)s))"

    def __init__(self, organisations: Any, assessor: Any) -> None:
        super().__init__(organisations, assessor, output_field=models.BigIntegerField())


def in_conflict(user: Any) -> Q:
    """The bids in which this person's own organisation leads or is a partner, those for which they declared a conflict,
    and whatever was merged with one of them. It is asked of the rows as they are: a partner that joins counts at once.
    """
    councils = Value(sorted(roles_of(user).organisation_ids()), output_field=ArrayField(models.BigIntegerField()))
    return Q(pk__in=BidsOf(councils, Value(user.pk, output_field=models.BigIntegerField())))


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments: an assessor's own, free of conflict; all of them for the fund manager."""

    def shown(self) -> "AssessmentQuerySet":
        return self if settings.DEMO else self.filter(bid__round__is_demo=False)

    def held_by(self, user: Any) -> "AssessmentQuerySet":
        """What this assessor is to score or has scored, and has no part in."""
        from ..models import Bid

        if not roles_of(user).has(Role.ASSESSOR):
            return self.none()
        apart = Bid.objects.filter(in_conflict(user)).values("pk")
        return self.shown().filter(assessor=user, status__in=HELD_STATUSES).exclude(bid__in=apart)

    def visible_to(self, user: Any) -> "AssessmentQuerySet":
        return self.shown() if roles_of(user).has(Role.FUND_MANAGER) else self.held_by(user)

    def counting(self) -> "AssessmentQuerySet":
        """Those whose scores count: handed in, by assessors who have no part in the bid today."""
        from accounts.models import Membership

        own = Membership.objects.current().filter(user=OuterRef("assessor"))
        apart = BidsOf(ArraySubquery(own.values("organisation")), F("assessor"))
        return self.filter(status=AssessmentStatus.HANDED_IN).exclude(bid__in=apart)

    def with_row(self) -> "AssessmentQuerySet":
        """What a row of a list shows: one query."""
        return self.select_related("bid__round", "bid__lead", "bid__topic", "assessor", "submission").defer(
            "submission__snapshot"
        )

    def with_page(self) -> "AssessmentQuerySet":
        """What an assessor reads: the snapshot, the round with its stages."""
        return self.select_related("bid__round", "bid__lead", "submission", "assessor").prefetch_related(
            "bid__round__stages"
        )


class ScoreQuerySet(models.QuerySet["Score"]):
    """Scores. Nobody sees another's before handing in their own for the same bid."""

    def current(self) -> "ScoreQuerySet":
        """Those that no later row corrects."""
        return self.filter(corrected_by=None)

    def with_row(self) -> "ScoreQuerySet":
        """Who gave it, by what, and whether it was corrected: one query, corrections after what they correct."""
        rows = self.select_related("assessment__assessor", "criterion", "corrected_by")
        return rows.order_by("assessment__assessor__name", "assessment_id", "criterion__order", "criterion_id", "pk")

    def visible_to(self, user: Any) -> "ScoreQuerySet":
        """All for the fund manager; an assessor's own, and those of others on bids that they have handed in."""
        from ..models import Assessment

        if roles_of(user).has(Role.FUND_MANAGER):
            return self.filter(assessment__in=Assessment.objects.shown())
        own = Assessment.objects.held_by(user)
        done = own.filter(
            status=AssessmentStatus.HANDED_IN, bid=OuterRef("assessment__bid"), stage=OuterRef("assessment__stage")
        )
        return self.filter(Q(assessment__in=own) | Q(Exists(done)))

    def counting(self) -> "ScoreQuerySet":
        """Current scores of assessments that count, in the order of the criteria: one query."""
        from ..models import Assessment

        rows = self.current().filter(assessment__in=Assessment.objects.counting())
        return rows.select_related("assessment__assessor", "criterion").order_by(
            "assessment__assessor__name", "assessment_id", "criterion__order", "criterion_id"
        )


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions: all for the fund manager; a council's own once they are applied."""

    def visible_to(self, user: Any) -> "DecisionQuerySet":
        from ..models import Bid

        if roles_of(user).has(Role.FUND_MANAGER):
            return self if settings.DEMO else self.filter(bid__round__is_demo=False)
        return self.exclude(status=DecisionStatus.PENDING).filter(bid__in=Bid.objects.of_councils(user))

    def with_page(self) -> "DecisionQuerySet":
        """What a decision's own pages show."""
        related = self.select_related("bid__round", "bid__lead", "bid__latest", "applied_by", "review")
        return related.defer("bid__latest__snapshot").prefetch_related("bid__round__stages")


class ReviewQuerySet(models.QuerySet["Review"]):
    """Requests to look at a decision again: as the decision itself."""

    def visible_to(self, user: Any) -> "ReviewQuerySet":
        from ..models import Decision

        return self.filter(decision__in=Decision.objects.visible_to(user))
