"""What the team plans of a session beside its own columns: its parts, and the places that it keeps."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, WrongState

from .. import emails, rules
from ..models import Booking, KeptPlaces, Session, SessionPart
from ..states import SessionStatus
from .offers import move_up

Stretch = tuple[datetime, datetime]
PLANNED = {SessionStatus.PLANNED, SessionStatus.OPEN}


def locked(session: Session, *, by: Any) -> Session:
    """The session's row, locked, that this person may still plan. Raises Refused."""
    if not rules.plans(by):
        raise NotAllowed(_("Sessions are planned by the digital team."))
    row = session.lock()
    if row.status not in PLANNED:
        raise WrongState(_("This session can no longer be changed."))
    return row


def parts_save(*, session: Session, stretches: Sequence[Stretch], by: Any) -> Session:
    """The session has these parts, in order; a single one is the session itself. Its times follow them.

    Whoever booked an open session is told where something changed. Raises Refused.
    """
    with audited(by=by, why="parts changed"):
        row = locked(session, by=by)
        before = [(part.starts_at, part.ends_at) for part in row.parts.all()]
        wanted = sorted(stretches)
        parts = wanted if len(wanted) > 1 else []
        if parts == before and (not wanted or (wanted[0][0], wanted[-1][1]) == (row.starts_at, row.ends_at)):
            return row
        SessionPart.objects.filter(session=row).delete()
        if wanted:
            row.starts_at, row.ends_at = wanted[0][0], wanted[-1][1]
            row.save(update_fields=["starts_at", "ends_at"])
        for number, (starts_at, ends_at) in enumerate(parts, 1):
            SessionPart.objects.create(session=row, number=number, starts_at=starts_at, ends_at=ends_at)
        if row.status == SessionStatus.OPEN:
            for booking in Booking.objects.live().filter(session=row).order_by("pk"):
                emails.tell(booking, "training.changed")
    return row


def kept_places_save(*, session: Session, places: Mapping[Organisation, int], by: Any) -> Session:
    """So many places are kept for each of these councils, and none for others. Raises Refused.

    What is no longer kept is offered to the queue.
    """
    with audited(by=by, why="places kept"):
        row = locked(session, by=by)
        for kept in KeptPlaces.objects.filter(session=row).select_related("organisation"):
            wanted = places.get(kept.organisation, 0)
            if not wanted:
                kept.delete()
        # fewer first, so that the sum is within the capacity at every moment
        known = dict(KeptPlaces.objects.filter(session=row).values_list("organisation", "places"))
        for council, number in sorted(places.items(), key=lambda pair: pair[1] - known.get(pair[0].pk, 0)):
            if known.get(council.pk) != number:
                KeptPlaces.objects.update_or_create(session=row, organisation=council, defaults={"places": number})
        move_up(row)
    return row
