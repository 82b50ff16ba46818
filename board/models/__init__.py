"""The data of the board, by noun."""

from .answers import Answer, InWriting, Response, Speaks, Substitute, WrittenAnswer
from .boards import Board, Considered, Person, RoleKind, Seat
from .calendars import MeetingsKey
from .changes import ChangeKind, Lateness, MeetingChange
from .editions import Edition
from .forward import PlannedItem, PlannedMove
from .links import BoardProject
from .meetings import AgendaItem, Interpretation, Meeting, MeetingKind
from .papers import Block, BlockKind, Credit, Paper, PaperKind, Part
from .purposes import Purpose
from .standing import StandingItem

__all__ = [
    "AgendaItem",
    "Answer",
    "Block",
    "BlockKind",
    "Board",
    "BoardProject",
    "ChangeKind",
    "Considered",
    "Credit",
    "Edition",
    "InWriting",
    "Interpretation",
    "Lateness",
    "Meeting",
    "MeetingChange",
    "MeetingKind",
    "MeetingsKey",
    "Paper",
    "PaperKind",
    "Part",
    "Person",
    "PlannedItem",
    "PlannedMove",
    "Purpose",
    "Response",
    "RoleKind",
    "Seat",
    "Speaks",
    "StandingItem",
    "Substitute",
    "WrittenAnswer",
]  # fmt: skip
