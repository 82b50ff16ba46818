"""What of booking waits for those who agree, who book for a council, and who plan."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Role
from wlga_portal.kernel.panels import Need, Press, needs

from .models import Approval, Booking, Session
from .states import BookingStatus, SessionStatus

SHOWN = 20
SOON = timedelta(days=14)  # before the cut-off


@needs(where="training_booking WHERE status = 'requested'")
def requests_to_approve(user: Any) -> Iterator[Need]:
    """Requests on which this person decides: the coordinator of the council, or the team."""
    rows = Booking.objects.filter(status=BookingStatus.REQUESTED, session__status=SessionStatus.OPEN)
    if not user.has_role(Role.TEAM):
        councils = user.organisation_ids(Role.COORDINATOR)
        if not councils:
            return
        rows = rows.filter(organisation_id__in=councils, session__course__approval=Approval.COUNCIL)
    elif not user.is_demo:
        rows = rows.filter(session__course__approval=Approval.TEAM)
    for booking in rows.with_who().order_by("pk")[:SHOWN]:
        words = {"name": booking.learner, "title": booking.session.course.title}
        text = _("%(name)s asks for a place: %(title)s") % words
        press = Press(_("Approve the request"), reverse("training:request_approve", kwargs={"pk": booking.pk}))
        yield Need(text, booking.get_absolute_url(), booking.session.cut_off_at, press=press)


@needs
def offers_to_colleagues(user: Any) -> Iterator[Need]:
    """For a coordinator: places held for people of the council who have no account to take them with."""
    councils = user.organisation_ids(Role.COORDINATOR)
    if not councils:
        return
    rows = Booking.objects.filter(status=BookingStatus.OFFERED, organisation_id__in=councils, learner__user=None)
    for booking in rows.with_who().order_by("offer_ends_at", "pk")[:SHOWN]:
        words = {"name": booking.learner, "title": booking.session.course.title}
        text = _("A place is held for %(name)s: %(title)s") % words
        press = Press(_("Take the place"), reverse("training:offer_accept", kwargs={"pk": booking.pk}))
        yield Need(text, booking.get_absolute_url(), booking.offer_ends_at, press=press)


@needs(where="training_session WHERE status = 'open' AND minimum IS NOT NULL")
def sessions_below_minimum(user: Any) -> Iterator[Need]:
    """For the team: sessions that end booking soon, or ended it, with fewer people than they need."""
    if not user.has_role(Role.TEAM):
        return
    rows = Session.objects.filter(
        status=SessionStatus.OPEN, starts_at__gt=timezone.now(), cut_off_at__lte=timezone.now() + SOON
    )
    few: Any = rows.with_title().with_places().below_minimum().order_by("cut_off_at", "pk")
    for session in few[:SHOWN]:
        detail = _("Taken: %(taken)d, needed: %(least)d") % {"taken": session.taken, "least": session.minimum}
        text = _("Too few people have booked: %(title)s") % {"title": session.course.title}
        yield Need(text, session.get_absolute_url(), session.cut_off_at, detail)
