"""When: statuses and what takes one to the next, by noun."""

from .actions import ACTION, WAITING, ActionStatus
from .papers import (
    DRAFTING,
    FROZEN,
    MEETING,
    PAPER,
    MeetingStatus,
    PaperStatus,
)
from .withdrawals import WITHDRAWAL, WithdrawalStatus

__all__ = [
    "ACTION",
    "DRAFTING",
    "FROZEN",
    "MEETING",
    "PAPER",
    "WAITING",
    "WITHDRAWAL",
    "ActionStatus",
    "MeetingStatus",
    "PaperStatus",
    "WithdrawalStatus",
]
