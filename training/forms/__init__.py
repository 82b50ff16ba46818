"""What people fill in: a booking, a colleague, the register, a correction, and what the team plans."""

from .needs import NeedsForm
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
    "BookForm",
    "ColleagueForm",
    "CorrectionForm",
    "CourseForm",
    "NeedsForm",
    "ReasonForm",
    "RefusalForm",
    "RegisterForm",
    "SessionForm",
    "Trainers",
    "known_people",
]
