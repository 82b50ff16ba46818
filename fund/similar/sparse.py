"""Texts as counts of what stands in them, compared by what is rare: a small index that rows come into and leave."""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping

REWEIGH = 0.02  # of the rows may change before all are weighed anew: how rare a word is changes slowly


class Sparse:
    """Rows by number, each a count of terms. Closeness is from 0 to 1: the cosine of counts weighed by rarity."""

    def __init__(self) -> None:
        self.counts: dict[int, Mapping[Hashable, int]] = {}
        self.rows_with: Counter[Hashable] = Counter()
        self.holding: dict[Hashable, dict[int, float]] = {}
        self.changed = 0

    def put(self, row: int, counts: Mapping[Hashable, int]) -> None:
        """A row comes in, or says something else now."""
        self.drop(row)
        self.counts[row] = counts
        self.rows_with.update(counts.keys())
        self.hold(row)
        self.changed += 1

    def drop(self, row: int) -> None:
        counts = self.counts.pop(row, None)
        if counts is None:
            return
        self.rows_with.subtract(counts.keys())
        for term in counts:
            self.holding.get(term, {}).pop(row, None)
        self.changed += 1

    def settle(self) -> None:
        """Weigh all rows anew, where enough of them have changed."""
        if self.changed > REWEIGH * len(self.counts):
            self.holding.clear()
            for row in self.counts:
                self.hold(row)
            self.changed = 0

    def hold(self, row: int) -> None:
        for term, weight in self.weigh(self.counts[row]).items():
            self.holding.setdefault(term, {})[row] = weight

    def rarity(self, term: Hashable) -> float:
        return math.log((len(self.counts) + 1) / (self.rows_with[term] + 0.5))

    def weigh(self, counts: Mapping[Hashable, int]) -> dict[Hashable, float]:
        """Terms by how rare they are, of length 1."""
        weights = {term: (1 + math.log(count)) * self.rarity(term) for term, count in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}

    def close_to(self, counts: Mapping[Hashable, int]) -> dict[int, float]:
        """The rows that share anything with these counts, and how close each is."""
        close: defaultdict[int, float] = defaultdict(float)
        for term, weight in self.weigh(counts).items():
            for row, held in self.holding.get(term, {}).items():
                close[row] += weight * held
        return close
