"""Taking a place that is held, and agreeing to requests."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..forms import RefusalForm
from ..models import Booking
from ..states import BookingStatus
from .found import find_booking, posted


@screen(find=find_booking, may=rules.booking_cancel, methods=("POST",))
def offer_accept(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Take the place."""
    try:
        actions.offer_accept(booking=booking, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("%(name)s has a place.") % {"name": booking.learner})
    return redirect(booking)


@screen(find=find_booking, may=rules.booking_approve, methods=("POST",))
def request_approve(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Agree to a request."""
    try:
        row = actions.request_approve(booking=booking, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        sentence = _("Approved: %(name)s is on the waiting list.")
        if row.status == BookingStatus.BOOKED:
            sentence = _("Approved: %(name)s has a place.")
        messages.success(request, sentence % {"name": booking.learner})
    return redirect(booking)


@screen(find=find_booking, may=rules.booking_approve)
def request_refuse(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Do not agree, and say why."""
    form = RefusalForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.request_refuse(booking=booking, why=form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The request is not approved. The person is told why."))
            return redirect(booking)
    context = {"form": form, "booking": booking, "session": booking.session}
    return page(request, "training/request_refuse.html", context | {"demonstration": booking.session.course.is_demo})
