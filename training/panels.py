"""What training shows on pages of lower apps, and what of it waits for a person."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role, roles_of
from organisations.models import Organisation
from wlga_portal.kernel.panels import Need, Panel, Press, needs, panel, quoted, shared_panel

from . import counting, rules
from . import linking as linking  # registered by being imported
from . import measures as measures  # likewise
from . import panels_after as panels_after  # registered by being imported
from . import panels_booking as panels_booking  # likewise
from . import panels_maturity as panels_maturity  # likewise
from . import panels_people as panels_people  # likewise
from . import panels_skills as panels_skills  # the same
from . import reporting as reporting  # likewise
from .models import Booking, Session, StatedTotal
from .states import LIVE, BookingStatus, SessionStatus
from .views.front import figures, rows_url
from .years import Year

WAITING_SHOWN = 20
# a person's bookings that may still become attendance, also those of a row of theirs that is merged
OWN_ROWS = "SELECT coalesce(person_id, id) FROM training_learner WHERE user_id = %(person)s"
OWN_BOOKINGS = f"""training_booking WHERE status IN ({quoted(LIVE)}) AND learner_id IN (
    {OWN_ROWS} UNION SELECT id FROM training_learner WHERE person_id IN ({OWN_ROWS}))"""  # noqa: S608  words of the code's own


@shared_panel("programme.front", order=40, reader=rules.booking_rows)
def front_panel(request: HttpRequest, _thing: Any) -> Panel:
    """Officers trained and learning opportunities of this plan year, and what earlier years state."""
    context = {
        "stated": StatedTotal.objects.all(),
        **figures(request.user, Year.current(), elsewhere=reverse("training:counting")),
    }
    return Panel(_("Training"), "training/panel_front.html", context)


@panel("organisations.organisation", order=50)
def organisation_panel(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """What the register counts of one council; few people are not shown, but to the council's own coordinator."""
    if not organisation.is_council:
        return None
    year = Year.current()
    count = counting.count_of_council(year, organisation.pk)
    user: Any = request.user
    own = user.is_authenticated and (
        user.has_role(Role.COORDINATOR, organisation=organisation) or user.has_role(Role.TEAM)
    )
    link = rows_url(user, year)
    speaks = roles_of(user).has(Role.COORDINATOR, Role.DIGITAL_LEAD, organisation=organisation)
    context = {
        "year": year,
        "count": count,
        "hidden": count.is_small and not own,
        "rows_url": f"{link}&organisation={organisation.pk}" if own and link else "",
        "skills_url": reverse("training:heatmap_council", kwargs={"slug": organisation.slug}) if speaks else "",
    }
    return Panel(_("Training"), "training/panel_organisation.html", context)


@needs(where=OWN_BOOKINGS)
def own_sessions(user: Any) -> Iterator[Need]:
    """Where this person is booked, or waits."""
    rows = (
        Booking.objects.of(user).live().filter(session__status=SessionStatus.OPEN, session__ends_at__gt=timezone.now())
    )
    for booking in rows.with_title().with_place_in_queue().order_by("session__starts_at", "pk"):
        title = {"title": booking.session.course.title}
        if booking.status == BookingStatus.BOOKED:
            text, detail = _("You have a place: %(title)s") % title, ""
        elif booking.status == BookingStatus.OFFERED:
            text, detail = _("Take the place that is held for you, or decline it: %(title)s") % title, ""
            url = reverse("training:offer_accept", kwargs={"pk": booking.pk})
            press = Press(_("Take the place"), url)
            yield Need(text, booking.get_absolute_url(), booking.offer_ends_at, detail, press=press)
            continue
        elif booking.status == BookingStatus.REQUESTED:
            text, detail = _("Your request waits for approval: %(title)s") % title, ""
        else:
            text = _("You are waiting for a place: %(title)s") % title
            place: Any = booking
            detail = _("Place %(place)d in the queue") % {"place": place.place_in_queue}
        yield Need(text, booking.get_absolute_url(), booking.session.starts_at, detail)


@needs
def registers_to_close(user: Any) -> Iterator[Need]:
    """Sessions that this trainer gave and whose register is not closed."""
    if not user.has_role(Role.TRAINER):
        return
    rows = Session.objects.given_by(user).filter(
        status__in=[SessionStatus.OPEN, SessionStatus.HELD], starts_at__lte=timezone.now()
    )
    for session in rows.with_title().order_by("starts_at", "pk"):
        url = reverse("training:register_page", kwargs={"pk": session.pk})
        yield Need(
            _("Complete and close the register: %(title)s") % {"title": session.course.title}, url, session.ends_at
        )


@needs
def waiting_colleagues(user: Any) -> Iterator[Need]:
    """For a coordinator: sessions in which people of the council wait for a place."""
    councils = user.organisation_ids(Role.COORDINATOR)
    if not councils:
        return
    rows = Booking.objects.waiting().filter(organisation_id__in=councils, session__status=SessionStatus.OPEN)
    by_session: dict[int, list[Booking]] = {}
    for booking in rows.with_title():
        by_session.setdefault(booking.session_id, []).append(booking)
    for bookings in list(by_session.values())[:WAITING_SHOWN]:
        session, number = bookings[0].session, len(bookings)
        text = ngettext(
            "%(count)d person of your council waits for a place: %(title)s",
            "%(count)d people of your council wait for a place: %(title)s",
            number,
        ) % {"count": number, "title": session.course.title}
        yield Need(text, session.get_absolute_url(), session.cut_off_at)
