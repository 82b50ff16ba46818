"""The Transformation Fund: rounds and their forms, bids and what is written in them, what was submitted."""

from .assessments import Assessment
from .attachments import Attachment, Scan, SubmittedFile
from .bids import Answer, Bid, Partner
from .confidentiality import Confidentiality
from .criteria import Criterion
from .decisions import Decision, GovernmentAgreement, Moderation, Review
from .enquiries import Enquiry
from .extensions import Extension
from .form_items import CostCategory, RequiredAttachment
from .links import BidProject
from .rounds import Fund, Question, Round, Section, Stage, StageKind, StatedProcess, Topic
from .scores import Score, ScoreSheet
from .submissions import Submission

__all__ = [
    "Answer",
    "Assessment",
    "Attachment",
    "Bid",
    "BidProject",
    "Confidentiality",
    "CostCategory",
    "Criterion",
    "Decision",
    "Enquiry",
    "Extension",
    "Fund",
    "GovernmentAgreement",
    "Moderation",
    "Partner",
    "Question",
    "RequiredAttachment",
    "Review",
    "Round",
    "Scan",
    "Score",
    "ScoreSheet",
    "Section",
    "Stage",
    "StageKind",
    "StatedProcess",
    "Submission",
    "SubmittedFile",
    "Topic",
]
