"""Which council stands how to which topic, across all rounds: who has the problem, who looks for others, who has solved
it, who was funded for it. Each mark leads to the bid that it rests on, and a reader sees those of theirs to see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from projects.states import Status as ProjectStatus

from .alike import STATEMENT_STATUSES, Seen, readable
from .models import Bid, BidProject, Interest, Joining, Topic
from .states import BidStatus, Consent


class Standing(models.TextChoices):
    """How a council stands to a topic, by a bid."""

    FUNDED = "funded", pgettext_lazy("council and topic", "Funded")
    SOLVED = "solved", pgettext_lazy("council and topic", "Has solved")
    PROGRESSED = "progressed", pgettext_lazy("council and topic", "Bid progressed")
    SEEKS = "seeks", pgettext_lazy("council and topic", "Seeks")
    SHARES = "shares", pgettext_lazy("council and topic", "Shares the problem")


COLOURS: dict[str, str] = {
    Standing.FUNDED: "green",
    Standing.SOLVED: "purple",
    Standing.PROGRESSED: "grey",
    Standing.SEEKS: "yellow",
    Standing.SHARES: "",
}
JOINED = (Consent.AGREED, Consent.VOID, Consent.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Mark:
    """How many bids say that a council stands so to a topic; `url` leads to the one, or to the list of them."""

    standing: Standing
    count: int
    url: str

    @property
    def colour(self) -> str:
        return COLOURS[self.standing]


@dataclass(frozen=True, slots=True)
class Row:
    council: Organisation
    cells: tuple[tuple[Mark, ...], ...]


@dataclass
class Matrix:
    """Councils by topics. Topics of several rounds with one address are one."""

    topics: list[Topic]
    rows: list[Row] = field(default_factory=list)

    def csv_rows(self) -> Iterator[list[Any]]:
        """One row for each mark."""
        for row in self.rows:
            for topic, marks in zip(self.topics, row.cells, strict=True):
                for mark in marks:
                    yield [str(row.council.name), str(topic.name), str(mark.standing.label), mark.count]


def said_by(bid: Bid, seen: Seen, solved: bool) -> Iterator[tuple[int, Standing]]:
    """What one bid says of its councils. Interest is said apart."""
    joined = [one.organisation for one in bid.partners.all() if one.status in JOINED and not one.possible]
    councils = [body for body in ([bid.lead] if bid.lead else []) + joined if body.is_council]
    if bid.status == BidStatus.AWARDED:
        standing = Standing.FUNDED
    elif bid.is_historic:
        standing = Standing.PROGRESSED
    else:
        standing = Standing.SHARES
    for body in councils:
        yield body.pk, standing
        if solved:
            yield body.pk, Standing.SOLVED
    if standing == Standing.SHARES and bid.lead_id:
        yield bid.lead_id, Standing.SEEKS


def in_order(pair: tuple[Bid, Seen]) -> tuple[str, int, int]:
    """The years in their order, the topics of each in theirs: of topics with one address the newest names it."""
    bid = pair[0]
    return bid.round.year, bid.topic.order, bid.topic_id


def matrix_for(user: Any) -> Matrix:
    """As this person may see it: what is published for everybody; what councils made public for other councils. Drafts
    stand nowhere. A constant number of queries."""
    candidates = Bid.objects.shown().filter(models.Q(is_historic=True) | models.Q(status__in=STATEMENT_STATUSES))
    known = readable(user, candidates.values_list("pk", flat=True))
    known = {pk: (bid, seen) for pk, (bid, seen) in known.items() if seen >= Seen.STATEMENT}
    closed = BidProject.objects.filter(bid__in=known, project__status=ProjectStatus.CLOSED)
    solved = set(closed.values_list("bid_id", flat=True))
    found: dict[tuple[int, str], dict[Standing, list[str]]] = defaultdict(lambda: defaultdict(list))
    topics: dict[str, Topic] = {}
    for bid, seen in sorted(known.values(), key=in_order):
        topics[bid.topic.slug_en] = bid.topic
        for council, standing in said_by(bid, seen, bid.pk in solved):
            found[council, bid.topic.slug_en][standing].append(address(bid, seen))
    for said in Interest.objects.filter(bid__in=known):
        bid, seen = known[said.bid_id]
        cell = found[said.organisation_id, bid.topic.slug_en]
        cell[Standing.SHARES].append(address(bid, seen))
        if said.joining == Joining.YES:
            cell[Standing.SEEKS].append(address(bid, seen))
    return Matrix(list(topics.values()), list(rows_of(found, topics)))


def address(bid: Bid, seen: Seen) -> str:
    from .alike import Alike

    return Alike(bid, seen, 0).url


def rows_of(found: dict[tuple[int, str], dict[Standing, list[str]]], topics: Iterable[str]) -> Iterator[Row]:
    """All councils in the order of the page's alphabet, those with nothing too; one that ended if it said something."""
    topics = list(topics)
    said = {council for council, _topic in found}
    for council in Organisation.objects.councils().choosable(*said).by_name():
        cells = (found.get((council.pk, topic), {}) for topic in topics)
        yield Row(
            council,
            tuple(tuple(Mark(one, len(cell[one]), cell[one][0]) for one in Standing if one in cell) for cell in cells),
        )
