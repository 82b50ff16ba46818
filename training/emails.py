"""Messages about bookings: to the account of the learner, or by plain mail to who has none.

A message about a place brings its calendar file, made when the mail goes out, so that it says what holds then.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import Membership
from accounts.roles import Role
from wlga_portal.kernel.bilingual import LANGUAGES, Text
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.notify import File, notify, queue_mail, register_group, register_kind
from wlga_portal.kernel.notify.context import freeze, thaw
from wlga_portal.kernel.notify.kinds import kind_of
from wlga_portal.kernel.notify.mails import BOTH, MAIL_LANGUAGES, render

from . import calendar
from .models import Approval, Booking, LearnerNeeds, Mode, Session, SessionLanguage
from .states import BookingStatus

TEMPLATE = "emails/training_booking.txt"
RULE = "\n\n----------------------------------------\n\n"
LEADS: dict[str, Promise | str] = {
    "training.booked": _("You have a place."),
    "training.waiting": _("Every place is taken. You are on the waiting list, and are told when a place comes free."),
    "training.requested": _("Your request is sent. You are told when it is approved or not."),
    "training.refused": _("Your request was not approved."),
    "training.offered": _("A place came free. It is held for you until the time below: take it, or decline it."),
    "training.offer_ended": _("The place that was held for you went to the next person, as nobody took it in time."),
    "training.in_a_week": _("Your session is in a week."),
    "training.in_a_day": _("Your session begins within a day."),
    "training.cancelled": _("Your booking is cancelled."),
    "training.no_place": _("The session began, and no place came free for you."),
    "training.session_cancelled": _("The session will not take place."),
    "training.attended": _(
        "Thank you for coming. Your certificate is ready, and there are three short questions about the session: both"
        " are on the page of your booking. Nobody is shown what you alone answered."
    ),
    "training.changed": _("The time, the place or the language of the session has changed."),
}

PLACE = {"training.booked", "training.in_a_week", "training.in_a_day"}
ENDS = {"training.cancelled", "training.session_cancelled"}


def files(context: dict[str, Any]) -> list[File]:
    """The calendar file of a message about a place."""
    if not context.get("file"):
        return []
    booking = Booking.objects.with_all().filter(pk=context["booking"]).first()
    if booking is None:
        return []
    content = calendar.of_bookings([booking], joining=True).decode()
    return [(f"session-{booking.session_id}.ics", content, "text/calendar")]


register_group("training", _("Training"))
register_kind("training.booked", subject=_("You have a place: %(course)s"), template=TEMPLATE, files=files)
register_kind("training.waiting", subject=_("You are on the waiting list: %(course)s"), template=TEMPLATE)
register_kind("training.requested", subject=_("Request sent: %(course)s"), template=TEMPLATE)
register_kind("training.refused", subject=_("Request not approved: %(course)s"), template=TEMPLATE)
register_kind("training.offered", subject=_("A place for you: %(course)s"), template=TEMPLATE, urgent=True)
register_kind("training.offer_ended", subject=_("The offer ended: %(course)s"), template=TEMPLATE)
register_kind("training.in_a_week", subject=_("In a week: %(course)s"), template=TEMPLATE, files=files)
register_kind("training.in_a_day", subject=_("Soon: %(course)s"), template=TEMPLATE, files=files, urgent=True)
register_kind("training.approval_wanted", subject=_("%(name)s asks for a place: %(course)s"))
register_kind("training.cancelled", subject=_("Booking cancelled: %(course)s"), template=TEMPLATE, files=files)
register_kind("training.no_place", subject=_("No place came free: %(course)s"), template=TEMPLATE)
register_kind("training.attended", subject=_("Your certificate: %(course)s"), template=TEMPLATE)
register_kind(
    "training.session_cancelled",
    subject=_("Session cancelled: %(course)s"),
    template=TEMPLATE,
    files=files,
    urgent=True,
)
register_kind("training.changed", subject=_("Session changed: %(course)s"), template=TEMPLATE, files=files, urgent=True)


def addresses(name: str, **parts: Any) -> Text:
    """The whole address of a page in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = settings.BASE_URL + reverse(name, kwargs=parts)
    return Text(**found)


def had_place(booking: Booking) -> bool:
    """Whether the last move of the booking took a place from the person."""
    last = StatusChange.of(booking).last()
    return last is not None and last.source == BookingStatus.BOOKED


def words(booking: Booking, kind: str, why: str) -> dict[str, Any]:
    """What a message says of a booking; the link for joining is for who has a place."""
    session: Session = booking.session
    is_place = kind in PLACE or (kind == "training.changed" and booking.status == BookingStatus.BOOKED)
    not_asked = kind == "training.booked" and not LearnerNeeds.objects.filter(learner=booking.learner_id).exists()
    return {
        "booking": booking.pk,
        "file": is_place or (kind in ENDS and had_place(booking)),
        "lead": LEADS[kind],
        "why": why,
        "course": session.course.title,
        "starts": session.starts_at,
        "ends": session.ends_at,
        "parts": [[part.starts_at, part.ends_at] for part in session.parts.all()],
        "place": Mode.ONLINE.label if session.mode == Mode.ONLINE else session.place,
        "language": SessionLanguage(session.language).label,
        "joining": session.joining_url if is_place else "",
        "held_until": booking.offer_ends_at if kind == "training.offered" else None,
        "cut_off": session.cut_off_at if is_place else None,
        "needs": addresses("training:needs_edit") if not_asked else "",
    }


def tell(booking: Booking, kind: str, why: str = "") -> None:
    """Tell the learner what became of the booking; `why` is what somebody wrote."""
    learner = booking.learner
    if learner.user is not None:
        notify(learner.user, kind, url=booking, context=words(booking, kind, why))
        return
    address = learner.addresses.order_by("pk").first()
    if address is not None:
        mail(booking, kind, words(booking, kind, why), to=address.email)


def mail(booking: Booking, kind: str, context: dict[str, Any], *, to: str) -> None:
    """Mail to who has no account: in their language, or in both, Welsh first, where it is not known."""
    link = addresses("training:session_page", pk=booking.session_id)
    frozen = freeze(context)
    subjects, bodies = [], []
    for language in MAIL_LANGUAGES.get(booking.learner.language, BOTH):
        values = thaw(frozen, language)
        with override(language):
            subjects.append(str(kind_of(kind).subject) % values)
            more = {"person": booking.learner.name, "link": getattr(link, language), "without_account": True}
            bodies.append(render(TEMPLATE, values | more))
    with override(MAIL_LANGUAGES.get(booking.learner.language, BOTH)[0]):
        brings = files(context)
    queue_mail(to=to, subject=" / ".join(subjects), text=RULE.join(bodies) + "\n", files=brings)


def tell_approvers(booking: Booking) -> None:
    """Somebody asks for a place in a course that wants approval: those who may agree are told."""
    members = Membership.objects.current().filter(user__is_active=True).select_related("user")
    if booking.session.course.approval == Approval.COUNCIL:
        members = members.filter(role=Role.COORDINATOR, organisation=booking.organisation)
    else:
        members = members.filter(role=Role.TEAM)
    words = {"name": str(booking.learner), "course": booking.session.course.title}
    for user in {member.user for member in members}:
        notify(user, "training.approval_wanted", url=booking, context=words)


register_kind("training.skills_shared", subject=_("%(colleague)s sent you a skills assessment"))
register_kind("training.skills_returned", subject=_("%(manager)s gave your skills assessment back to you"))
register_kind("training.skills_agreed", subject=_("%(manager)s agreed your skills"))
