"""Feedback after a session: anonymous, and shown in groups of five answers.

Two tables that nothing joins. `FeedbackGiven` knows who has answered, so that nobody answers twice; `Feedback` holds
what was said, under a random key and without a time. Neither is in the history, which would say who and when.
"""

import uuid
from typing import ClassVar

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.database import append_only

from ..querysets.certificates import FeedbackQuerySet
from .bookings import Booking
from .catalogue import Session

GROUP = 5  # answers are shown so many at a time, so that a new average never tells what one person said
LEAST, MOST = 1, 5
QUESTIONS = {
    "useful": _("How useful is it for your work?"),
    "clear": _("How clear was it?"),
    "confident": _("How confident are you to use what you learnt?"),
}
RATINGS = tuple(QUESTIONS)
WORDS = _("What should stay, and what should change?")


def rating(name: str) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(
        QUESTIONS[name], validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)]
    )


def kept(row: str) -> str:
    """The columns of an answer that stay, as SQL."""
    return ", ".join(f"{row}.{name}" for name in ("id", "session_id", *RATINGS, "words", "language"))


@append_only
class FeedbackGiven(models.Model):
    """That the person of this booking has answered; its key is the booking's, so that no order is kept."""

    booking = models.OneToOneField(Booking, primary_key=True, on_delete=models.PROTECT, related_name="feedback_given")

    def __str__(self) -> str:
        return str(self.booking_id)


class Feedback(models.Model):
    """One answer. `shown` is set for five at a time; `language` is that of the page on which the words were typed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="feedback")
    useful = rating("useful")
    clear = rating("clear")
    confident = rating("confident")
    words = models.TextField(WORDS, blank=True)
    language = models.CharField(max_length=2, choices=[("cy", "Cymraeg"), ("en", "English")])
    shown = models.BooleanField(default=False, editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="feedback_from_one_to_five",
                condition=Q(useful__range=(LEAST, MOST), clear__range=(LEAST, MOST), confident__range=(LEAST, MOST)),
            ),
            models.CheckConstraint(name="feedback_language_known", condition=Q(language__in=["cy", "en"])),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="as_given",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"ROW({kept('OLD')}) <> ROW({kept('NEW')}) OR OLD.shown AND NOT NEW.shown"
                ),
                func="RAISE EXCEPTION 'feedback stays as it was given' USING ERRCODE = 'check_violation';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.useful}"
