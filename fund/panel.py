"""The panel's screen as data: ranking, plot, budget line, what each assessor weighs. Eight queries at any size."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from wlga_portal.kernel.charts import Series

from .models import Bid, Criterion, Decision, Moderation, Round, Score, Submission
from .models.assessments import SCORED_OF
from .plot import Row, ScorePlot, score_plot
from .ranking import Line, Moved, left_out, ranked
from .states import BidStatus
from .states.assessing import DecisionStatus


@dataclass
class Panel:
    """All that the panel sees of one stage of a round."""

    round: Round
    stage: str
    lines: list[Line]
    people: list[Any]
    left_out: dict[Any, dict[Any, Moved]]
    moderations: dict[int, list[Moderation]]
    decisions: dict[int, Decision]
    criteria: list[Criterion]
    scores: list[Score]
    sent: dict[int, Submission]

    @property
    def plot(self) -> ScorePlot:
        """Every score that counts."""
        number = {person: place for place, person in enumerate(self.people)}
        marks: dict[int, list[tuple[int, int]]] = {}
        points: dict[tuple[int, int, Any], int] = {}
        for score in self.scores:
            who = score.assessment.assessor
            marks.setdefault(score.assessment.bid_id, []).append((number[who], score.points))
            points[score.assessment.bid_id, score.criterion_id, who] = score.points
        pairs = [(line.bid, criterion) for line in self.lines for criterion in self.criteria]
        labels = [f"{bid.reference}: {criterion.name}" for bid, criterion in pairs]
        series = [
            Series(str(who), [points.get((bid.pk, criterion.pk, who)) for bid, criterion in pairs])
            for who in self.people
        ]
        rows = [Row(line.bid.reference, line.score, marks.get(line.bid.pk, [])) for line in self.lines]
        return score_plot(_("Every score"), labels, series, rows)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The ranking, with where the budget ends before a line."""
        found = []
        for place, line in enumerate(self.lines):
            first_out = not line.within and (place == 0 or self.lines[place - 1].within)
            found.append(
                {
                    "line": line,
                    "bid": line.bid,
                    "sent": self.sent[line.bid.pk],
                    "budget_ends": first_out,
                    "moderations": self.moderations.get(line.bid.pk, []),
                    "decision": self.decisions.get(line.bid.pk),
                    "moved": [(who, self.left_out[who][line.bid]) for who in self.people],
                }
            )
        return found

    def standing_of(self, bid: Bid) -> dict[str, Any]:
        """Where a bid stands, as plain data: kept with its decision. Scores are in hundredths, rounded."""
        line = next(line for line in self.lines if line.bid.pk == bid.pk)
        own = [score for score in self.scores if score.assessment.bid_id == bid.pk]
        return {
            "rank": line.rank,
            "of": len(self.lines),
            "mean": hundredths(line.mean),
            "agreed": hundredths(line.agreed),
            "lowest": hundredths(line.lowest),
            "highest": hundredths(line.highest),
            "budget_pence": self.round.budget_pence,
            "cumulative_pence": line.cumulative,
            "weights": {one.key: one.weight for one in self.criteria},
            "scores": [score.pk for score in own],
            "assessors": {str(person.pk): hundredths(score) for person, score in line.scores.items()},
        }


def hundredths(score: Fraction | None) -> int | None:
    return None if score is None else round(score * 100)


def panel_of(one_round: Round, stage: str) -> Panel:
    """The panel of one stage: bids submitted for it, and those decided at it already."""
    written = next(str(kind) for kind, scored in SCORED_OF.items() if scored == stage)
    decided = Decision.objects.filter(bid=OuterRef("pk"), stage=stage)
    waiting = Q(status=BidStatus.SUBMITTED, stage=written)
    bids = list(
        Bid.objects.filter(waiting | Q(Exists(decided)), round=one_round, is_historic=False)
        .select_related("lead")
        .order_by("reference")
    )
    sent = sent_of(bids, written)
    scores = list(Score.objects.counting().filter(assessment__bid__in=bids, assessment__stage=stage))
    by_key = {bid.pk: bid for bid in bids}
    points: dict[Any, dict[Any, list[tuple[int, int]]]] = {}
    for score in scores:
        given = points.setdefault(by_key[score.assessment.bid_id], {}).setdefault(score.assessment.assessor, [])
        given.append((score.criterion.weight, score.points))
    moderations: dict[int, list[Moderation]] = {}
    for one in Moderation.objects.filter(bid__in=bids, stage=stage).select_related("by"):
        moderations.setdefault(one.bid_id, []).append(one)
    agreed = agreed_scores(moderations, by_key)
    decisions = Decision.objects.filter(bid__in=bids, stage=stage).exclude(status=DecisionStatus.OVERTURNED)
    amounts = {bid: sent[bid.pk].amount_pence for bid in bids}
    return Panel(
        round=one_round,
        stage=stage,
        lines=ranked(bids, points, agreed=agreed, amounts=amounts, budget=one_round.budget_pence),
        people=list({score.assessment.assessor: None for score in scores}),
        left_out=left_out(bids, points, agreed=agreed),
        moderations=moderations,
        decisions={one.bid_id: one for one in decisions},
        criteria=list(one_round.criteria.filter(stage=stage)),
        scores=scores,
        sent=sent,
    )


def sent_of(bids: list[Bid], written: str) -> dict[int, Submission]:
    """Each bid's latest submission of the stage: what the panel speaks of. One query."""
    rows = Submission.objects.filter(bid__in=bids, stage=written).order_by("bid", "-number").distinct("bid")
    found, by_key = {}, {bid.pk: bid for bid in bids}
    for one in rows.defer("snapshot"):
        one.bid = by_key[one.bid_id]
        found[one.bid_id] = one
    return found


def agreed_scores(moderations: Mapping[int, list[Moderation]], bids: Mapping[int, Bid]) -> dict[Bid, Fraction]:
    """What the panel agreed last, by bid, where it agreed a score."""
    last = {key: some[-1].hundredths for key, some in moderations.items()}
    return {bids[key]: Fraction(value, 100) for key, value in last.items() if value is not None}
