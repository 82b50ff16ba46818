"""Which statements are about the same problem as one: signals combined, and a threshold.

Meaning alone finds the partner, but shows too much: some statements are near to all (hubs). Five things together keep
them out: how near two are beyond what is usual for each (CSLS), which rare words they share within a language, which
subjects they share in either language, whether each is among the nearest of the other, and whether each stands out from
the others there. The numbers are chosen on labelled sets: docs/decisions/similar-bids.md.
"""

import math
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import meaning
from .concepts import concepts
from .sparse import Sparse
from .words import terms

if TYPE_CHECKING:
    import numpy

    from .plane import Plane

FOUND = 5  # shown at most
CANDIDATES = 40  # looked at closely
WORDS, CONCEPTS = 0.2, 0.6  # weights beside the meaning of the whole
RANKS = 0.03  # off for each step of the logarithm of the two ranks
AHEAD, AHEAD_THERE = 0.1, 0.4  # for how far it is ahead of the next here, and the one asked about is there
SURE = 0.16  # from here on a pair is shown
BY_WORDS = 0.3, 0.7  # weights of words and subjects where nothing else is compared
SURE_BY_WORDS = 0.31  # from here on a pair is shown then


@dataclass(frozen=True)
class Statement:
    """A bid's problem: `key` is the caller's own, `language` the one that it is written in.

    Two with one key are one thing told in both languages. `kept` is its vector as it was stored, if it was. One that is
    `hurried` stands on the way of a save: where its vector is not made yet, it is compared by words alone when no time
    is to spare (`meaning.spare`).
    """

    key: Any
    language: str
    title: str
    problem: str
    kept: Any = None
    hurried: bool = False

    @property
    def whole(self) -> str:
        return f"{self.title}. {self.problem}"

    @cached_property
    def terms(self) -> Mapping[Hashable, int]:
        """Its words; those of the other language are others."""
        return {(self.language, term): count for term, count in terms(self.whole, self.language).items()}

    @cached_property
    def concepts(self) -> Mapping[Hashable, int]:
        return dict(concepts(self.whole, self.language).items())

    def can_be_read(self) -> bool:
        """Whether its meaning can be compared now."""
        return self.kept is not None or not self.hurried or meaning.spare()

    @cached_property
    def vector(self) -> "numpy.ndarray":
        return meaning.centred(meaning.read(self.whole) if self.kept is None else self.kept, self.language)


@dataclass(frozen=True, slots=True)
class Match:
    """Another statement near to one, and whether it is near enough to be shown."""

    statement: Statement
    score: float
    shown: bool


class Corpus:
    """The statements among which similar ones are looked for. Rows keep their place; a free place is used again."""

    def __init__(self, statements: Iterable[Statement] = (), *, by_meaning: bool | None = None) -> None:
        self.by_meaning = meaning.available() if by_meaning is None else by_meaning
        self.rows: dict[int, Statement] = {}
        self.places: dict[Any, list[int]] = {}  # of each key
        self.free: list[int] = []
        self.words, self.subjects = Sparse(), Sparse()
        self.fresh: set[int] = set()  # places that came in or went since it was last asked
        self.plane: Plane | None = None
        for statement in statements:
            self.put(statement)

    def put(self, statement: Statement) -> None:
        """A statement comes in."""
        place = self.free.pop() if self.free else len(self.rows)
        self.rows[place] = statement
        self.places.setdefault(statement.key, []).append(place)
        self.words.put(place, statement.terms)
        self.subjects.put(place, statement.concepts)
        self.fresh.add(place)

    def drop(self, key: Any) -> None:
        """All that stands under a key goes."""
        for place in self.places.pop(key, []):
            del self.rows[place]
            self.free.append(place)
            self.words.drop(place)
            self.subjects.drop(place)
            self.fresh.add(place)

    def nearest(
        self, statement: Statement, *, without: Collection[Any] = (), most: int = FOUND, by_words: bool = False
    ) -> list[Match]:
        """The nearest, the nearest first, one of each key; what stands under the keys `without` is left out."""
        self.words.settle()
        self.subjects.settle()
        own = {place for key in without for place in self.places.get(key, ())}
        by_meaning = self.by_meaning and not by_words
        scored = self.scored(statement, own) if by_meaning else self.scored_by_words(statement, own)
        found: dict[Any, Match] = {}
        for match in scored:
            found.setdefault(match.statement.key, match)
            if len(found) == most:
                break
        return list(found.values())

    def shared(self, statement: Statement, words: float, subjects: float) -> dict[int, float]:
        """How much each place shares with the statement, of words and of subjects, by their weights."""
        shared: dict[int, float] = {}
        for weight, index, counts in (
            (words, self.words, statement.terms),
            (subjects, self.subjects, statement.concepts),
        ):
            for place, close in index.close_to(counts).items():
                shared[place] = shared.get(place, 0.0) + weight * close
        return shared

    def scored_by_words(self, statement: Statement, own: set[int]) -> list[Match]:
        found = sorted(((score, place) for place, score in self.shared(statement, *BY_WORDS).items()), reverse=True)
        others = ((score, place) for score, place in found if place not in own)
        return [Match(self.rows[place], round(score, 4), score >= SURE_BY_WORDS) for score, place in others]

    # --- By meaning -------------------------------------------------------------------------------
    def scored(self, statement: Statement, own: set[int]) -> list[Match]:
        import numpy

        if not self.rows:
            return []
        plane = self.settled()
        near = plane.without(plane.matrix @ statement.vector, list(own))
        usual = float(plane.usual_of(near[None, :])[0])
        sure = near - (usual + plane.usual) / 2
        for place, share in self.shared(statement, WORDS, CONCEPTS).items():
            sure[place] += share
        sure = plane.without(sure, list(own))
        found = [
            place for place in map(int, numpy.argsort(-sure)[:CANDIDATES]) if place in self.rows and place not in own
        ]
        back, ahead_there = plane.seen_from(found, near[found] - usual / 2, list(own))
        scores = [
            float(sure[place]) - RANKS * math.log(rank * int(back[rank - 1]))
            for rank, place in enumerate(found, start=1)
        ]
        matches = []
        for place, score, ahead, there in zip(found, scores, aheads(scores), ahead_there, strict=True):
            whole = score + AHEAD * ahead + AHEAD_THERE * float(there)
            matches.append(Match(self.rows[place], round(whole, 4), whole >= SURE))
        return sorted(matches, key=lambda match: -match.score)

    def settled(self) -> "Plane":
        """The vectors, brought up to what came in and went."""
        if self.plane is None:
            from .plane import Plane  # numpy comes with the extra

            self.plane = Plane()
        for place in self.fresh:
            if place in self.rows:
                self.plane.put(place, self.rows[place].key, self.rows[place].vector)
            elif place < len(self.plane.keys):
                self.plane.drop(place)
        self.fresh.clear()
        self.plane.settle()
        return self.plane


def aheads(scores: list[float]) -> list[float]:
    """By how much each score is above the highest of the others (below it, for all but the highest); 0 of one alone."""
    if len(scores) < 2:
        return [0.0] * len(scores)
    second, first = sorted(scores)[-2:]
    return [score - (second if score == first else first) for score in scores]
