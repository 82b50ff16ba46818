"""The parity check: whether both languages of a paper state the same facts, block by block.

Compared are dates, sums, numbers, shares, times, links, the names of organisations, boards and people that the portal
knows, and how many recommendations there are. It does not compare meaning: that is the translator's.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import LANGUAGES, Text

from .cells import read_cells
from .facts_in_text import facts, in_words
from .models import Acceptance, Block, BlockKind, Board, ImplicationKind, Paper, Person

# initial consonants of Welsh with the forms that they take after another word
MUTATIONS = {
    "p": "b mh ph", "t": "d nh th", "c": "g ngh ch", "b": "f m", "d": "dd n", "g": " ng", "m": "f", "ll": "l",
    "rh": "r",
}  # fmt: skip
KINDS = ("date", "sum", "share", "time", "number", "link", "name", "recommendations")


def kind_label(kind: str) -> str:
    return {
        "date": pgettext("fact", "date"),
        "sum": pgettext("fact", "sum"),
        "share": pgettext("fact", "per cent"),
        "time": pgettext("fact", "time"),
        "number": pgettext("fact", "number"),
        "link": pgettext("fact", "link"),
        "name": pgettext("fact", "name"),
        "recommendations": pgettext("fact", "count of recommendations"),
    }[kind]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fact that the two sides of one place do not share. `block` is None for the front and the implications."""

    place: str
    label: str
    kind: str
    only_en: tuple[str, ...]
    only_cy: tuple[str, ...]
    text: Text
    block: Block | None = None

    @property
    def key(self) -> str:
        """Of the place, what differs there, and the words: when those change, what was accepted is asked again."""
        said = [self.place, self.kind, self.only_en, self.only_cy, self.text.en, self.text.cy]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    @property
    def sentence(self) -> str:
        """ "Date: only in English 20/9/2022, only in Welsh 21/9/2022." """
        sides = []
        if self.only_en:
            sides.append(_("only in English %(said)s") % {"said": ", ".join(shown(self.kind, self.only_en))})
        if self.only_cy:
            sides.append(_("only in Welsh %(said)s") % {"said": ", ".join(shown(self.kind, self.only_cy))})
        return f"{self.label}, {kind_label(self.kind)}: {', '.join(sides)}."

    def __str__(self) -> str:
        return self.sentence


def shown(kind: str, values: Iterable[str]) -> list[str]:
    """Each value as a reader knows it."""
    if kind == "sum":
        return [f"£{int(value):,}" if value.isdecimal() else f"£{Decimal(value):,.2f}" for value in values]
    if kind == "number":
        return [f"{int(value):,}" if value.isdecimal() and len(value) > 4 else value for value in values]
    return [f"{value}%" if kind == "share" else value for value in values]


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names in both languages, longest first; a name of a person is the same in both."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, paper: Paper) -> "KnownNames":
        """Three queries."""
        pairs: set[tuple[str, str]] = set()
        for organisation in Organisation.objects.all():
            for name in ("name", "full_name", "short_name"):
                text = getattr(organisation, name)
                if text.en and text.cy:
                    pairs.add((text.en, text.cy))
        pairs |= {(board.name.en, board.name.cy) for board in Board.objects.filter(is_demo=paper.board.is_demo)}
        pairs |= {(person.name, person.name) for person in Person.objects.select_related("user") if " " in person.name}
        return cls(tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair))))

    def in_text(self, text: Text) -> tuple[list[str], list[str]]:
        """Names that stand in one language alone: those of the English only, those of the Welsh only."""
        there = {
            pair: (has_name(pair[0], text.en), has_name(pair[1], text.cy, mutated=pair[0] != pair[1]))
            for pair in self.pairs
        }
        # a name that is met in both sides under any of its forms is met; "WLGA" may stand for the whole name
        lone_en = [pair[0] for pair, (en, cy) in there.items() if en and not cy]
        lone_cy = [pair[1] for pair, (en, cy) in there.items() if cy and not en]
        return covered(lone_en, [p[0] for p, (en, cy) in there.items() if en and cy]), covered(
            lone_cy, [p[1] for p, (en, cy) in there.items() if en and cy]
        )


def covered(lone: list[str], met: list[str]) -> list[str]:
    """Without those that are a part of a longer name that both sides have, or of another of the lone."""
    longer = [*met, *lone]
    return [name for name in lone if not any(name != other and name in other for other in longer)]


