"""Every write of training that touches more than one row. Each locks the session's row first."""

from .bookings import book, book_colleague, booking_cancel
from .certificates import certificate_issue
from .doubles import double_decide, double_say, find_doubles
from .feedback import feedback_give
from .learners import address_add, address_remove, learner_move, learner_rename
from .lists import Line, book_list
from .maturity import maturity_agree, maturity_answer, maturity_drop, maturity_share, maturity_start
from .needs import calendar_key_renew, needs_save, needs_say
from .offers import move_up, offer_accept, queues_to_turn, request_approve, request_refuse, turn_queue
from .people import learner_for_colleague, learner_of
from .places_kept import kept_places_save, parts_save
from .planning import course_create, session_create, session_edit
from .register import correct, mark_register
from .reminders import due as due_reminders
from .reminders import remind
from .sessions import session_cancel, session_close, session_hold, session_open
from .walk_ins import walk_in_add, walk_in_remove

__all__ = [
    "Line",
    "address_add",
    "address_remove",
    "book",
    "book_colleague",
    "book_list",
    "booking_cancel",
    "calendar_key_renew",
    "certificate_issue",
    "correct",
    "course_create",
    "double_decide",
    "double_say",
    "due_reminders",
    "feedback_give",
    "find_doubles",
    "kept_places_save",
    "learner_for_colleague",
    "learner_move",
    "learner_of",
    "learner_rename",
    "mark_register",
    "maturity_agree",
    "maturity_answer",
    "maturity_drop",
    "maturity_share",
    "maturity_start",
    "move_up",
    "needs_save",
    "needs_say",
    "offer_accept",
    "parts_save",
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
    "walk_in_add",
    "walk_in_remove",
]
