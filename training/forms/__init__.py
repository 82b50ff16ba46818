"""What people fill in: a booking, a colleague, the register, a correction, and what the team plans."""

from .needs import NeedsForm
from .people import AddressForm, DecideForm, LearnerForm, MoveForm, SameForm
from .sessions import (
    ABSENT,
    DEMO_DOMAIN,
    MARKS,
    NEW,
    PRESENT,
    BookForm,
    ColleagueForm,
    CorrectionForm,
    CourseForm,
    ReasonForm,
    RefusalForm,
    RegisterForm,
    SessionForm,
    Trainers,
    known_people,
)

__all__ = [
    "ABSENT",
    "DEMO_DOMAIN",
    "MARKS",
    "NEW",
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
    "known_people",
]
