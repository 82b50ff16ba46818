"""An edition was withdrawn: what the portal made of its words for readers goes with them."""

from typing import Any

from ..models import Edition, Meeting, Note, Passage
from ..noting import Said
from ..public_notes import note_next
from .packs import packs_drop


def edition_let_go(edition: Edition, *, by: Any) -> None:
    """Its passages, the packs that hold it, the words of it that readers highlighted and public notes repeated; what
    readers wrote themselves stays."""
    Passage.objects.filter(edition=edition).delete()
    packs_drop(edition)
    for meeting in Meeting.objects.filter(items__outcomes__edition=edition, notes__isnull=False).distinct():
        note_next(meeting, by=by, why="words of a paper were withdrawn")
    for note in Note.objects.select_for_update().filter(edition=edition):
        said = Said.of(note)
        if not said.lost:
            note.sealed = said.without_quotes().sealed_for(note.user_id)
            note.save(update_fields=["sealed"])
