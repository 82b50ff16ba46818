"""What the data says now, held against what a composed paper says: without a write."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from board.editions import latest
from board.models import Paper
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.history import as_at

from ..models import BoundValue, ComposedBlock, Composition
from . import compose
from .period import Period
from .writing import Composed, Value


@dataclass(frozen=True, slots=True)
class Change:
    """A value that differs: `was` or `now` is None where it is new or gone. `place` is the block's own words."""

    key: str
    name: str
    was: Text | None
    now: Text | None
    value: Value | None = None

    @property
    def place(self) -> str:
        return f"{self.key}/{self.name}"


def fresh(composition: Composition, today: date | None = None) -> dict[str, Composed]:
    """The blocks as the data has them now, by their keys; how things stand on its last day, or `today`."""
    about = Period(composition.paper.board, composition.starts, composition.ends, today)
    return {block.key: block for block in compose.update(about)}


def kept(composition: Composition) -> dict[str, dict[str, Text]]:
    """What is bound in the paper: by block and name."""
    found: dict[str, dict[str, Text]] = {}
    values = BoundValue.objects.filter(block__composition=composition)
    for key, name, en, cy in values.order_by("block", "pk").values_list("block__key", "name", "en", "cy"):
        found.setdefault(key, {})[name] = Text(en, cy)
    return found


def differences(was: dict[str, dict[str, Text]], now: dict[str, Composed]) -> list[Change]:
    """Each value that is said otherwise now, that is new, or that is gone, in the order of the document."""
    found: list[Change] = []
    for key, block in now.items():
        old = was.get(key, {})
        for name, value in block.values.items():
            before = old.get(name)
            if before != value.said:
                found.append(Change(key, name, before, value.said, value))
        found += [Change(key, name, said, None) for name, said in old.items() if name not in block.values]
    gone = [key for key in was if key not in now]
    return found + [Change(key, name, said, None) for key in gone for name, said in was[key].items()]


def waiting(composition: Composition) -> list[Change]:
    """What the data says otherwise than the paper: what bringing it up to date would write."""
    return differences(kept(composition), fresh(composition))


def seen_by_the_board(composition: Composition) -> tuple[dict[str, dict[str, Text]], datetime | None]:
    """The values as the latest edition has them, and when it was published; a correction may have moved on."""
    edition = latest(composition.paper)
    if edition is None:
        return {}, None
    if not composition.follows:
        return kept(composition), edition.published_at
    with as_at(edition.published_at):
        return kept(composition), edition.published_at


def since_the_board(composition: Composition) -> tuple[list[Change], datetime | None]:
    """What has changed since the board saw the paper, and when it did: corrections, and how things stand today."""
    was, at = seen_by_the_board(composition)
    return (differences(was, fresh(composition, timezone.localdate())) if at else []), at


def blocks_of(composition: Composition) -> Iterable[ComposedBlock]:
    return composition.blocks.prefetch_related("values").order_by("pk")


def composition_of(paper: Paper) -> Composition | None:
    return Composition.objects.filter(paper=paper).first()
