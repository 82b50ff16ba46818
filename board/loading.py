"""Loads the board's facts: the board and its seats, the meeting of 20 September 2022, the update of 28 October 2022.

Loading again changes nothing; where the facts were corrected, the rows follow, and the report gets a new edition.
"""

from typing import Any

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import advance

from .cells import write_cells
from .editions import freeze, latest
from .models import (
    AgendaItem,
    Block,
    Board,
    Considered,
    Credit,
    Meeting,
    Paper,
    PaperKind,
    Part,
    Person,
    RoleKind,
    Seat,
)
from .models.papers import WITH_CELLS
from .states import MeetingStatus

WHY = "loaded from the facts of the programme"


def load(facts: dict[str, Any], by: Any = None) -> None:
    """`facts["board"]` and `facts["update_2022_10_28"]`: those files of the facts. `by` is kept for the history."""
    said = facts["board"]
    organisations = {organisation.slug_en: organisation for organisation in Organisation.objects.all()}
    with audited(by=by, why=WHY):
        board = load_board(said["board"])
        for position, row in enumerate(said["seats"], 1):
            load_seat(board, row, position, organisations)
        for row in said["meetings"]:
            load_meeting(board, row)
        for row in said["also_considered"]:
            key = {"board": board, "title_en": row["title"]["en"]}
            put(Considered, key, title_cy=row["title"]["cy"], date=row["date"])
        load_report(board, facts["update_2022_10_28"])


def sides(name: str, text: dict[str, str] | None) -> dict[str, str]:
    """The two columns of a text; both empty where the facts have none."""
    return {f"{name}_{language}": (text or {}).get(language, "") for language in ("en", "cy")}


def put(model: Any, key: dict[str, Any], **fields: Any) -> Any:
    """The row with this key, made or brought to the facts; one that says the same is not written again."""
    row = model.objects.filter(**key).first() or model(**key)
    if row.pk is None or any(getattr(row, name) != value for name, value in fields.items()):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return row


def load_board(row: dict[str, Any], **fields: Any) -> Board:
    lines = {language: "\n".join(line[language] for line in row["remit"]) for language in ("en", "cy")}
    board: Board = put(
        Board,
        {"slug_en": row["slug"]["en"]},
        slug_cy=row["slug"]["cy"],
        first_meeting=row.get("first_meeting"),
        **sides("name", row["name"]),
        **sides("remit", lines),
        **sides("note", row.get("note")),
        **fields,
    )
    return board


def load_person(name: str, style: dict[str, str] | None) -> Person:
    person: Person = put(Person, {"public_name": name}, **sides("style", style))
    return person


def load_seat(board: Board, row: dict[str, Any], position: int, organisations: dict[str, Organisation]) -> None:
    put(
        Seat,
        {"board": board, "person": load_person(row["name"], row["style"]), "is_historic": True},
        role_kind=row["role_kind"],
        votes=row["role_kind"] != RoleKind.ADVISER,
        organisation=organisations[row["organisation"]],
        represents=organisations[row["represents"]] if row["represents"] else None,
        inferred=row["inferred"],
        starts=row["starts"],
        ends=row["ends"],
        position=position,
        **sides("role", row["role"]),
    )


def load_meeting(board: Board, row: dict[str, Any]) -> None:
    meeting = put(
        Meeting,
        {"board": board, "slug_en": row["slug"]["en"]},
        slug_cy=row["slug"]["cy"],
        date=row["date"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        is_historic=True,
        **sides("place", row["place"]),
    )
    if meeting.status == MeetingStatus.PLANNED:
        advance(meeting, "record", by=None, why=WHY)
    for item in row["items"]:
        put(
            AgendaItem,
            {"meeting": meeting, "position": item["position"]},
            kind=item["kind"] or "",
            **sides("title", item["title"]),
        )


def load_report(board: Board, row: dict[str, Any]) -> None:
    """The update is a report about the board to WLGA members: it belongs to no meeting."""
    slug = row["slug"]["en"]
    paper = Paper.objects.filter(slug_en=slug).first() or Paper(slug_en=slug, board=board, is_historic=True)
    edition = latest(paper) if paper.pk else None
    if edition is not None:
        if said_by_edition(edition.data) == said_by_facts(row):
            return
        advance(paper, "correct", by=None, why=WHY)
        paper.refresh_from_db()
    paper.kind, paper.slug_cy, paper.dated = PaperKind.REPORT, row["slug"]["cy"], row["date"]
    for name in ("title", "audience", "cleared_as"):
        setattr(paper, name, (row[name]["en"], row[name]["cy"]))
    paper.save()
    write_credits(paper, row)
    write_blocks(paper, row["blocks"])
    advance(paper, "record", by=None, why=WHY, also=freeze_recorded)


def freeze_recorded(paper: Paper) -> None:
    freeze(paper, by=None)


def write_credits(paper: Paper, row: dict[str, Any]) -> None:
    """Posts that wrote it, and the people who cleared it."""
    paper.credits.all().delete()
    for position, post in enumerate(row["authors"], 1):
        Credit.objects.create(paper=paper, part=Part.AUTHOR, position=position, **sides("post", post))
    for position, named in enumerate(row["cleared_by"], 1):
        person = load_person(named["name"], named["style"])
        Credit.objects.create(paper=paper, part=Part.CLEARER, position=position, person=person)


def block_fields(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a block that the facts give."""
    table = row["kind"] in WITH_CELLS
    cells = {
        language: write_cells([[cell[language] for cell in line] for line in (row["columns"], *row["rows"])])
        for language in (("en", "cy") if table else ())
    }
    return {
        "kind": row["kind"],
        "level": row.get("level"),
        **sides("text", row["caption"] if table else row["text"]),
        **sides("cells", cells),
    }


def write_blocks(paper: Paper, rows: list[dict[str, Any]]) -> None:
    """The blocks in their order; each place keeps its block, so that what points at it still does."""
    for position, row in enumerate(rows, 1):
        put(Block, {"paper": paper, "position": position}, **block_fields(row))
    paper.blocks.filter(position__gt=len(rows)).delete()


def said_by_facts(row: dict[str, Any]) -> dict[str, Any]:
    """What an edition says of a recorded paper, as the facts give it."""
    blocks = [Block(**block_fields(block)).paired() for block in row["blocks"]]
    return {
        **{name: row[name] for name in ("title", "audience", "cleared_as")},
        "dated": row["date"].isoformat(),
        "blocks": [{name: block[name] for name in ("kind", "level", "text", "table")} for block in blocks],
    }


def said_by_edition(data: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: data[name] for name in ("title", "audience", "cleared_as", "dated")},
        "blocks": [{name: block[name] for name in ("kind", "level", "text", "table")} for block in data["blocks"]],
    }
