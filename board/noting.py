"""Private notes beside the words of a paper: what they say, whether those words changed, how they are drawn."""

import hashlib
import html
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString, mark_safe

from .models import BlockKind, Edition, Note, Paper
from .reading import MARKER, Reading
from .sealing import seal, unseal
from .wording import place_label

LONGEST = 10_000  # characters of a note


@dataclass(frozen=True)
class Other:
    """A text written on another device while this one was changed."""

    text: str
    quote: str
    at: datetime | None


@dataclass(frozen=True)
class Said:
    """What a note holds: a text, the words that are highlighted ('' with `marked`: the whole block), other texts."""

    text: str = ""
    marked: bool = False
    quote: str = ""
    also: tuple[Other, ...] = ()
    lost: bool = False  # the portal's key for it is gone

    @classmethod
    def of(cls, note: Note) -> "Said":
        """What a note says, opened for its owner."""
        held = unseal(note.user_id, note.sealed)
        if held is None:
            return cls(lost=True)
        also = tuple(Other(one["text"], one["quote"], parse_datetime(one["at"])) for one in held["also"])
        return cls(held["text"], held["marked"], held["quote"], also)

    @property
    def empty(self) -> bool:
        return not (self.text or self.marked or self.also)

    def same(self, other: "Said") -> bool:
        return (self.text, self.marked, self.quote) == (other.text, other.marked, other.quote)

    def beside(self, other: "Said", at: datetime) -> "Said":
        """Both: this one's text, and the other's beside it; nothing is lost."""
        if any((one.text, one.quote) == (other.text, other.quote) for one in self.also):
            return self
        also = (*self.also, Other(other.text, other.quote, at)) if other.text else self.also
        return replace(self, marked=self.marked or other.marked, quote=self.quote or other.quote, also=also)

    def without_quotes(self) -> "Said":
        """One's own words alone: those of the paper were withdrawn."""
        also = tuple(replace(one, quote="") for one in self.also)
        return replace(self, quote="", also=also)

    def sealed_for(self, owner: int) -> str:
        also = [{"text": one.text, "quote": one.quote, "at": one.at.isoformat() if one.at else ""} for one in self.also]
        return seal(owner, {"text": self.text, "marked": self.marked, "quote": self.quote, "also": also})


def block_of(edition: Edition, uid: UUID) -> dict[str, Any]:
    """The block of this uid, for a note; 404 where the edition has none, or it is a heading."""
    for block in edition.data["blocks"]:
        if block["uid"] == str(uid) and block["kind"] != BlockKind.HEADING:
            found: dict[str, Any] = block
            return found
    raise Http404


def words_hash(block: dict[str, Any], language: str) -> str:
    """The hash of a block's words in one language, so that a note can say that they changed."""
    table = block["table"] or {"columns": [], "rows": []}
    cells = [[cell[language] for cell in line] for line in (table["columns"], *table["rows"])]
    return hashlib.sha256(json.dumps([block["text"][language], cells], ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Noted:
    """A note as its owner sees it beside the paper. `gone`: its block is no longer in the edition."""

    note: Note
    said: Said
    anchor: str
    label: str = ""
    changed: bool = False
    gone: bool = False


def noted(notes: Iterable[Note], data: dict[str, Any]) -> list[Noted]:
    """Each note with the block of this edition that it is bound to."""
    blocks = {block["uid"]: block for block in data["blocks"]}
    found = []
    for note in notes:
        block = blocks.get(str(note.uid))
        if block is None:
            found.append(Noted(note, Said.of(note), "", gone=True))
        else:
            changed = words_hash(block, note.language) != note.words
            label = place_label(block["kind"], block["number"])
            found.append(Noted(note, Said.of(note), block["anchor"], label, changed=changed))
    return found


def body(reading: Reading, paper: Paper, notes: Iterable[Noted], *, tools: str | None) -> SafeString:
    """The paper's text with one's own notes beside their blocks and, with `tools`, what may be done at each block.

    The text is drawn once for all readers (`Reading.html`); here its markers alone are filled. `tools` is the address
    of a note, with `@uid@` where its block's stands.
    """
    by_anchor = {one.anchor: one for one in notes if not one.gone}
    blocks = {block.anchor: block for block in reading.blocks}
    drawn = render_to_string("board/block_tools.html", {"note_url": tools}) if tools else ""
    pieces = MARKER.split(reading.html)
    parts = [pieces[0]]
    for anchor, after in zip(pieces[1::2], pieces[2::2], strict=True):
        block, one = blocks[anchor], by_anchor.get(anchor)
        if one is not None and one.said.quote:
            parts[-1] = highlighted(parts[-1], block.html, one.said.quote)
        if tools:
            label = place_label(block.kind, block.number)
            parts.append(drawn.replace("@label@", label).replace("@uid@", block.uid))
        if one is not None:
            parts.append(render_to_string("board/note_shown.html", {"one": one, "paper": paper, "edits": bool(tools)}))
        parts.append(after)
    return mark_safe("".join(parts))  # noqa: S308  drawn by templates, which escape


def highlighted(piece: str, block: str, quote: str) -> str:
    """The quoted words marked within the block, where they stand together in it; else the note alone says them."""
    words = html.escape(quote, quote=False)
    if words not in block:
        return piece
    before, found, after = piece.rpartition(block)
    return before + found.replace(words, f"<mark>{words}</mark>", 1) + after
