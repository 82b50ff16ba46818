"""What spans the areas."""

from .compositions import FOLLOWING, BoundValue, ComposedBlock, Composition
from .feedback import PageFeedback
from .search import SearchDue, SearchText, SearchWord
from .team import TeamStatement

__all__ = [
    "FOLLOWING",
    "BoundValue",
    "ComposedBlock",
    "Composition",
    "PageFeedback",
    "SearchDue",
    "SearchText",
    "SearchWord",
    "TeamStatement",
]
