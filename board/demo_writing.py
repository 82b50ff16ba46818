"""Papers of the demonstration on their way: one in review with comments, one in translation, one corrected, whose first
edition somebody asked to withdraw. Made by the demonstration's own people, as they would in the browser."""

from typing import Any

from . import actions
from .actions import paper_correct, paper_create, paper_move, paper_publish
from .actions.comments import comment_add, comment_resolve
from .actions.parity import parity_accept
from .actions.withdrawals import withdrawal_ask
from .editions import latest
from .loading import put, sides, write_blocks
from .models import AgendaItem, Board, Implication, ImplicationKind, Paper, Purpose
from .parity import open_mismatches


def load_writing(board: Board, said: dict[str, Any], people: dict[str, Any]) -> None:
    """`said`: the part `board_writing` of the demonstration."""
    meeting = board.meetings.get(title_en=said["meeting"])
    item = AgendaItem(meeting=meeting, kind=Purpose.INFORMATION, minutes=15, owner=people["author"])
    item.title = (said["item"]["en"], said["item"]["cy"])
    item = actions.item_add(item, by=people["secretariat"])
    # the Welsh of one text says the same with other figures: written so from the first
    accepted = said["translation"]["accepted"]
    said["translation"]["blocks"][accepted["block"] - 1]["text"]["cy"] = accepted["welsh"]
    made = {name: load_paper(item, said[name], said["none"], people) for name in ("review", "translation", "published")}
    discuss(made["review"], said["review"], people)
    translate(made["translation"], said["translation"], people)
    correct(made["published"], said["published"], people)


def load_paper(item: AgendaItem, row: dict[str, Any], none: dict[str, str], people: dict[str, Any]) -> Paper:
    """Written and sent to review."""
    title = (row["title"]["en"], row["title"]["cy"])
    summary = (row["summary"]["en"], row["summary"]["cy"])
    paper = paper_create(
        item, by=people["secretariat"], authors=[people["author"]], purpose=item.kind, title=title, summary=summary
    )
    write_blocks(paper, row["blocks"])
    for kind in ImplicationKind:
        put(Implication, {"paper": paper, "kind": kind}, none=True, **sides("text", none))
    return paper_move(paper, "submit", by=people["author"])


def discuss(paper: Paper, row: dict[str, Any], people: dict[str, Any]) -> None:
    """Comments: open, answered, resolved."""
    for one in row["comments"]:
        uid = paper.blocks.get(position=one["block"]).uid
        comment = comment_add(paper, uid, one["text"], by=people[one["by"]])
        if one.get("answer"):
            comment_add(paper, uid, one["answer"], by=people["author"], parent=comment)
        if one.get("resolved"):
            comment_resolve(comment, by=people["author"])


def translate(paper: Paper, row: dict[str, Any], people: dict[str, Any]) -> None:
    """In translation: a text without Welsh, one whose Welsh is behind, and a difference that was accepted."""
    paper_move(paper, "clear", by=people["clearer"])
    paper_move(paper, "translate", by=people["secretariat"])
    blocks = {block.position: block for block in paper.blocks.all()}
    empty, changed = blocks[row["untranslated"]], blocks[row["changed"]["block"]]
    empty.text = (empty.text.en, "")
    empty.save()
    accepted = blocks[row["accepted"]["block"]]
    found = [one for one in open_mismatches(paper) if one.block and one.block.pk == accepted.pk]
    for one in found:
        parity_accept(paper, one.key, by=people["translator"], reason=row["accepted"]["reason"])
    changed.text = (row["changed"]["english"], changed.text.cy)
    changed.save()


def correct(paper: Paper, row: dict[str, Any], people: dict[str, Any]) -> None:
    """Published, corrected, published again; the first edition waits for a second person to withdraw it."""
    paper_move(paper, "clear", by=people["clearer"])
    paper_publish(paper, by=people["secretariat"])
    first = latest(paper)
    paper.refresh_from_db()
    paper = paper_correct(paper, by=people["secretariat"], why=row["correction"]["en"])
    block = paper.blocks.get(position=1)
    block.text = (row["corrected"]["en"], row["corrected"]["cy"])
    block.save()
    paper.correction = (row["correction"]["en"], row["correction"]["cy"])
    paper.save()
    paper_move(paper, "submit", by=people["author"])
    paper_move(paper, "clear", by=people["clearer"])
    paper_publish(paper, by=people["secretariat"])
    if first is not None:
        reason = (row["withdrawal"]["en"], row["withdrawal"]["cy"])
        withdrawal_ask(paper, [first], by=people["secretariat"], reason=reason)
