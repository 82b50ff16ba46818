"""The demonstration board: invented people, a coming meeting, a paper in each of three statuses. Marked `is_demo`."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from organisations.models import Organisation
from projects.linking import link_in_demo
from wlga_portal.kernel.audit import audited

from .actions import paper_create, paper_move, paper_publish
from .demo_day import load_day
from .demo_planning import load_planning
from .demo_reading import load_reading
from .demo_writing import load_writing
from .linking import ITEMS, PAPERS
from .loading import load_board, load_person, put, sides, write_blocks
from .models import AgendaItem, Board, Implication, Meeting, Paper, Person, RoleKind, Seat
from .states import PaperStatus

WHY = "loaded for the demonstration"
# Who does what, in order, to take a new paper to the status that the demonstration names.
STEPS: dict[str, tuple[tuple[str, str], ...]] = {
    PaperStatus.DRAFT: (),
    PaperStatus.CLEARED: (("submit", "author"), ("clear", "clearer")),
    PaperStatus.PUBLISHED: (("submit", "author"), ("clear", "clearer"), ("publish", "secretariat")),
}


def load_demo(demo: dict[str, Any], people: dict[str, Any], by: Any = None) -> None:
    """`demo["board"]`, with `people` by their slugs. Loaded once: what people did with it since is kept."""
    said = demo["board"]
    with audited(by=by, why=WHY):
        board = load_board(said, is_demo=True)
        if board.meetings.exists():
            return
        organisations = {organisation.slug_en: organisation for organisation in Organisation.objects.all()}
        for position, row in enumerate(said["seats"], 1):
            load_seat(board, row, position, organisations, people)
        items = {slug: item for row in said["meetings"] for slug, item in load_meeting(board, row)}
        for row in said["papers"]:
            load_paper(row, items, people)
        load_day(board, people)
        load_reading(demo["board_reading"], items, people)
        load_planning(board, demo["board_planning"], people)
        load_writing(board, demo["board_writing"], people)
        link_in_demo(ITEMS, list(items.values())[:1])
        link_in_demo(PAPERS, Paper.objects.filter(board=board).published()[:1])


def day(offset: int | None) -> date | None:
    """The day so many days from today, or none."""
    return None if offset is None else timezone.localdate() + timedelta(days=offset)


def load_seat(
    board: Board, row: dict[str, Any], position: int, organisations: dict[str, Organisation], people: dict[str, Any]
) -> None:
    user = people.get(row["person"])
    person = put(Person, {"user": user}) if user else load_person(row["name"], None)
    put(
        Seat,
        {"board": board, "person": person},
        role_kind=row["role_kind"],
        votes=row["role_kind"] != RoleKind.ADVISER,
        organisation=organisations[row["organisation"]],
        starts=day(row["starts_in_days"]),
        ends=day(row["ends_in_days"]),
        position=position,
        **sides("role", row["role"]),
    )


def load_meeting(board: Board, row: dict[str, Any]) -> Iterator[tuple[str, AgendaItem]]:
    """The meeting and its items; gives each item by its slug in the demonstration."""
    starts = datetime.combine(date.min, time.fromisoformat(row["at"]))
    meeting = put(
        Meeting,
        {"board": board, "slug_en": row["slug"]["en"]},
        slug_cy=row["slug"]["cy"],
        date=day(row["in_days"]),
        starts_at=starts.time(),
        ends_at=(starts + timedelta(minutes=row["minutes"])).time(),
        **sides("title", row["title"]),
        **sides("place", row["place"]),
    )
    for item in row["items"]:
        made = put(
            AgendaItem,
            {"meeting": meeting, "position": item["position"]},
            kind=item["kind"] or "",
            minutes=item["minutes"],
            **sides("title", item["title"]),
        )
        yield item["slug"]["en"], made


def load_paper(row: dict[str, Any], items: dict[str, AgendaItem], people: dict[str, Any]) -> None:
    """Made and moved by the demonstration's own people, as they would in the browser."""
    secretary = people["secretariat"]
    paper = paper_create(
        items[row["item"]],
        by=secretary,
        authors=[people[row["author"]]],
        purpose=items[row["item"]].kind,
        title=(row["title"]["en"], row["title"]["cy"]),
        summary=(row["summary"]["en"], row["summary"]["cy"]),
    )
    write_blocks(paper, row["blocks"])
    for kind, stated in row.get("implications", {}).items():
        put(Implication, {"paper": paper, "kind": kind}, none=stated["none"], **sides("text", stated))
    for event, who in STEPS[row["status"]]:
        if event == "publish":
            paper_publish(paper, by=people[who])
        else:
            paper_move(paper, event, by=people[who])
