"""How lists are narrowed, by noun."""

from .papers import (
    ALL,
    PaperFilter,
    WorkFilter,
)

__all__ = [
    "ALL",
    "PaperFilter",
    "WorkFilter",
]
