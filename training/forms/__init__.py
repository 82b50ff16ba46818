"""What people fill in: a booking, a colleague, the register, a correction, and what the team plans."""

from .needs import NeedsForm
from .people import AddressForm, DecideForm, LearnerForm, MoveForm, SameForm
from .register import ABSENT, MARKS, PART, PRESENT, CorrectionForm, RegisterForm, WalkInForm
from .sessions import (
    DEMO_DOMAIN,
    NEW,
    BookForm,
    ColleagueForm,
    CourseForm,
    ReasonForm,
    RefusalForm,
    SessionForm,
    Trainers,
    known_people,
)

__all__ = [
    "ABSENT",
    "DEMO_DOMAIN",
    "MARKS",
    "NEW",
    "PART",
    "PRESENT",
    "AddressForm",
    "BookForm",
    "ColleagueForm",
    "CorrectionForm",
    "CourseForm",
    "DecideForm",
    "LearnerForm",
    "MoveForm",
    "NeedsForm",
    "ReasonForm",
    "RefusalForm",
    "RegisterForm",
    "SameForm",
    "SessionForm",
    "Trainers",
    "WalkInForm",
    "known_people",
]
