"""The data of the board, by noun."""

from .answers import Answer, InWriting, Response, Speaks, Substitute, WrittenAnswer
from .attendance import THERE, Attendance, Capacity, Declaration, DeclarationKind, Movement, MovementKind, Presence
from .boards import Board, Considered, Person, RoleKind, Seat
from .calendars import MeetingsKey
from .changes import ChangeKind, Lateness, MeetingChange
from .comments import Comment
from .editions import Edition
from .following import Action, ActionReminder, Evidence
from .forward import PlannedItem, PlannedMove
from .implications import Implication, ImplicationKind
from .links import BoardProject
from .meetings import AgendaItem, Interpretation, Meeting, MeetingKind
from .notes import Note, ReadMark
from .outcomes import ADOPTED, WITH_DETAIL, Casting, Outcome, Result, Vote
from .packs import Pack, PackStatus
from .papers import Block, BlockKind, Credit, Paper, PaperKind, Part
from .parity import Acceptance
from .passages import Passage
from .purposes import Purpose
from .records import MinutesApproval, PublicNote
from .removals import Removal
from .standing import StandingItem
from .withdrawals import Withdrawal

__all__ = [
    "ADOPTED",
    "THERE",
    "WITH_DETAIL",
    "Acceptance",
    "Action",
    "ActionReminder",
    "AgendaItem",
    "Answer",
    "Attendance",
    "Block",
    "BlockKind",
    "Board",
    "BoardProject",
    "Capacity",
    "Casting",
    "ChangeKind",
    "Comment",
    "Considered",
    "Credit",
    "Declaration",
    "DeclarationKind",
    "Edition",
    "Evidence",
    "Implication",
    "ImplicationKind",
    "InWriting",
    "Interpretation",
    "Lateness",
    "Meeting",
    "MeetingChange",
    "MeetingKind",
    "MeetingsKey",
    "MinutesApproval",
    "Movement",
    "MovementKind",
    "Note",
    "Outcome",
    "Pack",
    "PackStatus",
    "Paper",
    "PaperKind",
    "Part",
    "Passage",
    "Person",
    "PlannedItem",
    "PlannedMove",
    "Presence",
    "PublicNote",
    "Purpose",
    "ReadMark",
    "Removal",
    "Response",
    "Result",
    "RoleKind",
    "Seat",
    "Speaks",
    "StandingItem",
    "Substitute",
    "Vote",
    "Withdrawal",
    "WrittenAnswer",
]  # fmt: skip
