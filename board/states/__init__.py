"""When: statuses and what takes one to the next, by noun."""

from .papers import (
    DRAFTING,
    FROZEN,
    MEETING,
    PAPER,
    MeetingStatus,
    PaperStatus,
)

__all__ = [
    "DRAFTING",
    "FROZEN",
    "MEETING",
    "PAPER",
    "MeetingStatus",
    "PaperStatus",
]