def forms(word: str) -> list[str]:
    """A Welsh name and what becomes of its first letter."""
    lower = word[:2].lower()
    stem = lower if lower in MUTATIONS else lower[:1]
    changed = [new + word[len(stem) :] for new in MUTATIONS.get(stem, "").split(" ") if stem in MUTATIONS]
    return [word, *(form[:1].upper() + form[1:] for form in changed)]


def has_name(name: str, text: str, *, mutated: bool = False) -> bool:
    names = forms(name) if mutated else [name]
    said = text.replace("’", "'")
    return any(re.search(rf"(?<!\w){re.escape(one.replace('’', chr(39)))}(?!\w)", said) for one in names)


def mismatches_of(paper: Paper) -> list[Mismatch]:
    """Every difference, in the order of the paper. Texts that lack a side are gaps already and say nothing here."""
    names = KnownNames.of(paper)
    found = [
        one
        for name, field in paper.bilingual.items()
        for one in compared(f"front:{name}", str(field.label), getattr(paper, name), names)
    ]
    for row in paper.implications.all():
        label = f"{_('Implications')}: {ImplicationKind(row.kind).label}"
        found += compared(f"implication:{row.kind}", label, row.text, names)
    counts: Counter[str] = Counter()
    blocks = list(paper.blocks.order_by("position"))
    for block in blocks:
        counts[block.kind] += 1
        label = f"{BlockKind(block.kind).label} {counts[block.kind]}"
        found += compared(f"{block.uid}:text", label, block.text, names, block=block)
        if block.has_cells:
            found += rows_compared(block, label, names)
    return [*found, *recommendations(blocks)]


def recommendations(blocks: list[Block]) -> Iterator[Mismatch]:
    """Both languages ask for the same number of things: recommendations, with the points listed within them."""
    counted = dict.fromkeys(LANGUAGES, 0)
    asked = [block for block in blocks if block.kind == BlockKind.RECOMMENDATION]
    for block in asked:
        for language in LANGUAGES:
            said = getattr(block, f"text_{language}")
            points = len(re.findall(r"^\s*(?:[-*+]|\d+[.)])\s", said, re.MULTILINE))
            counted[language] += bool(said) + points
    if counted["en"] != counted["cy"] and not any(block.text.missing for block in asked):
        text = Text(*("\n".join(getattr(block, f"text_{language}") for block in asked) for language in LANGUAGES))
        sides = (str(counted["en"]),), (str(counted["cy"]),)
        yield Mismatch("recommendations", _("Recommendations"), "recommendations", *sides, text)


def rows_compared(block: Block, label: str, names: KnownNames) -> Iterator[Mismatch]:
    """A table row by row, so that a figure in the wrong row is found."""
    sides = [read_cells(getattr(block, f"cells_{language}")) for language in LANGUAGES]
    for number, rows in enumerate(zip(*sides, strict=False)):
        text = Text(*(" | ".join(row) for row in rows))
        where = _("%(block)s, row %(number)s") % {"block": label, "number": number}
        yield from compared(f"{block.uid}:cells:{number}", where if number else label, text, names, block=block)


def compared(
    place: str, label: str, text: Text, names: KnownNames, *, block: Block | None = None
) -> Iterator[Mismatch]:
    """What one text states in one language alone."""
    if text.missing:
        return
    en, cy = facts(text.en, "en"), facts(text.cy, "cy")
    only = {"en": en - cy, "cy": cy - en}
    for kind in KINDS[:-2]:
        left = spelled(only["en"], kind, text.cy, "cy")
        right = spelled(only["cy"], kind, text.en, "en")
        if left or right:
            yield Mismatch(place, label, kind, tuple(left), tuple(right), text, block)
    lone_en, lone_cy = names.in_text(text)
    if lone_en or lone_cy:
        yield Mismatch(place, label, "name", tuple(lone_en), tuple(lone_cy), text, block)


def spelled(left: Counter[Any], kind: str, other: str, language: str) -> list[str]:
    """The facts of a kind that are left over; a number that the other side writes as a word is none of them."""
    values = [value for (what, value), count in sorted(left.items()) if what == kind for _i in range(count)]
    if kind != "number":
        return values
    rest = []
    spent: Counter[str] = Counter()
    for value in values:
        spent[value] += 1
        if in_words(value, other, language) < spent[value]:
            rest.append(value)
    return rest


def open_mismatches(paper: Paper) -> list[Mismatch]:
    """The differences that nobody accepted."""
    found = mismatches_of(paper)
    if not found:
        return []
    accepted = set(Acceptance.objects.filter(paper=paper).values_list("key", flat=True))
    return [one for one in found if one.key not in accepted]
