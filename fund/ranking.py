"""How bids rank by their scores. Fractions are exact: two bids with the same scores have the same rank everywhere.

An assessor's score of a bid is the mean of their points, each counted by the weight of its criterion. A bid's score is
the mean of its assessors' scores, or what the panel agreed in its place; its spread is from the lowest to the highest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Points = Mapping[Any, Mapping[Any, Iterable[tuple[int, int]]]]  # bid -> assessor -> (weight, points)


@dataclass
class Line:
    """One bid in the ranking. `rank` is None for one that nobody has scored; equal scores share the better rank."""

    bid: Any
    scores: dict[Any, Fraction] = field(default_factory=dict)
    agreed: Fraction | None = None
    rank: int | None = None
    amount: int | None = None
    cumulative: int = 0
    within: bool = True

    @property
    def mean(self) -> Fraction | None:
        """The mean of its assessors' scores, each the same weight."""
        return sum(self.scores.values(), Fraction(0)) / len(self.scores) if self.scores else None

    @property
    def score(self) -> Fraction | None:
        """By which it ranks."""
        return self.mean if self.agreed is None else self.agreed

    @property
    def lowest(self) -> Fraction | None:
        return min(self.scores.values(), default=None)

    @property
    def highest(self) -> Fraction | None:
        return max(self.scores.values(), default=None)

    @property
    def spread(self) -> Fraction | None:
        """From the lowest to the highest of its assessors' scores."""
        return None if self.lowest is None or self.highest is None else self.highest - self.lowest


def weighted(points: Iterable[tuple[int, int]]) -> Fraction | None:
    """The mean of points, each counted by its weight; None of none."""
    pairs = list(points)
    whole = sum(weight for weight, _points in pairs)
    return Fraction(sum(weight * value for weight, value in pairs), whole) if whole else None


def ranked(
    bids: Iterable[Any],
    points: Points,
    *,
    agreed: Mapping[Any, Fraction] | None = None,
    without: Any = None,
    amounts: Mapping[Any, int | None] | None = None,
    budget: int | None = None,
) -> list[Line]:
    """The bids, best first; those that nobody scored come last, in the order given. `without` leaves one assessor out.

    `cumulative` adds up the amounts (an amount that is not given adds nothing, and the line says None); `within` says
    whether that sum is inside the budget.
    """
    lines = []
    for bid in bids:
        own = {who: weighted(given) for who, given in points.get(bid, {}).items() if who != without}
        scores = {who: score for who, score in own.items() if score is not None}
        lines.append(Line(bid, scores, (agreed or {}).get(bid), amount=(amounts or {}).get(bid)))
    lines.sort(key=lambda line: (line.score is None, -(line.score or 0)))
    total = 0
    for place, line in enumerate(lines, 1):
        before = lines[place - 2] if place > 1 else None
        if line.score is not None:
            line.rank = before.rank if before is not None and before.score == line.score else place
        total += line.amount or 0
        line.cumulative, line.within = total, budget is None or total <= budget
    return lines


@dataclass(frozen=True)
class Moved:
    """Where a bid would stand if one assessor were left out, and how many places that is up (+) or down (-)."""

    rank: int | None
    by: int

    @property
    def down(self) -> int:
        """How many places down."""
        return -self.by


def left_out(bids: Iterable[Any], points: Points, *, agreed: Mapping[Any, Fraction]) -> dict[Any, dict[Any, Moved]]:
    """For each assessor who scored: each bid's rank without them. What the panel agreed stays."""
    bids = list(bids)
    now = {line.bid: line.rank for line in ranked(bids, points, agreed=agreed)}
    people = {who: None for given in points.values() for who in given}
    found: dict[Any, dict[Any, Moved]] = {}
    for who in people:
        lines = ranked(bids, points, agreed=agreed, without=who)
        found[who] = {line.bid: Moved(line.rank, moved(now[line.bid], line.rank)) for line in lines}
    return found


def moved(before: int | None, after: int | None) -> int:
    return before - after if before is not None and after is not None else 0
