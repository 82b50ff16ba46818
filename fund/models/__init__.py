"""The Transformation Fund: rounds and their forms, bids and what is written in them, what was submitted."""

from .bids import Answer, Bid, Partner
from .links import BidProject
from .rounds import Fund, Question, Round, Section, Stage, StageKind, StatedProcess, Topic
from .submissions import Submission

__all__ = [
    "Answer",
    "Bid",
    "BidProject",
    "Fund",
    "Partner",
    "Question",
    "Round",
    "Section",
    "Stage",
    "StageKind",
    "StatedProcess",
    "Submission",
    "Topic",
]
