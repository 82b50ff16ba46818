"""The lists of training, column by column."""

from .people import DoubleTable, LearnerTable
from .sessions import (
    BOOKING_COLOURS,
    SESSION_COLOURS,
    BookingTable,
    ComingTable,
    CourseColumn,
    OwnTable,
    SessionTable,
)

__all__ = [
    "BOOKING_COLOURS",
    "SESSION_COLOURS",
    "BookingTable",
    "ComingTable",
    "CourseColumn",
    "DoubleTable",
    "LearnerTable",
    "OwnTable",
    "SessionTable",
]
