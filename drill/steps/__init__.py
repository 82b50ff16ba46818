"""The steps of the drill, in their order: each gives what was tried, what held and what was lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One line of the table. `lost` is in words; `figures` what was measured."""

    tried: str
    held: bool
    lost: str
    figures: str


Step = Callable[[bool], Iterator[Result]]  # whether the short form is wanted, a few turns of each


def steps() -> dict[str, Step]:
    from . import away, database, full, moment, release, web, worker

    return {
        "worker": worker.drill,
        "database": database.drill,
        "web": web.drill,
        "away": away.drill,
        "full": full.drill,
        "moment": moment.drill,
        "release": release.drill,
    }
