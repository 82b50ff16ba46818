"""What training holds: courses and their sessions with their parts and kept places, learners and
their needs, bookings with their reminders, corrections of the register, stated totals."""

from .assessments import NOT_YET, OWN_LEVELS, SkillAnswer, SkillAssessment
from .bookings import Booking, Correction
from .catalogue import Approval, Audience, Course, Level, Mode, Session, SessionLanguage, SessionTrainer, Stream
from .certificates import Certificate
from .doubles import Double, Reason
from .feedback import Feedback, FeedbackGiven
from .figures import Kind, StatedTotal
from .frameworks import Framework, FrameworkVersion, Origin
from .imports import GOOD, Import, ImportRow, ImportSource, Outcome
from .links import CourseProject
from .maturity import (
    Maturity,
    MaturityAnswer,
    MaturityAssessment,
    MaturityEvidence,
    MaturityQuestion,
    MaturitySet,
    MaturityTheme,
    Sharing,
)
from .needs import CalendarKey, LearnerNeeds, Wish
from .people import Learner, LearnerAddress, LearnerMembership, Standing
from .places import KeptPlaces, SessionPart
from .privacy import Ask, Erasure, PrivacyRequest, RetentionRun
from .reminders import Ahead, Reminder
from .roles import FrameworkRole, RoleEntry, RoleFamily, RoleLevel, RoleSkill
from .skills import CourseSkill, Proficiency, Skill, SkillEntry, SkillLevel
from .targets import Target

__all__ = [
    "GOOD",
    "NOT_YET",
    "OWN_LEVELS",
    "Ahead",
    "Approval",
    "Ask",
    "Audience",
    "Booking",
    "CalendarKey",
    "Certificate",
    "Correction",
    "Course",
    "CourseProject",
    "CourseSkill",
    "Double",
    "Erasure",
    "Feedback",
    "FeedbackGiven",
    "Framework",
    "FrameworkRole",
    "FrameworkVersion",
    "Import",
    "ImportRow",
    "ImportSource",
    "KeptPlaces",
    "Kind",
    "Learner",
    "LearnerAddress",
    "LearnerMembership",
    "LearnerNeeds",
    "Level",
    "Maturity",
    "MaturityAnswer",
    "MaturityAssessment",
    "MaturityEvidence",
    "MaturityQuestion",
    "MaturitySet",
    "MaturityTheme",
    "Mode",
    "Origin",
    "Outcome",
    "PrivacyRequest",
    "Proficiency",
    "Reason",
    "Reminder",
    "RetentionRun",
    "RoleEntry",
    "RoleFamily",
    "RoleLevel",
    "RoleSkill",
    "Session",
    "SessionLanguage",
    "SessionPart",
    "SessionTrainer",
    "Sharing",
    "Skill",
    "SkillAnswer",
    "SkillAssessment",
    "SkillEntry",
    "SkillLevel",
    "Standing",
    "StatedTotal",
    "Stream",
    "Target",
    "Wish",
]
