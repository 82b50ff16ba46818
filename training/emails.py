"""Messages about bookings: to the account of the learner, or by plain mail to who has none."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from wlga_portal.kernel.bilingual import LANGUAGES, Text
from wlga_portal.kernel.notify import notify, queue_mail, register_group, register_kind
from wlga_portal.kernel.notify.context import freeze, thaw
from wlga_portal.kernel.notify.kinds import kind_of
from wlga_portal.kernel.notify.mails import BOTH, MAIL_LANGUAGES, render

from .models import Booking, Mode, Session, SessionLanguage
from .states import BookingStatus

TEMPLATE = "emails/training_booking.txt"
RULE = "\n\n----------------------------------------\n\n"
LEADS: dict[str, Promise | str] = {
    "training.booked": _("You have a place."),
    "training.waiting": _("Every place is taken. You are on the waiting list, and are told when a place comes free."),
    "training.promoted": _("A place came free, and it is yours."),
    "training.cancelled": _("Your booking is cancelled."),
    "training.no_place": _("The session began, and no place came free for you."),
    "training.session_cancelled": _("The session will not take place."),
    "training.attended": _(
        "Thank you for coming. Your certificate is ready, and there are three short questions about the session: both"
        " are on the page of your booking. Nobody is shown what you alone answered."
    ),
    "training.changed": _("The time, the place or the language of the session has changed."),
}

register_group("training", _("Training"))
register_kind("training.booked", subject=_("You have a place: %(course)s"), template=TEMPLATE)
register_kind("training.waiting", subject=_("You are on the waiting list: %(course)s"), template=TEMPLATE)
register_kind("training.promoted", subject=_("A place for you: %(course)s"), template=TEMPLATE, urgent=True)
register_kind("training.cancelled", subject=_("Booking cancelled: %(course)s"), template=TEMPLATE)
register_kind("training.no_place", subject=_("No place came free: %(course)s"), template=TEMPLATE)
register_kind("training.session_cancelled", subject=_("Session cancelled: %(course)s"), template=TEMPLATE, urgent=True)
register_kind("training.attended", subject=_("Your certificate: %(course)s"), template=TEMPLATE)
register_kind("training.changed", subject=_("Session changed: %(course)s"), template=TEMPLATE, urgent=True)


def addresses(name: str, **parts: Any) -> Text:
    """The whole address of a page in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = settings.BASE_URL + reverse(name, kwargs=parts)
    return Text(**found)


def words(booking: Booking, kind: str, why: str) -> dict[str, Any]:
    """What a message says of a booking; the link for joining is for who has a place."""
    session: Session = booking.session
    is_place = kind in {"training.booked", "training.promoted"} or (
        kind == "training.changed" and booking.status == BookingStatus.BOOKED
    )
    return {
        "lead": LEADS[kind],
        "why": why,
        "course": session.course.title,
        "starts": session.starts_at,
        "ends": session.ends_at,
        "place": Mode.ONLINE.label if session.mode == Mode.ONLINE else session.place,
        "language": SessionLanguage(session.language).label,
        "joining": session.joining_url if is_place else "",
        "calendar": addresses("training:session_calendar", pk=session.pk) if is_place else "",
        "cut_off": session.cut_off_at if is_place else None,
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
    queue_mail(to=to, subject=" / ".join(subjects), text=RULE.join(bodies) + "\n")
