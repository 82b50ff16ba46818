"""How members have answered to the items of a decision by correspondence."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import AgendaItem, InWriting, Meeting, Seat, WrittenAnswer
from .querysets import held_on


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one item: the seats with a vote that are held on the closing day."""

    item: AgendaItem
    answers: list[WrittenAnswer]
    voters: int

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many gave which answer, and how many gave none."""
        said = [one.answer for one in self.answers]
        return [(str(kind.label), said.count(kind)) for kind in InWriting]

    @property
    def unanswered(self) -> int:
        return max(self.voters - len(self.answers), 0)


def tally(meeting: Meeting, items: Iterable[AgendaItem]) -> list[Tally]:
    """Two queries, however many items there are."""
    voters = Seat.objects.filter(held_on(meeting.date), board=meeting.board_id, votes=True).count()
    rows: dict[int, list[WrittenAnswer]] = {}
    given = WrittenAnswer.objects.filter(item__meeting=meeting).select_related("seat__person__user")
    for one in given.order_by("seat__position", "pk"):
        rows.setdefault(one.item_id, []).append(one)
    return [Tally(item, rows.get(item.pk, []), voters) for item in items]
