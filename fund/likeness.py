"""Which bids are near to a problem: the texts of all bids, held in memory by each worker and brought up to date.

One query asks whether anything changed; only rows that did are read again (tests/fund/test_likeness.py). How long a
search over 2,000 bids takes stands in `make bench` (bench/similar.py).
"""

import threading
from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import Q

from .models import Bid, Likeness, ProblemText
from .similar import Corpus, Statement, meaning
from .similar.scoring import CANDIDATES, FOUND
from .states import SENT_STATUSES, BidStatus

# A merged bid is shown as the one bid that it became: its own text would only push that of others aside.
STAMP = """
    SELECT count(*), sum(hashtextextended(bid_id || sha256 || t.model, 0)::numeric)
    FROM fund_problemtext t JOIN fund_bid b ON b.id = t.bid_id WHERE b.status <> 'merged'
"""
Stamp = tuple[int, object]
STANDING = SENT_STATUSES - {BidStatus.WITHDRAWN}  # what was sent and stands


class Index:
    """The corpus of one worker. `stamp` says what the database held when it was brought up to date."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.corpus = Corpus()
        self.held: dict[int, frozenset[tuple[str, str]]] = {}  # of each bid the hash and the model of its texts
        self.stamp: Stamp | None = None

    def near(self, statement: Statement, *, without: Collection[int], most: int) -> list[tuple[int, float]]:
        """The bids that are near enough to be shown, with their scores, the nearest first."""
        by_words = not (meaning.available() and statement.can_be_read())
        if not by_words:
            _read_before = statement.vector  # not while others wait
        with self.lock:
            self.refresh()
            matches = self.corpus.nearest(statement, without=without, most=most, by_words=by_words)
        return [(match.statement.key, match.score) for match in matches if match.shown]

    def refresh(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(STAMP)
            stamp = cursor.fetchone()
        if self.corpus.by_meaning != meaning.available():
            self.forget()
        if stamp == self.stamp:
            return
        now: dict[int, set[tuple[str, str]]] = {}
        compared = ProblemText.objects.exclude(bid__status=BidStatus.MERGED)
        for bid, sha256, model in compared.values_list("bid_id", "sha256", "model"):
            now.setdefault(bid, set()).add((sha256, model))
        changed = [bid for bid, said in now.items() if frozenset(said) != self.held.get(bid)]
        for bid in [*changed, *(self.held.keys() - now.keys())]:
            self.corpus.drop(bid)
            self.held.pop(bid, None)
        for row in ProblemText.objects.filter(bid__in=changed).order_by("pk"):
            self.put(row)
        for bid in changed:
            self.held[bid] = frozenset(now[bid])
        self.stamp = stamp

    def put(self, row: ProblemText) -> None:
        """A text comes in. By meaning only what the model has read already: no page waits for another's text."""
        kept = meaning.unpacked(bytes(row.vector)) if row.vector is not None and row.model == meaning.MODEL else None
        if self.corpus.by_meaning and kept is None:
            return
        self.corpus.put(Statement(row.bid_id, row.language, row.title, row.problem, kept=kept))


_index = Index()


def near(statement: Statement, *, without: Collection[int] = (), most: int = CANDIDATES) -> list[tuple[int, float]]:
    """The bids (their ids) near enough to a statement to be shown, and how near, the nearest first. A reader sees
    those of them that are theirs to see (`alike.py`)."""
    return _index.near(statement, without=without, most=most)


def statement_of(bid: Bid, *, hurried: bool = False) -> Statement | None:
    """A bid's problem as it is kept, with its vector; None where nothing is kept."""
    row = bid.problem_texts.order_by("-language").first()
    if row is None:
        return None
    kept = meaning.unpacked(bytes(row.vector)) if row.vector is not None and row.model == meaning.MODEL else None
    return Statement(bid.pk, row.language, row.title, row.problem, kept=kept, hurried=hurried)


def likenesses_store(bid: Bid) -> None:
    """Write which bids are near to one that was sent, for the fund manager's list; none of one that was not. Whichever
    of two came first, each is in the row of the other."""
    statement = statement_of(bid)
    pairs = near(statement, without=[bid.pk]) if statement and bid.status in STANDING else []
    known = Bid.objects.filter(Q(status__in=STANDING) | Q(is_historic=True), pk__in=[other for other, _score in pairs])
    historic = dict(known.values_list("pk", "is_historic"))
    with transaction.atomic():
        Likeness.objects.filter(Q(bid=bid) | Q(other=bid)).delete()
        found = [(other, score) for other, score in pairs if other in historic][:FOUND]
        mine = [Likeness(bid=bid, other_id=other, score=score) for other, score in found]
        theirs = [Likeness(bid_id=other, other=bid, score=score) for other, score in found if not historic[other]]
        Likeness.objects.bulk_create([*mine, *theirs])
