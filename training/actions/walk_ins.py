"""Somebody who came without a booking: added to an open register, and taken off it again where it was a mistake."""

from typing import Any

from django.utils.translation import gettext as _

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState, advance

from .. import rules
from ..models import Booking, Learner, Session, Standing
from ..states import BookingStatus, SessionStatus
from .people import belong, learner_for_colleague


def walk_in_add(
    *, session: Session, name: str, email: str, language: str, organisation: Organisation, standing: str, by: Any
) -> Booking:
    """Add who came, present for the whole; the places of the session do not matter any more.

    An address that is known is that learner. Raises Refused: not theirs, register not open, or there already.
    """
    if not rules.register_keep(by, session):
        raise NotAllowed(_("The register is kept by the session’s trainers or the team."))
    with audited(by=by, why="walked in"):
        row = session.lock()
        if row.status != SessionStatus.HELD:
            raise WrongState(_("The register of this session is not open."))
        learner = learner_who_came(name, email, language)
        if Booking.objects.standing().filter(session=row, learner=learner).exists():
            raise Refused(_("%(name)s is on the register already.") % {"name": learner})
        as_what = Standing(standing) if organisation.is_council else Standing.PARTNER
        belong(learner, organisation, as_what)
        return Booking.objects.create(
            session=row,
            learner=learner,
            organisation=organisation,
            standing=as_what,
            booked_by=by,
            status=BookingStatus.ATTENDED,
            walk_in=True,
        )


def learner_who_came(name: str, email: str, language: str) -> Learner:
    """The learner of this address; a new one of this name where none is given or it is not known."""
    if email.strip():
        return learner_for_colleague(name=name, email=email, language=language)
    return Learner.objects.create(name=name.strip(), language=language)


def walk_in_remove(*, booking: Booking, by: Any) -> Booking:
    """Take somebody off the register who was added by mistake. Raises Refused."""
    with audited(by=by, why="added by mistake"):
        if booking.session.lock().status != SessionStatus.HELD:
            raise WrongState(_("The register of this session is not open."))

        def whole(row: Booking) -> None:
            row.attended_percent = None

        return advance(booking, "remove", by=by, why="added by mistake", also=whole)
