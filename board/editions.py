"""What an edition says: the paper in both languages, numbered, as canonical JSON with its hash."""

import hashlib
import json
from collections import Counter
from typing import Any

from django.db.models import Max

from .finding import keep_passages
from .implications import content_of_implications
from .models import Block, BlockKind, Credit, Edition, Paper, Part

FORMAT = 2  # 1 had no implications
# The letter of the anchor of each kind; headings have theirs too, so that contents can link to them.
ANCHORS = {
    BlockKind.HEADING: "s",
    BlockKind.PARAGRAPH: "p",
    BlockKind.RECOMMENDATION: "r",
    BlockKind.TABLE: "t",
    BlockKind.FIGURE: "f",
}


def numbered(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each block with its number among those of its kind and its anchor: the same in both languages."""
    counts: Counter[str] = Counter()
    result = []
    for block in blocks:
        kind = block["kind"]
        counts[kind] += 1
        result.append({**block, "number": counts[kind], "anchor": f"{ANCHORS[BlockKind(kind)]}{counts[kind]}"})
    return result


def pair(thing: Any, name: str) -> dict[str, str]:
    return {"en": getattr(thing, f"{name}_en"), "cy": getattr(thing, f"{name}_cy")}


def credit_of(credit: Credit) -> dict[str, Any]:
    """A person by id, or a post by its words: names stand outside what is frozen."""
    if credit.user_id:
        return {"user": credit.user_id}
    if credit.person_id:
        return {"person": credit.person_id}
    return {"post": pair(credit, "post")}


def content_of(paper: Paper) -> dict[str, Any]:
    """Everything that a reader sees of the paper, from its rows as they are."""
    credits = list(paper.credits.all())
    blocks: list[Block] = list(paper.blocks.order_by("position"))
    meeting, item = paper.meeting, paper.agenda_item
    return {
        "format": FORMAT,
        "board": pair(paper.board, "name"),
        "meeting": {"date": meeting.date.isoformat(), "title": pair(meeting, "title")} if meeting else None,
        "item": {"position": item.position, "title": pair(item, "title")} if item else None,
        "kind": paper.kind,
        "number": paper.number,
        "purpose": paper.purpose,
        "title": pair(paper, "title"),
        "summary": pair(paper, "summary"),
        "audience": pair(paper, "audience"),
        "dated": paper.dated.isoformat() if paper.dated else None,
        "authors": [credit_of(credit) for credit in credits if credit.part == Part.AUTHOR],
        "cleared_by": [credit_of(credit) for credit in credits if credit.part == Part.CLEARER],
        "cleared_as": pair(paper, "cleared_as"),
        "drafted_in": paper.drafted_in,
        "correction": pair(paper, "correction"),
        "implications": content_of_implications(paper),
        "blocks": numbered([block.paired() for block in blocks]),
    }


def canonical(content: dict[str, Any]) -> str:
    """The one way to write it: keys in order, no spaces, letters as they are (UTF-8)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def freeze(paper: Paper, *, by: Any) -> Edition:
    """Write the next edition of the paper. The caller holds its row locked."""
    text = canonical(content_of(paper))
    last = Edition.objects.filter(paper=paper).aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        paper=paper, number=last + 1, content=text, sha256=sha256_of(text), published_by=by
    )
    keep_passages(edition)
    return edition


def latest(paper: Paper) -> Edition | None:
    """The latest edition that was not withdrawn."""
    return Edition.objects.standing().filter(paper=paper).order_by("-number").first()
