"""Support that sees the portal as a person sees it: with that person's consent, for a limited time, noted."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wlga_portal.kernel.history import tracked

from .person import User

LONGEST = timedelta(days=7)  # of a consent


class ConsentQuerySet(models.QuerySet["Consent"]):
    def open(self) -> "ConsentQuerySet":
        """Those in force now."""
        return self.filter(ended_at=None, until__gt=timezone.now())


@tracked()
class Consent(models.Model):
    """A person lets administrators see the portal as they see it, until a moment, or until they take it back."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    given_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="consent_for_a_limited_time",
                condition=Q(until__gt=F("given_at")) & Q(until__lte=F("given_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="consent_ended_after_given", condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at"))
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="consent_one_at_a_time"),
        ]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.until > timezone.now()


@tracked()
class Viewing(models.Model):
    """An administrator sees the portal as the person of a consent. The reason stands in its history."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="viewings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="viewing_ended_after_begun", condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at"))
            )
        ]
