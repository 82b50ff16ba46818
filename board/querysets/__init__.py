"""How the board is read, by noun; `visible_to` says what a person may see."""

from .papers import (
    DRAFT_READERS,
    AgendaItemQuerySet,
    BoardQuerySet,
    MeetingQuerySet,
    PaperQuerySet,
    SeatQuerySet,
    current_on,
    held_on,
    written_by,
)

__all__ = [
    "DRAFT_READERS",
    "AgendaItemQuerySet",
    "BoardQuerySet",
    "MeetingQuerySet",
    "PaperQuerySet",
    "SeatQuerySet",
    "current_on",
    "held_on",
    "written_by",
]
