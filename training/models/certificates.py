"""Certificates of attendance, each checkable by anybody who has its code."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.history import tracked

from ..querysets.certificates import CertificateQuerySet
from .bookings import Booking


@tracked()
class Certificate(models.Model):
    """Says that a booking was attended. `code` cannot be guessed: who has it was given it.

    No name stands here: a page and a file take it from the learner at the time, so that erasing somebody erases it
    from their certificates. A certificate that was withdrawn stays, so that its code still answers.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="certificates")
    issued_at = models.DateTimeField(_("Issued"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("Withdrawn"), null=True, blank=True)

    counts: bool

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(revoked_at=None), name="certificate_one_for_a_booking"
            ),
            models.CheckConstraint(
                name="certificate_revoked_after_issue",
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("issued_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.code)

    def get_absolute_url(self) -> str:
        return reverse("training:certificate_page", kwargs={"code": self.code})

    @property
    def is_valid(self) -> bool:
        """Not withdrawn, and still counted by the register; of a certificate read by `with_all`."""
        return self.revoked_at is None and bool(self.counts)
