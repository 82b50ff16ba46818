"""Writing a translation, one or many, and marking texts as reviewed: always in one transaction, never half."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import BilingualModel, mark_reviewed, mark_translated
from wlga_portal.kernel.versions import drop_draft
from wlga_portal.kernel.workflow import Refused

from .kinds import kinds
from .texts import Entry, Worklist, digest


class Changed(Exception):
    """What the translator saw is not what there is: `entry` is the text as it is now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.key)
        self.entry = entry


@dataclass(frozen=True, slots=True)
class Seen:
    """Signs of both sides as the translator saw them."""

    source: str
    target: str


def draft_key(entry: Entry) -> str:
    return f"programme.text:{entry.kind}:{entry.pk}:{entry.name}:{entry.target}"


def entry_now(user: Any, kind: str, pk: int, name: str) -> Entry | None:
    """This text as it is, if this person sees it."""
    found = Worklist(user, {"rows": {kind: [pk]}, "name": name, "state": "every"}).entries(0, 1)
    return found[0] if found else None


def row_of(entry: Entry) -> Any:
    """The row of a text, locked."""
    return kinds()[entry.kind].model._base_manager.select_for_update(of=("self",)).get(pk=entry.pk)


def text_write(entry: Entry, said: str, *, seen: Seen, by: Any) -> Entry:
    """Save the translation of one text; it is never marked as reviewed by that.

    Raises Changed where either side is not what was seen, Refused where the words cannot be changed here.
    """
    with audited(by=by, why="translation written"):
        now = locked(entry, by)
        same = digest(now.translated) in {seen.target, digest(said)}
        if digest(now.said) != seen.source or not same:
            raise Changed(now)
        put(now, said)
        drop_draft(by, draft_key(entry))
    return now


def locked(entry: Entry, by: Any) -> Entry:
    """The text as it is, once nobody else writes its row. Raises Refused where it is gone, or not seen any more."""
    row_of(entry)
    now = entry_now(by, entry.kind, entry.pk, entry.name)
    if now is None:
        raise Refused(_("This text is not there any more."))
    return turned(now, entry.target)


def turned(entry: Entry, target: str) -> Entry:
    """The text as one that goes into this language."""
    from dataclasses import replace

    words = len((entry.en if target == "cy" else entry.cy).split())
    return entry if entry.target == target else replace(entry, target=target, words=words)


def put(entry: Entry, said: str) -> None:
    """Write one side of a locked row. Raises Refused with a sentence where it cannot be."""
    if entry.kept:
        raise Refused(_("The words of this text are frozen: a new edition, version or update takes their place."))
    kind = kinds()[entry.kind]
    name = kind.name(entry.name)
    column = name.cy if entry.target == "cy" else name.en
    row = row_of(entry)
    try:
        with transaction.atomic():
            row._meta.get_field(column).clean(said, row)
            setattr(row, column, said)
            row.save(update_fields=[column])
            if name.mark and isinstance(row, BilingualModel):
                mark_translated(row, entry.name)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    except (IntegrityError, InternalError) as error:
        raise Refused(_("“%(text)s”: this text cannot be changed here.") % {"text": short(entry.said)}) from error


def texts_review(entries: Iterable[tuple[Entry, str]], *, by: Any) -> tuple[int, list[Entry]]:
    """Mark these texts as reviewed, each with the sign of both sides that the translator compared. Gives how many were
    marked, and those that were not: a side is missing, or changed meanwhile."""
    marked, left = 0, []
    with audited(by=by, why="translation reviewed"):
        for entry, compared in entries:
            row = row_of(entry)
            now = entry_now(by, entry.kind, entry.pk, entry.name)
            if now is None or now.both != compared or not (now.en and now.cy) or not isinstance(row, BilingualModel):
                left.append(entry)
                continue
            mark_reviewed(row, entry.name, by=by)
            marked += 1
    return marked, left


def short(text: str, length: int = 60) -> str:
    """The beginning of a text."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1].rstrip()}…"
