"""What of the board can be found: published papers and minutes, decisions, actions, and who sits on it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from wlga_portal.kernel.bilingual import LANGUAGES, Text, in_both
from wlga_portal.kernel.searching import Findable, Watch, findable, joined, unmarked

from .finding import words_of
from .models import Action, AgendaItem, Board, Edition, Outcome, PaperKind, Person, Seat

OF_USER = "SELECT t.id FROM board_{table} t JOIN board_person p ON p.id = t.{column}_id WHERE p.user_id = $1"
OF_ITEM = "SELECT e.id FROM board_edition e JOIN board_paper p ON p.id = e.paper_id WHERE p.agenda_item_id = $1"


def editions(**kind: Any) -> QuerySet[Edition]:
    """The edition of each paper that its readers get."""
    return Edition.objects.standing().current().filter(**kind).select_related("paper__agenda_item")


def current(user: Any) -> QuerySet[Edition]:
    """Those that this person may read: of a paper whose latest edition was withdrawn there is none."""
    return Edition.objects.readable(user).current()


def edition_told(row: Edition) -> Findable | None:
    """The words of an edition, block by block, as they were published."""
    if row.withdrawn_at is not None:
        return None
    data, paper = row.data, row.paper
    fronts = [data["summary"], *(one["text"] for one in data.get("implications", []))]
    blocks = {side: "\n".join(words_of(block, side) for block in data["blocks"]) for side in LANGUAGES}
    item = paper.agenda_item
    return Findable(
        Text(data["title"]["en"], data["title"]["cy"]),
        joined(*fronts, blocks),
        paper.get_absolute_url,
        day=paper.day,
        for_all=item is None or not item.restricted,
    )


@findable(
    "board.paper",
    kind="paper",
    rows=lambda: editions(paper__kind__in=[PaperKind.PAPER, PaperKind.REPORT]),
    visible=current,
    watch=[Watch(Edition), Watch(AgendaItem, query=OF_ITEM)],
)
def paper(row: Edition) -> Findable | None:
    return edition_told(row)


@findable(
    "board.minutes",
    kind="minutes",
    rows=lambda: editions(paper__kind=PaperKind.MINUTES),
    visible=current,
    watch=[Watch(Edition)],
)
def minutes(row: Edition) -> Findable | None:
    return edition_told(row)


def decided(user: Any) -> QuerySet[Outcome]:
    """The decisions that this person may see, without those whose words were withdrawn."""
    return Outcome.objects.visible_to(user).exclude(edition__withdrawn_at__isnull=False)


@findable(
    "board.decision",
    kind="decision",
    rows=lambda: Outcome.objects.select_related("item__meeting", "edition"),
    visible=decided,
    watch=[Watch(Outcome), Watch(AgendaItem, query="SELECT id FROM board_outcome WHERE item_id = $1")],
)
def decision(row: Outcome) -> Findable:
    return Findable(
        row.item.title,
        joined(unmarked(row.words), in_both(row.get_result_display), row.detail),
        row.get_absolute_url,
        day=row.item.meeting.date,
        for_all=not row.item.restricted,
    )


@findable(
    "board.action",
    kind="action",
    rows=lambda: Action.objects.select_related("item", "owner__user"),
    visible=Action.objects.visible_to,
    watch=[
        Watch(Action),
        Watch(AgendaItem, query="SELECT id FROM board_action WHERE item_id = $1"),
        Watch(Person, query="SELECT id FROM board_action WHERE owner_id = $1"),
        Watch(User, query=OF_USER.format(table="action", column="owner"), only=("name",)),
    ],
)
def action(row: Action) -> Findable:
    return Findable(
        row.text,
        joined(row.owner.named(), row.item.title),
        row.get_absolute_url,
        day=row.due,
        councils=(row.organisation_id,) if row.organisation_id else (),
        for_all=not row.item.restricted,
    )


def seated(user: Any) -> QuerySet[Seat]:
    """Who holds a seat today; what is only inferred is not found."""
    return Seat.objects.current().filter(board__in=Board.objects.visible_to(user), inferred=False)


@findable(
    "board.seat",
    kind="person",
    rows=lambda: Seat.objects.with_people().select_related("board", "person__user", "organisation", "represents"),
    visible=seated,
    watch=[
        Watch(Seat),
        Watch(Person, query="SELECT id FROM board_seat WHERE person_id = $1"),
        Watch(User, query=OF_USER.format(table="seat", column="person"), only=("name",)),
    ],
)
def seat(row: Seat) -> Findable:
    """A person by name, with the role and for whom."""
    bodies = [body for body in (row.organisation, row.represents) if body is not None]
    return Findable(
        row.person.named(),
        joined(row.role, row.board.name, *(body.name for body in bodies)),
        lambda: reverse("board:board_page", kwargs={"slug": row.board.slug}),
        councils=tuple(sorted({body.pk for body in bodies})),
    )
