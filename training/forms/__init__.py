"""What people fill in: a booking, a colleague, the register, a correction, and what the team plans."""

from .lists import ListForm
from .needs import NeedsForm
from .people import AddressForm, DecideForm, LearnerForm, MoveForm, SameForm
from .places import KeptPlacesForm, PartsForm
from .register import ABSENT, MARKS, PART, PRESENT, CorrectionForm, RegisterForm, WalkInForm
from .sessions import (
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
    "KeptPlacesForm",
    "LearnerForm",
    "ListForm",
    "MoveForm",
    "NeedsForm",
    "PartsForm",
    "ReasonForm",
    "RefusalForm",
    "RegisterForm",
    "SameForm",
    "SessionForm",
    "Trainers",
    "WalkInForm",
    "known_people",
]
