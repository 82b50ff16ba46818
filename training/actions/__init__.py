"""Every write of training that touches more than one row. Each locks the session's row first."""

from .bookings import book, book_colleague, booking_cancel, fill_places
from .certificates import certificate_issue
from .feedback import feedback_give
from .people import learner_for_colleague, learner_of
from .planning import course_create, session_create, session_edit
from .register import correct, mark_register
from .sessions import session_cancel, session_close, session_hold, session_open

__all__ = [
    "book",
    "book_colleague",
    "booking_cancel",
    "certificate_issue",
    "correct",
    "course_create",
    "feedback_give",
    "fill_places",
    "learner_for_colleague",
    "learner_of",
    "mark_register",
    "session_cancel",
    "session_close",
    "session_create",
    "session_edit",
    "session_hold",
    "session_open",
]
