"""Booking for oneself and for colleagues, one's own bookings, and the list behind the figures."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role, roles_of
from organisations.models import Organisation
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..actions.bookings import GIVING_UP, is_late
from ..actions.offers import is_over
from ..actions.places import has_a_place_at_once
from ..filters import BookingFilter
from ..forms import NEW, BookForm, ColleagueForm, NeedsForm
from ..models import Approval, Booking, CalendarKey, Learner, LearnerNeeds, Session
from ..states import BookingStatus, SessionStatus
from ..tables import BookingTable, OwnTable
from .found import find_booking, find_session, mine_in, posted


def say_booked(request: HttpRequest, booking: Booking) -> None:
    """The message after booking."""
    name = {"name": booking.learner}
    if booking.status == BookingStatus.BOOKED:
        messages.success(request, _("%(name)s has a place.") % name)
    elif booking.status == BookingStatus.REQUESTED:
        messages.success(request, _("The request of %(name)s is sent for approval.") % name)
    else:
        messages.success(request, _("%(name)s is on the waiting list.") % name)


@screen(find=find_session, may=rules.booking_create)
def booking_create(request: HttpRequest, session: Session) -> HttpResponse:
    """Confirm a booking of one's own."""
    mine = mine_in(request.user, session)
    if mine is not None:
        return redirect(mine)
    councils = rules.councils_of(request.user)
    form = BookForm(posted(request), councils=councils)
    asked = LearnerNeeds.objects.filter(learner__user=request.user.pk).exists()
    needs = None if asked else NeedsForm(posted(request))
    if request.method == "POST" and form.is_valid() and (needs is None or needs.is_valid()):
        try:
            booking = actions.book(session=session, council=form.cleaned_data["council"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if needs is not None:
                actions.needs_save(learner=booking.learner, **needs.cleaned_data, by=request.user)
            say_booked(request, booking)
            return redirect(booking)
    context = {
        "session": session,
        "form": form,
        "needs": needs,
        "at_once": any(has_a_place_at_once(session, council.pk) for council in councils),
        "asks": session.course.approval != Approval.NONE,
        "demonstration": session.course.is_demo,
    }
    return page(request, "training/booking_create.html", context)


@screen(find=find_session, may=rules.colleague_book)
def colleague_book(request: HttpRequest, session: Session) -> HttpResponse:
    """A coordinator books a colleague."""
    ids = roles_of(request.user).organisation_ids(Role.COORDINATOR)
    councils = list(Organisation.objects.filter(pk__in=ids).by_name())
    form = ColleagueForm(posted(request), session=session, councils=councils)
    if request.method == "POST" and form.is_valid():
        try:
            booking = actions.book_colleague(
                session=session,
                learner=learner_in(form),
                council=form.cleaned_data["council"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            say_booked(request, booking)
            return redirect(session)
    context = {"session": session, "form": form, "demonstration": session.course.is_demo}
    return page(request, "training/colleague_book.html", context)


def learner_in(form: ColleagueForm) -> Learner:
    """Whom the coordinator named."""
    kind, _sep, number = form.cleaned_data["colleague"].partition("-")
    if kind == NEW:
        data = form.cleaned_data
        return actions.learner_for_colleague(
            name=data["name"], email=data["email"], language=data["language"], is_demo=form.session.course.is_demo
        )
    return Learner.objects.get(pk=number) if kind == "learner" else actions.learner_of(User.objects.get(pk=number))


@screen(find=find_booking)
def booking_page(request: HttpRequest, booking: Booking) -> HttpResponse:
    """One booking: its place or its place in the queue, and how to give it up."""
    session = booking.session
    own = booking.learner.user_id == request.user.pk
    return page(
        request,
        "training/booking_page.html",
        {
            "booking": booking,
            "session": session,
            "own": own,
            "may_cancel": session.status == SessionStatus.OPEN
            and not session.has_begun
            and any(booking.can(event, request.user) for event in GIVING_UP),
            "may_take": booking.can("accept", request.user) and not is_over(booking),
            "may_approve": booking.can("approve", request.user),
            "why": StatusChange.of(booking).values_list("why", flat=True).last()
            if booking.status == BookingStatus.REFUSED
            else "",
            "may_correct": session.status == SessionStatus.CLOSED and rules.register_mark(request.user, booking),
            "panels": panels_for("training.booking", request, booking),
            "demonstration": session.course.is_demo,
        },
    )


@screen(find=find_booking, may=rules.booking_cancel)
def booking_cancel(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Confirm that a booking is given up."""
    if request.method == "POST":
        try:
            actions.booking_cancel(booking=booking, by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("The booking is cancelled."))
        return redirect(booking)
    session = booking.session
    context = {
        "booking": booking,
        "session": session,
        "late": is_late(booking, session),
        "demonstration": session.course.is_demo,
    }
    return page(request, "training/booking_cancel.html", context)


@screen(may=rules.signed_in)
def booking_own(request: HttpRequest) -> HttpResponse:
    """My bookings: to come, and past."""
    rows = Booking.objects.of(request.user).with_all().with_place_in_queue()
    coming = rows.live().filter(session__status=SessionStatus.OPEN).order_by("session__starts_at", "pk")
    known = {booking.pk for booking in coming}
    past = [booking for booking in rows.order_by("-session__starts_at", "-pk")[:100] if booking.pk not in known]
    key = CalendarKey.objects.filter(user=request.user.pk).first()
    context = {
        "coming": OwnTable(list(coming)),
        "past": OwnTable(past),
        "calendar_url": settings.BASE_URL + reverse("training:own_feed", kwargs={"key": key.key}) if key else "",
    }
    return page(request, "training/booking_own.html", context)


@screen(may=rules.booking_rows)
def booking_list(request: HttpRequest) -> HttpResponse:
    """The bookings that this person may see: the rows behind the figures."""
    rows = Booking.objects.visible_to(request.user).with_all().order_by("-session__starts_at", "pk")
    narrowed = BookingFilter(request.GET, queryset=rows, request=request)
    return list_page(
        request,
        queryset=rows,
        table=BookingTable,
        filterset=BookingFilter,
        template="training/booking_list.html",
        **narrowed.qs.order_by().aggregate(
            people=Count("learner", distinct=True),
            attended=Count("pk", filter=Q(status=BookingStatus.ATTENDED)),
            absent=Count("pk", filter=Q(status=BookingStatus.ABSENT)),
            late=Count("pk", filter=Q(status=BookingStatus.LATE)),
        ),
    )
