"""Certificates: issued when somebody asks, withdrawn when a correction takes the attendance away."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, WrongState

from .. import emails, rules
from ..models import Booking, Certificate, Session


def certificate_issue(*, booking: Booking, by: Any) -> Certificate:
    """The certificate of an attended booking: the one that there is, else a new one. Raises Refused."""
    if not rules.certificate_issue(by, booking):
        raise NotAllowed(_("A certificate is for the person who attended."))
    with audited(by=by, why="certificate issued"):
        booking.session.lock()
        known = Certificate.objects.live().filter(booking=booking).first()
        if known is not None:
            return known
        if not Booking.objects.attended().filter(pk=booking.pk).exists():
            raise WrongState(_("The register does not say that this booking was attended."))
        return Certificate.objects.create(booking=booking)


def certificate_settle(booking: Booking) -> None:
    """After a correction: a certificate of what was not attended is withdrawn. The session's row is locked."""
    if not Booking.objects.attended().filter(pk=booking.pk).exists():
        Certificate.objects.live().filter(booking=booking).update(revoked_at=timezone.now())


def tell_attended(session: Session) -> None:
    """Once the register is closed: who attended is told of the certificate and asked what they thought."""
    for booking in Booking.objects.attended().filter(session=session).with_all().order_by("pk"):
        if booking.learner.user_id is not None:
            emails.tell(booking, "training.attended")
