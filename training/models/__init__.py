"""What training holds: courses and their sessions with their parts and kept places, learners and
their needs, bookings with their reminders, corrections of the register, stated totals."""

from .bookings import Booking, Correction
from .catalogue import Approval, Audience, Course, Level, Mode, Session, SessionLanguage, SessionTrainer, Stream
from .figures import Kind, StatedTotal
from .needs import CalendarKey, LearnerNeeds, Wish
from .people import Learner, LearnerAddress, LearnerMembership, Standing
from .places import KeptPlaces, SessionPart
from .reminders import Ahead, Reminder

__all__ = [
    "Ahead",
    "Approval",
    "Audience",
    "Booking",
    "CalendarKey",
    "Correction",
    "Course",
    "KeptPlaces",
    "Kind",
    "Learner",
    "LearnerAddress",
    "LearnerMembership",
    "LearnerNeeds",
    "Level",
    "Mode",
    "Reminder",
    "Session",
    "SessionLanguage",
    "SessionPart",
    "SessionTrainer",
    "Standing",
    "StatedTotal",
    "Stream",
    "Wish",
]
