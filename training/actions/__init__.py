"""Every write of training that touches more than one row. Each locks the session's row first."""

from .bookings import book, book_colleague, booking_cancel
from .certificates import certificate_issue
from .feedback import feedback_give
from .needs import calendar_key_renew, needs_save, needs_say
from .offers import move_up, offer_accept, queues_to_turn, request_approve, request_refuse, turn_queue
from .people import learner_for_colleague, learner_of
from .planning import course_create, session_create, session_edit
from .register import correct, mark_register
from .reminders import due as due_reminders
from .reminders import remind
from .sessions import session_cancel, session_close, session_hold, session_open

__all__ = [
    "book",
    "book_colleague",
    "booking_cancel",
    "calendar_key_renew",
    "certificate_issue",
    "correct",
    "course_create",
    "due_reminders",
    "feedback_give",
    "learner_for_colleague",
    "learner_of",
    "mark_register",
    "move_up",
    "needs_save",
    "needs_say",
    "offer_accept",
    "queues_to_turn",
    "remind",
    "request_approve",
    "request_refuse",
    "session_cancel",
    "session_close",
    "session_create",
    "session_edit",
    "session_hold",
    "session_open",
    "turn_queue",
]
