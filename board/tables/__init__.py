"""The lists of the board, by noun."""

from .papers import (
    COLOURS,
    PaperColumns,
    PaperTable,
    WorkTable,
    status_tag,
    work_url,
)

__all__ = [
    "COLOURS",
    "PaperColumns",
    "PaperTable",
    "WorkTable",
    "status_tag",
    "work_url",
]
