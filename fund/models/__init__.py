"""The Transformation Fund: rounds and their forms, bids and what is written in them, what was submitted."""

from .assessments import Assessment
from .bids import Answer, Bid, Partner
from .criteria import Criterion
from .form_items import CostCategory, RequiredAttachment
from .links import BidProject
from .rounds import Fund, Question, Round, Section, Stage, StageKind, StatedProcess, Topic
from .scores import Score, ScoreSheet
from .submissions import Submission

__all__ = [
    "Answer",
    "Assessment",
    "Bid",
    "BidProject",
    "CostCategory",
    "Criterion",
    "Fund",
    "Partner",
    "Question",
    "RequiredAttachment",
    "Round",
    "Score",
    "ScoreSheet",
    "Section",
    "Stage",
    "StageKind",
    "StatedProcess",
    "Submission",
    "Topic",
]
