"""The register of a session: on a tablet, in large choices, without script."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..forms import CorrectionForm, RegisterForm, WalkInForm
from ..models import Booking, Session
from ..states import IN_REGISTER, BookingStatus
from .found import find_marked, find_register, posted


def bookings_of(session: Session) -> list[Booking]:
    """Who holds a place or walked in, in the order of the names."""
    rows = Booking.objects.filter(session=session, status__in=IN_REGISTER).with_all().with_corrections()
    return sorted(rows, key=lambda booking: (str(booking.learner).casefold(), booking.pk))


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script asks, which keeps marks on the tablet until they are saved here."""
    return request.headers.get("Accept", "").startswith("application/json")


@screen(find=find_register)
def register_page(request: HttpRequest, session: Session) -> HttpResponse:
    """Who came: saved as often as one likes, until it is closed."""
    bookings = bookings_of(session)
    form = RegisterForm(posted(request), session=session, bookings=bookings)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.mark_register(session=session, marks=form.marks(), parts=form.parts(), by=request.user)
        except Refused as refused:
            if wants_json(request):
                return JsonResponse({"refused": str(refused)}, status=409)
            form.add_error(None, str(refused))
        else:
            if wants_json(request):
                return JsonResponse({"unmarked": unmarked(bookings_of(session))})
            sentence = ngettext("Saved: %(count)d change.", "Saved: %(count)d changes.", changed)
            messages.success(request, sentence % {"count": changed})
            return redirect("training:register_page", pk=session.pk)
    if request.method == "POST" and wants_json(request):
        return JsonResponse({"refused": _("The marks could not be read.")}, status=422)
    present = sum(booking.status == BookingStatus.ATTENDED for booking in bookings)
    return page(
        request,
        "training/register_page.html",
        {
            "session": session,
            "bookings": bookings,
            "form": form,
            "unmarked": unmarked(bookings),
            "over": max(present - session.capacity, 0),
            "may_correct": rules.register_keep(request.user, session),
            "demonstration": session.course.is_demo,
        },
    )


def unmarked(bookings: list[Booking]) -> str:
    """How many are neither present nor absent yet, in a sentence."""
    number = sum(booking.status == BookingStatus.BOOKED for booking in bookings)
    sentence = ngettext("%(count)d person is not marked yet.", "%(count)d people are not marked yet.", number)
    return sentence % {"count": number}


@screen(find=find_register)
def walk_in_create(request: HttpRequest, session: Session) -> HttpResponse:
    """Add somebody who came without a booking."""
    form = WalkInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            booking = actions.walk_in_add(session=session, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s is on the register, as present.") % {"name": booking.learner})
            return redirect("training:register_page", pk=session.pk)
    context = {"form": form, "session": session, "demonstration": session.course.is_demo}
    return page(request, "training/walk_in_create.html", context)


@screen(find=find_marked, methods=("POST",))
def walk_in_remove(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Take off the register somebody who was added by mistake."""
    try:
        actions.walk_in_remove(booking=booking, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("%(name)s is off the register.") % {"name": booking.learner})
    return redirect("training:register_page", pk=booking.session_id)


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
    form = CorrectionForm(posted(request), session=booking.session)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                booking=booking,
                attended=form.cleaned_data["attended"] != "no",
                percent=form.percent(),
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
