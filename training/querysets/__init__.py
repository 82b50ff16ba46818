"""How training is read."""

from .assessments import SkillAnswerQuerySet, SkillAssessmentQuerySet
from .frameworks import (
    CourseSkillQuerySet,
    FrameworkQuerySet,
    FrameworkRoleQuerySet,
    FrameworkVersionQuerySet,
    SkillQuerySet,
)
from .needs import LearnerNeedsQuerySet
from .people import (
    DoubleQuerySet,
    ImportQuerySet,
    ImportRowQuerySet,
    LearnerQuerySet,
    PrivacyRequestQuerySet,
    TargetQuerySet,
)
from .sessions import (
    BookingQuerySet,
    CorrectionQuerySet,
    CourseQuerySet,
    LearnerMembershipQuerySet,
    SessionQuerySet,
    StreamQuerySet,
    counted,
)

__all__ = [
    "BookingQuerySet",
    "CorrectionQuerySet",
    "CourseQuerySet",
    "CourseSkillQuerySet",
    "DoubleQuerySet",
    "FrameworkQuerySet",
    "FrameworkRoleQuerySet",
    "FrameworkVersionQuerySet",
    "ImportQuerySet",
    "ImportRowQuerySet",
    "LearnerMembershipQuerySet",
    "LearnerNeedsQuerySet",
    "LearnerQuerySet",
    "PrivacyRequestQuerySet",
    "SessionQuerySet",
    "SkillAnswerQuerySet",
    "SkillAssessmentQuerySet",
    "SkillQuerySet",
    "StreamQuerySet",
    "TargetQuerySet",
    "counted",
]
