"""How training is read."""

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
    "LearnerMembershipQuerySet",
    "LearnerQuerySet",
    "SessionQuerySet",
    "StreamQuerySet",
    "counted",
]
