"""How the lists of training are narrowed."""

from .people import DoubleFilter, LearnerFilter
from .sessions import (
    ALL,
    MONTHS_SHOWN,
    YEARS_SHOWN,
    BookingFilter,
    ByTitle,
    ByTitleFilter,
    SessionFilter,
    midnight,
    months,
    years,
)

__all__ = [
    "ALL",
    "MONTHS_SHOWN",
    "YEARS_SHOWN",
    "BookingFilter",
    "ByTitle",
    "ByTitleFilter",
    "DoubleFilter",
    "LearnerFilter",
    "SessionFilter",
    "midnight",
    "months",
    "years",
]
