"""A file comes back: what would become of each of its texts, and saving those that can be, all or none."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from board.facts_in_text import facts
from board.parity import KINDS, spelled
from wlga_portal.kernel.audit import audited

from .actions import put, row_of, turned
from .kinds import kinds
from .texts import Entry, Worklist, digest
from .units import LARGEST, MOST, Unit, plain
from .word_table import read_word
from .xliff import read_xliff

DRAFT = "programme.texts"


class Fate(models.TextChoices):
    """What becomes of a text of the file. Only the first is written."""

    SAVE = "save", _("Will be saved")
    SOURCE = "source", _("The text from which it was translated has changed since")
    CLASH = "clash", _("Somebody else has written a translation since")
    FROZEN = "frozen", _("The words are frozen")
    LONG = "long", _("Too long")
    TWICE = "twice", _("Twice in the file")
    GONE = "gone", _("Not there any more, or not for you")
    EMPTY = "empty", _("No translation in the file")
    SAME = "same", pgettext_lazy("translation", "As it is")


LISTED = (Fate.SAVE, Fate.SOURCE, Fate.CLASH, Fate.FROZEN, Fate.LONG, Fate.TWICE, Fate.GONE)


@dataclass(frozen=True, slots=True)
class Brought:
    """A text of the file beside what the portal has."""

    unit: Unit
    fate: Fate
    entry: Entry | None

    @property
    def differs(self) -> bool:
        """Numbers, dates, sums or links are not the same on both sides: worth another look."""
        if self.entry is None or self.fate != Fate.SAVE:
            return False
        sides = {self.entry.source: self.entry.said, self.entry.target: self.unit.target}
        en, cy = facts(sides["en"], "en"), facts(sides["cy"], "cy")
        return any(
            spelled(en - cy, kind, sides["cy"], "cy") or spelled(cy - en, kind, sides["en"], "en") for kind in KINDS
        )


class PlanChanged(Exception):
    """What would be saved now is not what the translator was shown."""


def read_file(content: bytes) -> list[Unit]:
    """The texts of an XLIFF file or a Word table. Raises ValidationError with a sentence."""
    if len(content) > LARGEST:
        raise ValidationError(gettext("The file is too large: at most 20 MB."))
    units = read_word(content) if content.startswith(b"PK") else read_xliff(content)
    if not any(unit.named for unit in units):
        raise ValidationError(gettext("No text of the portal is named in this file."))
    if len(units) > 2 * MOST:
        raise ValidationError(gettext("The file holds more texts than the portal gives into one file."))
    return units


def plan(user: Any, units: Sequence[Unit]) -> list[Brought]:
    """What would become of each text: one query, whatever the file holds."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for unit in units:
        if unit.named:
            wanted[unit.named[0]].add(unit.named[1])
    now = {(entry.kind, entry.pk, entry.name): entry for entry in Worklist(user, {"rows": wanted, "state": "every"})}
    times = Counter(unit.named[:4] for unit in units if unit.named)
    found = []
    for unit in units:
        if unit.named is None:
            continue
        kind, pk, name, to, before = unit.named
        entry = now.get((kind, pk, name))
        entry = turned(entry, to) if entry else None
        found.append(Brought(unit, fate_of(unit, entry, before, times[kind, pk, name, to]), entry))
    order = list(Fate)
    return sorted(found, key=lambda one: order.index(one.fate))


def fate_of(unit: Unit, entry: Entry | None, before: str, times: int) -> Fate:
    if entry is None or not entry.said:
        return Fate.GONE
    if not unit.target:
        return Fate.EMPTY
    if plain(entry.translated) == unit.target:
        return Fate.SAME
    if times > 1:
        return Fate.TWICE
    if entry.kept:
        return Fate.FROZEN
    if plain(entry.said) != unit.source:
        return Fate.SOURCE
    if digest(entry.translated) != before:
        return Fate.CLASH
    longest = kinds()[entry.kind].name(entry.name).max_length
    return Fate.LONG if longest and len(unit.target) > longest else Fate.SAVE


def sign_of(rows: Sequence[Brought]) -> str:
    """A sign of exactly what would be saved."""
    return digest("\n".join(f"{row.unit.key} {digest(row.unit.target)}" for row in rows if row.fate == Fate.SAVE))


def texts_take(units: Sequence[Unit], *, sign: str, by: Any) -> int:
    """Save all that the translator was shown, and nothing where that is another by now: raises PlanChanged; Refused
    where one text cannot be saved, and then none is. No text is marked as reviewed by it."""
    with audited(by=by, why="translations brought back in a file"):
        for row in plan(by, units):
            if row.fate == Fate.SAVE and row.entry:
                row_of(row.entry)  # locked: nobody writes it between the look and the writing
        rows = plan(by, units)
        if sign_of(rows) != sign:
            raise PlanChanged
        saved = [row for row in rows if row.fate == Fate.SAVE]
        for row in saved:
            if row.entry:
                put(row.entry, row.unit.target)
    return len(saved)
