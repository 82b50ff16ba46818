"""A person moves to another place, or is erased after leaving: pages for administrators."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.panels import needs_of
from wlga_portal.kernel.screens import page, screen

from ..actions.erasing import erase_account
from ..actions.memberships import CannotBe
from ..actions.moving import move_person
from ..forms_people import EraseForm, MoveForm
from ..models import User
from .people import find_person
from .sign_in import sent


def find_mover(request: HttpRequest, public_id: Any) -> User:
    """Somebody else with an open account."""
    person = find_person(request, public_id)
    if not person.is_active or person == request.user:
        raise Http404
    return person


def find_leaver(request: HttpRequest, public_id: Any) -> User:
    """A closed account that is not erased."""
    person = find_person(request, public_id)
    if person.is_active or person.is_erased or person.is_demo:
        raise Http404
    return person


@screen(find=find_mover)
def person_move(request: HttpRequest, person: User) -> HttpResponse:
    """Roles end, others begin, and the work is handed on, in one go."""
    form = MoveForm(sent(request), person=person)
    if request.method == "POST" and form.is_valid():
        try:
            move_person(person, by=request.user, **form.cleaned_data)
        except CannotBe as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The move is noted. Whoever gets a role hears of it by mail."))
            return redirect("accounts:person_page", public_id=person.public_id)
    context = {"form": form, "person": person, "waiting": needs_of(person)}
    return page(request, "accounts/person_move.html", context, status=422 if form.errors else 200)


@screen(find=find_leaver)
def person_erase(request: HttpRequest, person: User) -> HttpResponse:
    """What goes, what stays, and one button."""
    form = EraseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        erase_account(person, by=request.user)
        messages.success(request, _("The person is erased."))
        return redirect("accounts:person_page", public_id=person.public_id)
    return page(
        request, "accounts/person_erase.html", {"form": form, "person": person}, status=422 if form.errors else 200
    )
