"""Consent to support that sees what one sees; beginning and ending to look."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen

from ..actions import viewing as actions
from ..forms import ConsentForm, ViewingForm
from ..models import Consent, User, Viewing
from ..rules import person_manage, signed_in
from ..viewing import KEY
from .sign_in import front, sent


@screen(may=signed_in)
def consent_edit(request: HttpRequest) -> HttpResponse:
    """Give consent for a limited time, take it back, and see who has looked."""
    user: Any = request.user
    if request.method == "POST" and "end" in request.POST:
        actions.consent_end(by=user)
        messages.success(request, _("Your consent is taken back. Nobody sees the portal as you any more."))
        return redirect("accounts:consent_edit")
    form = ConsentForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.consent_give(by=user, lasts=form.cleaned_data["lasts"])
        messages.success(request, _("Your consent is noted."))
        return redirect("accounts:consent_edit")
    viewings = Viewing.objects.filter(consent__user=user).select_related("by").order_by("-began_at", "-pk")
    context = {"form": form, "consent": Consent.objects.open().filter(user=user).first(), "viewings": viewings[:50]}
    return page(request, "accounts/consent_edit.html", context, status=422 if form.errors else 200)


def find_consenting(request: HttpRequest, public_id: Any) -> User:
    """A person who consents now, for an administrator; 404 for everybody else."""
    if not person_manage(request.user):
        raise Http404
    consents = Consent.objects.open().exclude(user=request.user.pk).filter(user__is_active=True)
    return consents.select_related("user").get(user__public_id=public_id).user


@screen(find=find_consenting)
def viewing_begin(request: HttpRequest, person: User) -> HttpResponse:
    """Say why, and begin."""
    form = ViewingForm(sent(request))
    if request.method == "POST" and form.is_valid():
        viewing = actions.viewing_begin(person, by=request.user, why=form.cleaned_data["why"])
        if viewing is not None:
            request.session[KEY] = viewing.pk
            return redirect(front(page_language()))
        messages.error(request, _("This person’s consent has ended."))
        return redirect("accounts:person_page", public_id=person.public_id)
    context = {"form": form, "person": person}
    return page(request, "accounts/viewing_begin.html", context, status=422 if form.errors else 200)


@screen(may=signed_in, methods=("POST",))
def viewing_end(request: HttpRequest) -> HttpResponse:
    """One button of the bar: back to one's own pages."""
    viewing: Viewing | None = getattr(request, "viewing", None)
    if viewing is not None:
        actions.viewing_end(viewing, by=viewing.by)
        request.session.pop(KEY, None)
        return redirect("accounts:person_page", public_id=viewing.consent.user.public_id)
    return redirect("accounts:profile")
