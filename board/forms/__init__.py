"""What people type in, by noun."""

from .papers import (
    CELLS_HINT,
    LEVELS,
    TEXT_HINT,
    BlockAddForm,
    BlockForm,
    CorrectionForm,
    PaperFrontForm,
    PaperNewForm,
    ReasonForm,
    authors,
    authors_field,
)

__all__ = [
    "CELLS_HINT",
    "LEVELS",
    "TEXT_HINT",
    "BlockAddForm",
    "BlockForm",
    "CorrectionForm",
    "PaperFrontForm",
    "PaperNewForm",
    "ReasonForm",
    "authors",
    "authors_field",
]
