"""The Transformation Fund: rounds and their forms, bids and what is written in them, what was submitted."""

from .addenda import Addendum
from .assessments import Assessment
from .assignments import Assignment
from .attachments import Attachment, Scan, SubmittedFile
from .bids import Answer, Bid, Partner
from .citations import Citation
from .comments import Comment, CommentLink
from .commitments import Commitment, Signatory
from .confidentiality import Confidentiality
from .costs import CostLine
from .criteria import Criterion
from .decisions import Decision, GovernmentAgreement, Moderation, Review
from .enquiries import Enquiry
from .extensions import Extension
from .form_items import CostCategory, RequiredAttachment
from .interest import Interest, Joining
from .links import BidProject
from .merges import Merge, MergeConsent, MergeText, TextChoice
from .rounds import Fund, Question, Round, Section, Stage, StageKind, StatedProcess, Topic
from .scores import Score, ScoreSheet
from .similar import JoinRequest, Likeness, ProblemText, SeparateReason
from .submissions import Submission
from .timeline import Happening
from .translations import BidTranslation, TranslatedText

__all__ = [
    "Addendum",
    "Answer",
    "Assessment",
    "Assignment",
    "Attachment",
    "Bid",
    "BidProject",
    "BidTranslation",
    "Citation",
    "Comment",
    "CommentLink",
    "Commitment",
    "Confidentiality",
    "CostCategory",
    "CostLine",
    "Criterion",
    "Decision",
    "Enquiry",
    "Extension",
    "Fund",
    "GovernmentAgreement",
    "Happening",
    "Interest",
    "JoinRequest",
    "Joining",
    "Likeness",
    "Merge",
    "MergeConsent",
    "MergeText",
    "Moderation",
    "Partner",
    "ProblemText",
    "Question",
    "RequiredAttachment",
    "Review",
    "Round",
    "Scan",
    "Score",
    "ScoreSheet",
    "Section",
    "SeparateReason",
    "Signatory",
    "Stage",
    "StageKind",
    "StatedProcess",
    "Submission",
    "SubmittedFile",
    "TextChoice",
    "Topic",
    "TranslatedText",
]
