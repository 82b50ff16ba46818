"""Feedback: what was said and who has said something are written apart."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wlga_portal.kernel.workflow import NotAllowed, Refused

from .. import rules
from ..models import Booking, Feedback, FeedbackGiven
from ..models.feedback import GROUP


def feedback_give(*, booking: Booking, answer: dict[str, Any], language: str, by: Any) -> None:
    """Keep one answer; every fifth of a session shows the five. Raises Refused.

    Not `audited`: the answer must not say whose it is, and neither table is in the history.
    """
    if not rules.feedback_give(by, booking) or not Booking.objects.attended().filter(pk=booking.pk).exists():
        raise NotAllowed(_("Feedback is given by those who attended."))
    with transaction.atomic():
        session = booking.session.lock()
        _row, is_new = FeedbackGiven.objects.get_or_create(booking=booking)
        if not is_new:
            raise Refused(_("You have answered already. Thank you."))
        Feedback.objects.create(session=session, language=language, **answer)
        waiting = Feedback.objects.filter(session=session, shown=False)
        if waiting.count() >= GROUP:
            waiting.update(shown=True)
