"""Each quarter somebody says of every role whether it is still right."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.history import tracked

from .membership import Membership
from .person import User


def quarter_of(day: date) -> date:
    """The first day of the quarter: of January, April, July or October."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


class Kept(models.TextChoices):
    """What was said of a role."""

    CONFIRMED = "confirmed", pgettext_lazy("of a role", "Still right")
    ENDED = "ended", pgettext_lazy("of a role", "Ended")


@tracked()
class AccessReview(models.Model):
    """Of one role in one quarter: what was said, by whom, when."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="reviews")
    quarter = models.DateField()
    outcome = models.CharField(max_length=10, choices=Kept.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="access_review_outcome_known", condition=Q(outcome__in=Kept.values)),
            models.CheckConstraint(
                name="access_review_of_a_quarter", condition=Q(quarter__day=1, quarter__month__in=(1, 4, 7, 10))
            ),
            models.UniqueConstraint(fields=["membership", "quarter"], name="access_review_once_a_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}: {self.outcome}"
