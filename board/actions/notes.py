"""Writes of what a reader keeps of their own: marks and private notes. They stand outside the history, on purpose."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..models import Edition, Note, ReadMark, Seat
from ..noting import Said, block_of, words_hash

# Said on the page of a person's notes, and in docs/board.md.
KEPT_AFTER_TERM = timedelta(days=183)
KEPT_WITHOUT_SEAT = timedelta(days=365)


def stop_mark(edition: Edition, *, by: Any, uid: UUID | None) -> ReadMark:
    """This person read this edition and stopped at this block; None: they read it, wherever they stopped."""
    with transaction.atomic():
        mark = ReadMark.objects.select_for_update(of=("self",)).select_related("edition")
        known = mark.filter(user=by, paper_id=edition.paper_id).first()
        before = known.before if known else None
        if known and known.edition.number < edition.number:
            before = known.edition.number
        values = {"edition": edition, "before": before, "uid": uid, "at": timezone.now()}
        return ReadMark.objects.update_or_create(user=by, paper_id=edition.paper_id, defaults=values)[0]


def note_save(
    edition: Edition, uid: UUID, *, by: Any, language: str, said: Said, version: int, at: Any = None
) -> tuple[Note | None, bool]:
    """Keep a note on a block; an empty one is deleted. Gives the note and whether it clashed.

    `version`: of the note that the person saw, 0 where there was none. Where it was changed meanwhile, on another
    device, both texts are kept, and the page asks to put them together. `at`: when it was written, if not now.
    """
    block = block_of(edition, uid)
    try:
        with transaction.atomic():
            return put(edition, block, by=by, language=language, said=said, version=version, at=at or timezone.now())
    except IntegrityError:  # the same first note from two devices at once: the later one meets the other
        with transaction.atomic():
            return put(edition, block, by=by, language=language, said=said, version=version, at=at or timezone.now())


def put(
    edition: Edition, block: dict[str, Any], *, by: Any, language: str, said: Said, version: int, at: Any
) -> tuple[Note | None, bool]:
    """The same, in the caller's transaction."""
    mine = Note.objects.select_for_update().filter(user=by, paper_id=edition.paper_id, uid=block["uid"])
    note = mine.first() or Note(user=by, paper_id=edition.paper_id, uid=block["uid"], version=0)
    held = Said.of(note) if note.pk else Said()
    clashed = bool(note.pk) and note.version != version and not held.lost and not held.same(said)
    kept = held.beside(said, at) if clashed else said
    if kept.empty:
        if note.pk:
            note.delete()
        return None, False
    if kept != held or not note.pk:
        note.version += 1
        note.edition, note.anchor, note.language = edition, block["anchor"], language
        note.words, note.updated_at = words_hash(block, language), timezone.now()
        note.sealed = kept.sealed_for(by.pk)
        note.save()
    return note, clashed


def note_delete(note: Note) -> None:
    """Gone at once and for good: nothing keeps what it said."""
    note.delete()


def notes_forget(*, by: Any) -> int:
    """All notes and marks of this person. Gives how many notes there were."""
    with transaction.atomic():
        ReadMark.objects.of(by).delete()
        return Note.objects.of(by).delete()[0]


def notes_expire() -> int:
    """Delete what has had its time: half a year after a member's last term; for others, a year after its change."""
    today = timezone.localdate()
    held = Seat.objects.filter(board=OuterRef("paper__board"), person__user=OuterRef("user"))
    recent = held.filter(Q(ends=None) | Q(ends__gte=today - KEPT_AFTER_TERM))
    old = timezone.now() - KEPT_WITHOUT_SEAT
    over = Exists(held) & ~Exists(recent)
    with transaction.atomic():
        ReadMark.objects.filter(over | (~Exists(held) & Q(at__lt=old))).delete()
        return Note.objects.filter(over | (~Exists(held) & Q(updated_at__lt=old))).delete()[0]
