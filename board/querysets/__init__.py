"""How the board is read, by noun; `visible_to` says what a person may see."""

from .actions import ActionQuerySet
from .attendance import AttendanceQuerySet, DeclarationQuerySet
from .outcomes import OutcomeQuerySet, items_opened_to
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
    "ActionQuerySet",
    "AgendaItemQuerySet",
    "AttendanceQuerySet",
    "BoardQuerySet",
    "DeclarationQuerySet",
    "MeetingQuerySet",
    "OutcomeQuerySet",
    "PaperQuerySet",
    "SeatQuerySet",
    "current_on",
    "held_on",
    "items_opened_to",
    "written_by",
]
