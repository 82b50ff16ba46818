"""How certificates and feedback are read."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from ..models import Certificate, Feedback


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """A certificate is shown to whoever has its code; those of the demonstration in demonstration mode alone."""

    def shown(self) -> "CertificateQuerySet":
        return self.all() if settings.DEMO else self.filter(booking__session__course__is_demo=False)

    def with_all(self) -> "CertificateQuerySet":
        """With what its page says; adds `counts`: whether the register still says that the person attended."""
        from ..models import Booking

        attended = Booking.objects.attended().filter(pk=OuterRef("booking"))
        return self.select_related(
            "booking__session__course__stream", "booking__learner__user", "booking__organisation"
        ).annotate(counts=Exists(attended))

    def live(self) -> "CertificateQuerySet":
        return self.filter(revoked_at=None)

    def valid(self) -> "CertificateQuerySet":
        """Neither withdrawn nor of a booking that the register counts no more; after `with_all`."""
        return self.live().filter(Q(counts=True))

    def not_valid(self) -> "CertificateQuerySet":
        """Withdrawn, or of a booking that the register counts no more; after `with_all`."""
        return self.filter(Q(revoked_at__isnull=False) | Q(counts=False))


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """What was said of sessions; nobody sees an answer before it is one of a group."""

    def readable(self) -> "FeedbackQuerySet":
        return self.filter(shown=True)
