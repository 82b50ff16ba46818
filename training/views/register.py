"""The register of a session: on a tablet, in large choices, without script."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..forms import CorrectionForm, RegisterForm
from ..models import Booking, Session
from ..states import TAKING, SessionStatus
from .found import find_marked, find_register, posted


def bookings_of(session: Session) -> list[Booking]:
    """Who holds a place, in the order of the names."""
    rows = Booking.objects.filter(session=session, status__in=TAKING).with_all().with_corrections()
    return sorted(rows, key=lambda booking: (str(booking.learner).casefold(), booking.pk))


@screen(find=find_register)
def register_page(request: HttpRequest, session: Session) -> HttpResponse:
    """Who came: saved as often as one likes, until it is closed."""
    bookings = bookings_of(session)
    form = RegisterForm(posted(request), bookings=bookings)
    if request.method == "POST" and session.status == SessionStatus.HELD and form.is_valid():
        try:
            changed = actions.mark_register(session=session, marks=form.marks(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            sentence = ngettext("Saved: %(count)d change.", "Saved: %(count)d changes.", changed)
            messages.success(request, sentence % {"count": changed})
            return redirect("training:register_page", pk=session.pk)
    return page(
        request,
        "training/register_page.html",
        {
            "session": session,
            "bookings": bookings,
            "form": form,
            "open_marks": sum(booking.status == "booked" for booking in bookings),
            "may_correct": rules.register_keep(request.user, session),
            "demonstration": session.course.is_demo,
        },
    )


@screen(find=find_register, methods=("POST",))
def session_hold(request: HttpRequest, session: Session) -> HttpResponse:
    """Start the register."""
    try:
        actions.session_hold(session=session, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect("training:register_page", pk=session.pk)


@screen(find=find_register)
def register_close(request: HttpRequest, session: Session) -> HttpResponse:
    """Confirm that the register is complete."""
    if request.method == "POST":
        try:
            actions.session_close(session=session, by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("The register is closed."))
        return redirect("training:register_page", pk=session.pk)
    bookings = bookings_of(session)
    context = {
        "session": session,
        "present": sum(booking.status == "attended" for booking in bookings),
        "absent": sum(booking.status == "did_not_attend" for booking in bookings),
        "open_marks": sum(booking.status == "booked" for booking in bookings),
        "demonstration": session.course.is_demo,
    }
    return page(request, "training/register_close.html", context)


@screen(find=find_marked)
def correction_create(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Add a correction to a closed register."""
    form = CorrectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                booking=booking,
                attended=form.cleaned_data["attended"] == "yes",
                why=form.cleaned_data["why"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The correction is added."))
            return redirect("training:register_page", pk=booking.session_id)
    context = {"booking": booking, "session": booking.session, "form": form}
    return page(request, "training/correction_create.html", context | {"demonstration": booking.session.course.is_demo})
