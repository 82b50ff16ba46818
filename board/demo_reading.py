"""What readers of the demonstration meet: a figure, a second edition, notes of their own, a withdrawn paper."""

from typing import Any

from .actions import paper_correct, paper_create, paper_move, paper_publish
from .actions.notes import note_save, stop_mark
from .actions.withdrawals import withdrawal_ask, withdrawal_decide
from .editions import latest
from .loading import sides, write_blocks
from .models import AgendaItem, Edition, Implication, ImplicationKind, Paper
from .noting import Said

NO_CHANGE = {"en": "nothing of it changes.", "cy": "nid oes dim yn newid yn hyn o beth."}


def load_reading(said: dict[str, Any], items: dict[str, AgendaItem], people: dict[str, Any]) -> None:
    """`said`: the part `board_reading` of the demonstration; `items` by their slugs."""
    for row in said["papers"]:
        edition = first_edition(row, items[row["item"]], people)
        for note in row.get("notes", ()):
            write_note(note, edition, people)
        if "stopped" in row:
            stop_mark(edition, by=people[row["stopped"]["person"]], uid=uid_at(edition, row["stopped"]["position"]))
        for correction in row.get("editions", ()):
            next_edition(correction, edition.paper, people)
        if "withdrawn" in row:
            withdraw(row["withdrawn"], edition, people)


def first_edition(row: dict[str, Any], item: AgendaItem, people: dict[str, Any]) -> Edition:
    paper = paper_create(
        item,
        by=people["secretariat"],
        authors=[people[row["author"]]],
        purpose=item.kind,
        title=(row["title"]["en"], row["title"]["cy"]),
        summary=(row["summary"]["en"], row["summary"]["cy"]),
    )
    write_blocks(paper, row["blocks"])
    for kind in ImplicationKind:
        Implication.objects.update_or_create(
            paper=paper, kind=kind, defaults={"none": True, **sides("text", NO_CHANGE)}
        )
    return to_publication(paper, people)


def to_publication(paper: Paper, people: dict[str, Any]) -> Edition:
    paper_move(paper, "submit", by=people["author"])
    paper_move(paper, "clear", by=people["clearer"])
    paper_publish(paper, by=people["secretariat"])
    paper.refresh_from_db()
    edition = latest(paper)
    assert edition is not None  # noqa: S101  it was published in the line above
    edition.paper = paper
    return edition


def next_edition(row: dict[str, Any], paper: Paper, people: dict[str, Any]) -> Edition:
    """The same blocks with these texts in the place of theirs."""
    paper_correct(paper, by=people["secretariat"], why=row["correction"]["en"])
    paper.refresh_from_db()
    paper.correction = (row["correction"]["en"], row["correction"]["cy"])
    paper.save()
    for change in row["changes"]:
        block = paper.blocks.get(position=change["position"])
        block.text = (change["text"]["en"], change["text"]["cy"])
        block.save()
    return to_publication(paper, people)


def uid_at(edition: Edition, position: int) -> Any:
    return edition.data["blocks"][position - 1]["uid"]


def write_note(row: dict[str, Any], edition: Edition, people: dict[str, Any]) -> None:
    said = Said(row["text"], row["marked"], row["quote"])
    note_save(
        edition,
        uid_at(edition, row["position"]),
        by=people[row["person"]],
        language=row["language"],
        said=said,
        version=0,
    )


def withdraw(row: dict[str, Any], edition: Edition, people: dict[str, Any]) -> None:
    """By two people, as in the browser."""
    reason = (row["reason"]["en"], row["reason"]["cy"])
    for asked in withdrawal_ask(edition.paper, [edition], by=people[row["asked"]], reason=reason):
        withdrawal_decide(asked, "confirm", by=people[row["confirmed"]])
