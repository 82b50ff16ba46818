"""Which statements are about the same problem as one: signals combined, and a threshold.

Meaning alone finds the partner, but shows too much: some statements are near to all (hubs). Four things together keep
them out: how near two are beyond what is usual for each (CSLS), how near their sentences are, which rare words they
share, and whether each is among the nearest of the other.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import meaning
from .words import sentences, terms

if TYPE_CHECKING:
    import numpy

FOUND = 5  # shown at most
CANDIDATES = 24  # looked at closely
USUAL = 5  # neighbours that say how near is usual
FEW = 40  # statements; among fewer, how near is usual is taken from the labelled ones
USUAL_AMONG_FEW = (0.13, 0.23)  # their lowest and highest tenth
SENTENCES, WORDS, RANKS = 0.2, 0.4, 0.05  # weights beside the meaning of the whole
SENTENCES_IN_ORDER, WORDS_IN_ORDER = 0.3, 0.2  # the same, for the order alone
SURE = 0.095  # from here on a pair is shown
SURE_BY_WORDS = 0.17  # the same where words alone are compared


@dataclass(frozen=True)
class Statement:
    """A bid's problem: `key` is the caller's own, `language` the one that it is written in."""

    key: Any
    language: str
    title: str
    problem: str

    @property
    def whole(self) -> str:
        return f"{self.title}. {self.problem}"

    @cached_property
    def sentences(self) -> list[str]:
        return sentences(self.whole)

    @cached_property
    def terms(self) -> Counter[str]:
        return terms(self.whole, self.language)

    @cached_property
    def vectors(self) -> meaning.Vectors:
        return meaning.vectors_of(self.whole, self.sentences, self.language)


@dataclass(frozen=True, slots=True)
class Match:
    """Another statement near to one, and whether it is near enough to be shown."""

    statement: Statement
    score: float
    shown: bool


class Corpus:
    """The statements among which similar ones are looked for. Made once, asked often; not changed."""

    def __init__(self, statements: Sequence[Statement], *, by_meaning: bool | None = None) -> None:
        self.statements = list(statements)
        self.by_meaning = meaning.available() if by_meaning is None else by_meaning
        seen = Counter(term for one in self.statements for term in one.terms)
        self.rarity = {term: math.log((len(self.statements) + 1) / (count + 0.5)) for term, count in seen.items()}
        self.weighed = [self.weigh(one) for one in self.statements]
        self.holding: dict[str, list[int]] = {}
        for place, weights in enumerate(self.weighed):
            for term in weights:
                self.holding.setdefault(term, []).append(place)

    def weigh(self, statement: Statement) -> dict[str, float]:
        """Its words by how rare they are, of length 1."""
        weights = {
            term: (1 + math.log(count)) * self.rarity.get(term, math.log(len(self.statements) + 1))
            for term, count in statement.terms.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}

    def by_words(self, statement: Statement) -> dict[int, float]:
        """The places of statements that share words with this one, and how much (0 to 1)."""
        shared: dict[int, float] = {}
        for term, weight in self.weigh(statement).items():
            for place in self.holding.get(term, ()):
                shared[place] = shared.get(place, 0.0) + weight * self.weighed[place][term]
        return shared

    def nearest(self, statement: Statement, *, without: Any = None) -> list[Match]:
        """The five nearest, the nearest first; the one whose key is `without` is left out (the statement itself)."""
        own = set() if without is None else {at for at, one in enumerate(self.statements) if one.key == without}
        scored = self.scored(statement, own) if self.by_meaning else self.scored_by_words(statement, own)
        return scored[:FOUND]

    def scored_by_words(self, statement: Statement, own: set[int]) -> list[Match]:
        found = sorted(((score, place) for place, score in self.by_words(statement).items()), reverse=True)
        others = ((score, place) for score, place in found if place not in own)
        return [Match(self.statements[place], round(score, 4), score >= SURE_BY_WORDS) for score, place in others]

    # --- By meaning -------------------------------------------------------------------------------
    @cached_property
    def matrix(self) -> "numpy.ndarray":
        """The vectors of the whole, both ways beside one another: their product is the mean of both."""
        import numpy

        rows = [numpy.concatenate([one.vectors.query, one.vectors.passage]) for one in self.statements]
        return numpy.stack(rows) / math.sqrt(2) if rows else numpy.zeros((0, 2 * 384), "float32")

    @cached_property
    def usual(self) -> "numpy.ndarray":
        """For each statement, how near its nearest neighbours are on average."""
        import numpy

        near = self.matrix @ self.matrix.T
        numpy.fill_diagonal(near, -1)
        return usual_of(near)

    def scored(self, statement: Statement, own: set[int]) -> list[Match]:
        import numpy

        vector = numpy.concatenate([statement.vectors.query, statement.vectors.passage]) / math.sqrt(2)
        near = self.matrix @ vector
        near[list(own)] = -1
        usual = float(usual_of(near[None, :])[0])
        beyond = near - (usual + self.usual) / 2
        words = numpy.zeros(len(near))
        for place, share in self.by_words(statement).items():
            words[place] = share
        plain = beyond + WORDS * words
        plain[list(own)] = -9
        candidates = numpy.argsort(-plain)[:CANDIDATES]
        matches = []
        for rank, place in enumerate(candidates, start=1):
            if place in own:
                continue
            other = self.statements[place]
            close = closeness(statement.vectors.sentences, other.vectors.sentences)
            back = self.rank_from(int(place), float(near[place]) - usual / 2, own)
            sure = plain[place] + SENTENCES * close - RANKS * math.log(rank * back)
            order = beyond[place] + WORDS_IN_ORDER * words[place] + SENTENCES_IN_ORDER * close
            matches.append((float(order), Match(other, round(float(sure), 4), bool(sure >= SURE))))
        return [match for _order, match in sorted(matches, key=lambda pair: -pair[0])]

    def rank_from(self, place: int, mine: float, own: set[int]) -> int:
        """Where the asking statement stands among the neighbours of this one: 1 is the nearest."""
        others = self.matrix @ self.matrix[place] - self.usual / 2
        others[[place, *own]] = -9
        return 1 + int((others > mine).sum())


def usual_of(near: "numpy.ndarray") -> "numpy.ndarray":
    """The mean of the highest few of each row. Among few statements one partner alone would make itself usual."""
    import numpy

    count = min(USUAL, near.shape[1])
    if not count:
        return numpy.zeros(near.shape[0])
    mean: numpy.ndarray = numpy.sort(near, axis=1)[:, -count:].mean(axis=1)
    return mean if near.shape[1] >= FEW else mean.clip(*USUAL_AMONG_FEW)


def closeness(ours: "numpy.ndarray", theirs: "numpy.ndarray") -> float:
    """How near the sentences of two texts are: of each the nearest on the other side, both ways, on average."""
    near = ours @ theirs.T
    return float((near.max(axis=1).mean() + near.max(axis=0).mean()) / 2)
