"""The Transformation Fund: rounds and their forms, bids and what is written in them, what was submitted."""

from .addenda import Addendum
from .answers import Answer
from .assessments import Assessment
from .assignments import Assignment
from .attachments import Attachment, Scan, SubmittedFile
from .awards import Award, AwardShare, Instalment
from .bids import Bid
from .citations import Citation
from .claims import Claim, Payment, Transaction
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
from .partners import Partner
from .reports import Learning, LearningKind, MonitoringReport, QuarterlyReturn, ReportReminder, Variation
from .rounds import Fund, Question, Round, Section, Stage, StageKind, StatedProcess, Topic
from .scores import Score, ScoreSheet
from .similar import JoinRequest, Likeness, ProblemText, SeparateReason
from .submissions import Submission
from .timeline import Happening
from .translations import BidTranslation, TranslatedText
from .variation_shares import VariationShare

__all__ = [
    "Addendum",
    "Answer",
    "Assessment",
    "Assignment",
    "Attachment",
    "Award",
    "AwardShare",
    "Bid",
    "BidProject",
    "BidTranslation",
    "Citation",
    "Claim",
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
    "Instalment",
    "Interest",
    "JoinRequest",
    "Joining",
    "Learning",
    "LearningKind",
    "Likeness",
    "Merge",
    "MergeConsent",
    "MergeText",
    "Moderation",
    "MonitoringReport",
    "Partner",
    "Payment",
    "ProblemText",
    "QuarterlyReturn",
    "Question",
    "ReportReminder",
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
    "Transaction",
    "TranslatedText",
    "Variation",
    "VariationShare",
]
