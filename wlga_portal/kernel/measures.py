"""What can be said of each council in one number: told by the apps, shown side by side without a ranking.

    @measure("bids_led", label=_("Bids led"), order=10)  # in an app's panels.py, or a module that it imports
    def bids_led() -> Measured: ...

A measure counts real rows that everybody may read. It is read for all councils at once, and again when something has
changed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .unchanged import while_unchanged
from .wording import number

Value = int | None


@dataclass(frozen=True, slots=True)
class Measured:
    """The values by organisation (its id). `otherwise` is that of all others: 0 where all are counted, None where
    nothing is published."""

    values: Mapping[int, Value]
    otherwise: Value = 0

    def of(self, organisation: int) -> Value:
        return self.values.get(organisation, self.otherwise)

    def mean(self, organisations: Iterable[int]) -> float | None:
        """The mean of those that are known; None where none is."""
        known = [value for value in map(self.of, organisations) if value is not None]
        return sum(known) / len(known) if known else None


Reader = Callable[[], Measured]


@dataclass(frozen=True, slots=True)
class Measure:
    """What it is called, how its numbers are said, and its place among the others."""

    name: str
    label: Any
    order: int
    read: Reader
    say: Callable[[Any], Any] = number
    unit: int = 1  # how many of what is kept make one of what is told in a file: 100 pence a pound


_measures: dict[str, Measure] = {}


def measure(
    name: str, *, label: Any, order: int, say: Callable[[Any], Any] = number, unit: int = 1
) -> Callable[[Reader], Reader]:
    """Register a measure."""

    def register(read: Reader) -> Reader:
        _measures[name] = Measure(name, label, order, read, say, unit)
        return read

    return register


def measures() -> list[Measure]:
    """In their order."""
    return sorted(_measures.values(), key=lambda one: one.order)


def measured(seen: str) -> list[tuple[Measure, Measured]]:
    """All of them with their values; `seen` is the snapshot."""
    return while_unchanged("measures", lambda: [(one, one.read()) for one in measures()], seen)
