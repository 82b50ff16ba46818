"""An edition was withdrawn: what the portal made of its words for readers goes with them."""

from ..models import Edition, Note, Passage
from ..noting import Said
from .packs import packs_drop


def edition_let_go(edition: Edition) -> None:
    """Its passages, the packs that hold it, and the words of it that readers highlighted; their own words stay."""
    Passage.objects.filter(edition=edition).delete()
    packs_drop(edition)
    for note in Note.objects.select_for_update().filter(edition=edition):
        said = Said.of(note)
        if not said.lost:
            note.sealed = said.without_quotes().sealed_for(note.user_id)
            note.save(update_fields=["sealed"])
