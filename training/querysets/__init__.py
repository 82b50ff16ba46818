"""How training is read."""

from .assessments import SkillAnswerQuerySet, SkillAssessmentQuerySet
from .frameworks import (
    CourseSkillQuerySet,
    FrameworkQuerySet,
    FrameworkRoleQuerySet,
    FrameworkVersionQuerySet,
    SkillQuerySet,
)
from .sessions import (
    BookingQuerySet,
    CorrectionQuerySet,
    CourseQuerySet,
    LearnerMembershipQuerySet,
    LearnerQuerySet,
    SessionQuerySet,
    StreamQuerySet,
    counted,
)

__all__ = [
    "BookingQuerySet",
    "CorrectionQuerySet",
    "CourseQuerySet",
    "CourseSkillQuerySet",
    "FrameworkQuerySet",
    "FrameworkRoleQuerySet",
    "FrameworkVersionQuerySet",
    "LearnerMembershipQuerySet",
    "LearnerQuerySet",
    "SessionQuerySet",
    "SkillAnswerQuerySet",
    "SkillAssessmentQuerySet",
    "SkillQuerySet",
    "StreamQuerySet",
    "counted",
]
