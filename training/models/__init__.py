"""What training holds: courses and their sessions, learners, bookings, corrections of the register, stated totals."""

from .bookings import Booking, Correction
from .catalogue import Audience, Course, Level, Mode, Session, SessionLanguage, SessionTrainer, Stream
from .figures import Kind, StatedTotal
from .people import Learner, LearnerAddress, LearnerMembership, Standing

__all__ = [
    "Audience",
    "Booking",
    "Correction",
    "Course",
    "Kind",
    "Learner",
    "LearnerAddress",
    "LearnerMembership",
    "Level",
    "Mode",
    "Session",
    "SessionLanguage",
    "SessionTrainer",
    "Standing",
    "StatedTotal",
    "Stream",
]
