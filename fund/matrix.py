"""Which council has a part in which bid, topic by topic."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import sort_column

from .models import Bid, Topic


@dataclass(frozen=True, slots=True)
class Cell:
    """A council's bids in one topic. `inferred`: the topic of each of them is our reading."""

    topic: Topic
    bids: tuple[Bid, ...]

    @property
    def inferred(self) -> bool:
        return bool(self.bids) and all(bid.topic_inferred for bid in self.bids)


@dataclass(frozen=True, slots=True)
class Row:
    council: Organisation
    cells: tuple[Cell, ...]


def matrix_of(bids: Iterable[Bid], topics: Iterable[Topic]) -> list[Row]:
    """The councils that lead or are named partners, by the page's alphabet. A possible partner is not counted.

    The bids come with partners and lead: no query is made here.
    """
    found: dict[Organisation, dict[int, list[Bid]]] = defaultdict(lambda: defaultdict(list))
    for bid in bids:
        bodies = {partner.organisation for partner in bid.partners.all() if not partner.possible}
        for body in bodies | ({bid.lead} if bid.lead else set()):
            if body.is_council:
                found[body][bid.topic_id].append(bid)
    topics, key = list(topics), sort_column("name")
    return [
        Row(council, tuple(Cell(topic, tuple(found[council][topic.pk])) for topic in topics))
        for council in sorted(found, key=lambda council: getattr(council, key))
    ]
