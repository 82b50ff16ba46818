"""Vectors in one matrix, and how near each is to its neighbours. Rows keep their place; an empty one is used again."""

from typing import Any

import numpy

from .meaning import DIMENSIONS

USUAL = 5  # neighbours that say how near is usual
FEW = 40  # rows; among fewer, how near is usual is taken from the labelled statements
USUAL_AMONG_FEW = (0.13, 0.24)  # their lowest and highest tenth
REWEIGH = 0.02  # of the rows may change before all are counted anew: how near is usual changes slowly
NOT = -9.0  # the nearness of what is not compared


class Plane:
    """Rows by place. Rows with one key are one thing: they are no neighbours of each other."""

    def __init__(self) -> None:
        self.matrix = numpy.zeros((0, DIMENSIONS), "float32")
        self.keys = numpy.zeros(0, int)  # the number of each row's key; -1 in an empty row
        self.usual = numpy.zeros(0)  # how near the nearest of each row are, on average
        self.numbers: dict[Any, int] = {}
        self.fresh: set[int] = set()
        self.changed = 0

    def put(self, place: int, key: Any, vector: numpy.ndarray) -> None:
        self.grow(place + 1)
        self.matrix[place] = vector
        self.keys[place] = self.numbers.setdefault(key, len(self.numbers))
        self.fresh.add(place)
        self.changed += 1

    def drop(self, place: int) -> None:
        self.keys[place] = -1
        self.fresh.discard(place)
        self.changed += 1

    def grow(self, size: int) -> None:
        more = size - len(self.matrix)
        if more > 0:
            more += size // 4
            self.matrix = numpy.concatenate([self.matrix, numpy.zeros((more, DIMENSIONS), "float32")])
            self.keys = numpy.concatenate([self.keys, numpy.full(more, -1)])
            self.usual = numpy.concatenate([self.usual, numpy.zeros(more)])

    def settle(self) -> None:
        """Count how near is usual: of new rows at once, of all when enough have changed."""
        filled = numpy.flatnonzero(self.keys >= 0)
        asked = numpy.array(sorted(self.fresh), int)
        if self.changed > REWEIGH * len(filled):
            asked, self.changed = filled, 0
        if len(asked):
            near = self.matrix[asked] @ self.matrix.T
            near[self.keys[asked][:, None] == self.keys[None, :]] = NOT
            near[:, self.keys < 0] = NOT
            self.usual[asked] = self.usual_of(near)
        self.fresh.clear()

    def usual_of(self, near: numpy.ndarray) -> numpy.ndarray:
        """The mean of the highest few of each row. Among few rows one partner alone would make itself usual."""
        highest = numpy.partition(near, -USUAL, axis=1)[:, -USUAL:] if near.shape[1] > USUAL else near
        there = highest > NOT
        mean: numpy.ndarray = numpy.where(there, highest, 0).sum(axis=1) / numpy.maximum(there.sum(axis=1), 1)
        return mean if (self.keys >= 0).sum() >= FEW else mean.clip(*USUAL_AMONG_FEW)

    def without(self, near: numpy.ndarray, places: list[int]) -> numpy.ndarray:
        """What is not compared: these places, and the empty ones."""
        near[places] = NOT
        near[self.keys < 0] = NOT
        return near

    def seen_from(
        self, places: list[int], mine: numpy.ndarray, left_out: list[int]
    ) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Where one that is as near as `mine` to each of these rows stands among its neighbours: its rank, 1 is the
        nearest, and by how much it is nearer than the nearest of the others (0 where there is no other).

        One product of matrices for all of them: row by row it took most of the time of a search.
        """
        near = self.matrix[places] @ self.matrix.T - self.usual / 2
        near[:, left_out] = NOT
        near[:, self.keys < 0] = NOT
        near[self.keys[places][:, None] == self.keys[None, :]] = NOT
        ranks: numpy.ndarray = 1 + (near > mine[:, None]).sum(axis=1)
        rival = near.max(axis=1)
        return ranks, numpy.where(rival > NOT, mine - rival, 0)
