"""The data of the board, by noun."""

from .boards import Board, Considered, Person, RoleKind, Seat
from .editions import Edition
from .links import BoardProject
from .meetings import AgendaItem, Meeting, Purpose
from .papers import Block, BlockKind, Credit, Paper, PaperKind, Part

__all__ = [
    "AgendaItem",
    "Block",
    "BlockKind",
    "Board",
    "BoardProject",
    "Considered",
    "Credit",
    "Edition",
    "Meeting",
    "Paper",
    "PaperKind",
    "Part",
    "Person",
    "Purpose",
    "RoleKind",
    "Seat",
]  # fmt: skip
