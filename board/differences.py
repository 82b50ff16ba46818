"""What changed between two editions of a paper, block by block, word by word, in one language.

    compare(old.data, new.data, "cy")  # a Comparison; what is the same in both is only counted

Blocks are matched by their `uid`, which stays the same through all editions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from .models import BlockKind, ImplicationKind, Purpose

# a sum or a number with its signs, a word with what is inside it, white space, any other sign
TOKEN = re.compile(r"£?\d[\d,.]*\d%?|£?\d%?|\w+(?:[’'-]\w+)*|\s+|[^\w\s]")
WORD = re.compile(r"\w")


class How(StrEnum):
    """What became of a part of the paper."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: in both (`same`), only in the new text (`ins`) or only in the old one (`del`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the paper that is not as it was. `anchor` is its place in the new edition ('' where it is gone)."""

    how: How
    label: str
    anchor: str
    pieces: tuple[Piece, ...]
    moved: bool = False
    before: str = ""  # what it was called in the old edition, where it has another number now

    @property
    def sentence(self) -> str:
        """The same in words."""
        said = {
            How.ADDED: _("New."),
            How.REMOVED: _("Removed."),
            How.MOVED: _("In another place, its words are the same."),
            How.CHANGED: self.counted,
        }[self.how]
        return f"{said} {_('It also stands in another place.')}" if self.moved and self.how == How.CHANGED else said

    @property
    def counted(self) -> str:
        """How many words came and went."""
        came, went = (sum(words(one.text) for one in self.pieces if one.kind == kind) for kind in ("ins", "del"))
        parts = []
        if came:
            parts.append(ngettext("%(n)s word added", "%(n)s words added", came) % {"n": came})
        if went:
            parts.append(ngettext("%(n)s word removed", "%(n)s words removed", went) % {"n": went})
        return ", ".join(parts) + "." if parts else _("Only signs or the form changed.")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed on the front, in the blocks and in the implications; `same` counts the blocks that did not."""

    front: tuple[Change, ...]
    blocks: tuple[Change, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.front or self.blocks)

    @property
    def changed(self) -> int:
        """How many parts changed: of the front, the implications and the text."""
        return len(self.front) + len(self.blocks)


def words(text: str) -> int:
    return sum(1 for token in TOKEN.findall(text) if WORD.search(token))


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as one, each run of words marked as in both, new or gone."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    found: list[Piece] = []
    for what, start, end, begin, finish in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", "".join(after[begin:finish])))
            continue
        if end > start:
            found.append(Piece("del", "".join(before[start:end])))
        if finish > begin:
            found.append(Piece("ins", "".join(after[begin:finish])))
    return tuple(found)


def side(text: dict[str, str], language: str) -> str:
    return text[language] or text["en" if language == "cy" else "cy"]


def said(block: dict[str, Any], language: str) -> str:
    """All that a block says, a table's rows on lines of their own."""
    lines = [side(block["text"], language)]
    table = block["table"]
    if table:
        rows = [table["columns"], *table["rows"]]
        lines += [" | ".join(side(cell, language) for cell in row) for row in rows]
    return "\n".join(lines)


def label_of(block: dict[str, Any]) -> str:
    return f"{BlockKind(block['kind']).label} {block['number']}"


def form_of(block: dict[str, Any]) -> tuple[Any, ...]:
    return block["kind"], block["level"]


def compare(old: dict[str, Any], new: dict[str, Any], language: str) -> Comparison:
    """What a reader of `new` in this language finds otherwise than in `old`. Names of parts are in the page's."""
    before = {block["uid"]: block for block in old["blocks"]}
    moved = moved_uids(list(before), [block["uid"] for block in new["blocks"]])
    changes, same = [], 0
    for block in new["blocks"]:
        change = change_of(before.get(block["uid"]), block, language, moved=block["uid"] in moved)
        if change is None:
            same += 1
        else:
            changes.append(change)
    still = {block["uid"] for block in new["blocks"]}
    for block in old["blocks"]:
        if block["uid"] not in still:
            changes.append(Change(How.REMOVED, label_of(block), "", (Piece("del", said(block, language)),)))
    return Comparison((*front_changes(old, new, language),), (*changes,), same)


def change_of(old: dict[str, Any] | None, new: dict[str, Any], language: str, *, moved: bool) -> Change | None:
    label, anchor, now = label_of(new), new["anchor"], said(new, language)
    if old is None:
        return Change(How.ADDED, label, anchor, (Piece("ins", now),))
    before = "" if label_of(old) == label else label_of(old)
    then = said(old, language)
    if then != now or form_of(old) != form_of(new):
        return Change(How.CHANGED, label, anchor, pieces_of(then, now), moved, before)
    return Change(How.MOVED, label, anchor, (Piece("same", now),), True, before) if moved else None


def moved_uids(old: list[str], new: list[str]) -> set[str]:
    """The blocks that stand in another order among those that both editions have; the fewest that explain it."""
    both = set(old) & set(new)
    then, now = [uid for uid in old if uid in both], [uid for uid in new if uid in both]
    place = {uid: index for index, uid in enumerate(then)}
    return both - set(longest_in_order(now, place))


def longest_in_order(uids: list[str], place: dict[str, int]) -> list[str]:
    """The longest run of `uids`, not necessarily neighbours, whose old places rise."""
    best: list[list[str]] = []
    for uid in uids:
        longest: list[str] = max(
            (run for run in best if place[run[-1]] < place[uid]), key=len, default=[]
        )  # fmt: skip
        best.append([*longest, uid])
    return max(best, key=len, default=[])


def front_changes(old: dict[str, Any], new: dict[str, Any], language: str) -> Iterator[Change]:
    """Title, purpose, summary, audience and implications."""
    for name, label in (("title", _("Title")), ("summary", _("Summary")), ("audience", _("Audience"))):
        yield from part(label, side(old[name], language), side(new[name], language))
    yield from part(_("Purpose"), purpose(old), purpose(new))
    then, now = ({one["kind"]: one for one in data.get("implications", [])} for data in (old, new))
    for kind in ImplicationKind:
        yield from part(
            f"{_('Implications')}: {kind.label}", implication(then.get(kind), language),
            implication(now.get(kind), language), anchor=f"i-{kind}" if kind in now else "",
        )  # fmt: skip


def part(label: Any, old: str, new: str, *, anchor: str = "") -> Iterator[Change]:
    if old == new:
        return
    how = How.ADDED if not old else How.REMOVED if not new else How.CHANGED
    yield Change(how, str(label), anchor, pieces_of(old, new))


def purpose(data: dict[str, Any]) -> str:
    return str(Purpose(data["purpose"]).label) if data["purpose"] else ""


def implication(said: dict[str, Any] | None, language: str) -> str:
    """ "None, because …", or the text itself."""
    if said is None:
        return ""
    text = side(said["text"], language)
    return f"{pgettext('implication', 'None, because')} {text}" if said["none"] else text
