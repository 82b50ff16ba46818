"""Learners, where they belong, and those who may be one person."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..filters import DoubleFilter, LearnerFilter
from ..forms import AddressForm, DecideForm, LearnerForm, MoveForm, SameForm
from ..models import Booking, Double, Learner, LearnerAddress
from ..tables import BookingTable, DoubleTable, LearnerTable
from .found import posted


def find_learner(request: HttpRequest, pk: int) -> Learner:
    return Learner.objects.visible_to(request.user).with_places().get(pk=pk)


def find_double(request: HttpRequest, pk: int) -> Double:
    return Double.objects.visible_to(request.user).with_both().get(pk=pk)


def find_address(request: HttpRequest, pk: int) -> LearnerAddress:
    learners = Learner.objects.visible_to(request.user)
    return LearnerAddress.objects.select_related("learner__user").filter(learner__in=learners).get(pk=pk)


def address_edit(user: Any, address: LearnerAddress) -> bool:
    return rules.learner_edit(user, address.learner)


@screen(may=rules.learners_seen)
def learner_list(request: HttpRequest) -> HttpResponse:
    """Learners, by name: all of them, or those of the own council."""
    queryset = Learner.objects.visible_to(request.user).with_name().with_places().with_opportunities(request.user)
    return list_page(
        request,
        queryset=queryset.order_by(F("shown_name"), "pk"),
        table=LearnerTable,
        filterset=LearnerFilter,
        template="training/learner_list.html",
        may_review=rules.team(request.user),
    )


@screen(find=find_learner)
def learner_page(request: HttpRequest, learner: Learner) -> HttpResponse:
    """One learner: addresses, where they belong and belonged, bookings, and who may be the same person."""
    user = request.user
    same = Learner.objects.same_as(learner)
    bookings = Booking.objects.visible_to(user).filter(learner__in=same).with_all().with_corrections()
    team = rules.team(user)
    doubles = Double.objects.of(learner).with_both() if team else Double.objects.none()
    return page(
        request,
        "training/learner_page.html",
        {
            "learner": learner,
            "same": Learner.objects.visible_to(user).with_places().filter(pk__in=same).exclude(pk=learner.pk),
            "bookings": BookingTable(list(bookings.order_by("-session__starts_at", "pk"))),
            "doubles": DoubleTable(list(doubles)) if team else None,
            "may_edit": rules.learner_edit(user, learner),
            "team": team,
            "may_learners": rules.learners_seen(user),
            "demonstration": learner.is_demo,
        },
    )


def answered(request: HttpRequest, learner: Learner, form: Any, title: str, write: Any, done: str) -> HttpResponse:
    """A small form about a learner: written and back to the learner's page, or shown (again)."""
    if request.method == "POST" and form.is_valid():
        try:
            found = write(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(found if isinstance(found, Double) else learner)
    context = {"form": form, "learner": learner, "heading": title, "demonstration": learner.is_demo}
    return page(request, "training/learner_edit.html", context)


@screen(find=find_learner, may=rules.learner_edit)
def learner_edit(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Correct the name or the language."""
    form = LearnerForm(posted(request), initial={"name": learner.name, "language": learner.language})

    def write(data: dict[str, Any]) -> Learner:
        return actions.learner_rename(learner=learner, by=request.user, **data)

    return answered(request, learner, form, _("Correct the name"), write, _("The name is corrected."))


@screen(find=find_learner, may=rules.learner_edit)
def address_create(request: HttpRequest, learner: Learner) -> HttpResponse:
    """A further address."""

    def write(data: dict[str, Any]) -> LearnerAddress:
        return actions.address_add(learner=learner, by=request.user, **data)

    form = AddressForm(posted(request))
    return answered(request, learner, form, _("Add an address"), write, _("The address is added."))


@screen(find=find_address, may=address_edit, methods=("POST",))
def address_delete(request: HttpRequest, address: LearnerAddress) -> HttpResponse:
    """Take an address away."""
    actions.address_remove(address=address, by=request.user)
    messages.success(request, _("The address is removed."))
    return redirect(address.learner)


@screen(find=find_learner, may=rules.learner_edit)
def learner_move(request: HttpRequest, learner: Learner) -> HttpResponse:
    """From a day on, somewhere else."""

    def write(data: dict[str, Any]) -> Any:
        return actions.learner_move(learner=learner, by=request.user, **data)

    form = MoveForm(posted(request), user=request.user)
    return answered(request, learner, form, _("Belongs somewhere else"), write, _("The move is recorded."))


@screen(find=find_learner, may=rules.team_of)
def double_create(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say that somebody else may be this person."""

    def write(data: dict[str, Any]) -> Double:
        other = Learner.objects.get(pk=data["number"])
        return actions.double_say(learner=learner, other=other, by=request.user)

    form = SameForm(posted(request))
    return answered(request, learner, form, _("The same person as somebody else"), write, _("Compare the two now."))


@screen(may=rules.team)
def double_list(request: HttpRequest) -> HttpResponse:
    """Pairs who may be one person, the newest first."""
    return list_page(
        request,
        queryset=Double.objects.visible_to(request.user).with_both().order_by("-found_at", "pk"),
        table=DoubleTable,
        filterset=DoubleFilter,
        template="training/double_list.html",
    )


@screen(find=find_double)
def double_page(request: HttpRequest, double: Double) -> HttpResponse:
    """Two learners side by side, and the decision on them."""
    form = DecideForm(posted(request), status=double.status)
    if request.method == "POST" and form.is_valid():
        try:
            actions.double_decide(double=double, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The decision is recorded. The counts follow it at once."))
            return redirect(double)
    both = Learner.objects.with_places().with_opportunities(request.user).in_bulk([double.first_id, double.second_id])
    pair = [both[double.first_id], both[double.second_id]]
    rows = Booking.objects.filter(learner__in=pair).select_related("session__course", "organisation")
    rows = rows.with_corrections().order_by("-session__starts_at", "pk")
    bookings: dict[int, list[Booking]] = {learner.pk: [] for learner in pair}
    for booking in rows:
        bookings[booking.learner_id].append(booking)
    sessions = [{booking.session_id for booking in bookings[learner.pk]} for learner in pair]
    return page(
        request,
        "training/double_page.html",
        {
            "double": double,
            "pair": [(learner, bookings[learner.pk]) for learner in pair],
            "together": len(sessions[0] & sessions[1]),
            "form": form,
            "changes": StatusChange.of(double),
            "demonstration": pair[0].is_demo,
        },
    )
