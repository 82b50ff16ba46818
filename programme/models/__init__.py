"""What spans the areas."""

from .compositions import BoundValue, ComposedBlock, Composition
from .feedback import PageFeedback
from .search import SearchDue, SearchText, SearchWord
from .team import TeamStatement

__all__ = [
    "BoundValue",
    "ComposedBlock",
    "Composition",
    "PageFeedback",
    "SearchDue",
    "SearchText",
    "SearchWord",
    "TeamStatement",
]
