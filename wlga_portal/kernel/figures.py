"""Figures that a higher app counts for the pages of a lower one, each with what stands behind it.

`@figure("officers_trained")` on `(year, demonstration) -> Figure | None` in an app's `panels.py`; a page
that shows it calls `figure_of`. `year` is a financial year like `2026-27`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .bilingual import Text

NO_TEXT = Text("", "")


class Basis(StrEnum):
    """What stands behind a figure: rows of a register here, a source that states it, or nothing."""

    COUNTED = "counted"
    STATED = "stated"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number from `least` to `most` (the same where nothing is in doubt); or `over` a number; None: not published.

    `rows` is how many rows of the register stand behind it; `note` and `source` are what a source says beside it.
    """

    basis: Basis
    least: int | None = None
    most: int | None = None
    over: int | None = None
    rows: int = 0
    note: Text = NO_TEXT
    source: Text = NO_TEXT


Counter = Callable[[str, bool], Figure | None]
_counters: dict[str, Counter] = {}


def figure(name: str) -> Callable[[Counter], Counter]:
    """Register what counts the figure of this name. Raises ValueError where it is registered already."""

    def register(counter: Counter) -> Counter:
        if name in _counters:
            raise ValueError(f"the figure {name} is registered already")
        _counters[name] = counter
        return counter

    return register


def figure_of(name: str, year: str, *, demonstration: bool = False) -> Figure | None:
    """The figure of a year, or None where no app knows it."""
    counter = _counters.get(name)
    return counter(year, demonstration) if counter else None
