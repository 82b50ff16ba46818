"""A person's own account: name, language, address, roles, sessions."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.context import begin
from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import drop_draft, load_draft, save_draft

from ..actions.addresses import Taken, ask_for_address, confirm_address, drop_address
from ..actions.sessions import end_all_sessions, end_session
from ..browsers import browser_of
from ..forms import AddressForm, ProfileForm
from ..models import AddressChange, Membership, Tenant
from ..rules import people_manage, person_manage, signed_in
from .sign_in import cleared, front, sent, wanted_page
from .tenants import identities

WELCOME = "accounts.welcome"


@screen(may=signed_in, methods=("GET", "HEAD"))
def profile(request: HttpRequest) -> HttpResponse:
    """What the portal knows of the person, and where each thing is changed."""
    user: Any = request.user
    memberships = Membership.objects.filter(user=user).with_people().order_by("-starts", "pk")
    context = {
        "memberships": [one for one in memberships if one.state != "past"],
        "past": [one for one in memberships if one.state == "past"],
        "change": AddressChange.objects.filter(user=user, done_at=None).first(),
        "manages": people_manage(user),
        "operates": person_manage(user),
        "identities": identities(user),
        "tenants": Tenant.objects.open().exists(),
    }
    return page(request, "accounts/profile.html", context)


@screen(may=signed_in)
def profile_edit(request: HttpRequest) -> HttpResponse:
    """Name and language. The page goes on in the language that was chosen."""
    form = ProfileForm(sent(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with override(user.language):
            messages.success(request, _("Your details are saved."))
            return redirect("accounts:profile")
    return page(request, "accounts/profile_edit.html", {"form": form}, status=422 if form.errors else 200)


@screen(may=signed_in)
def profile_complete(request: HttpRequest) -> HttpResponse:
    """Asked once, after the first sign-in. What was typed stays when the language of the page is switched."""
    user: Any = request.user
    if request.method == "POST" and (switched := switch_target(request)):
        save_draft(user, WELCOME, {name: request.POST.get(name, "") for name in ("name", "language")})
        return redirect(switched)
    draft = load_draft(user, WELCOME)
    typed = {name: value for name, value in draft.data.items() if value} if draft else {}
    initial = {"language": user.language or page_language()} | typed
    form = ProfileForm(sent(request), instance=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        drop_draft(user, WELCOME)
        wanted = wanted_page(request, request.GET.get("next", ""))
        return redirect(translate_url(wanted, saved.language) if wanted else front(saved.language))
    context = {"form": form, "switch_saves": True}
    return page(request, "accounts/profile_complete.html", context, status=422 if form.errors else 200)


@screen(may=signed_in)
def address_change(request: HttpRequest) -> HttpResponse:
    """Ask for another address, or drop the wish."""
    user: Any = request.user
    if request.method == "POST" and "drop" in request.POST:
        drop_address(by=user)
        messages.success(request, _("Your address stays as it is."))
        return redirect("accounts:profile")
    form = AddressForm(sent(request), user=user)
    if request.method == "POST" and form.is_valid():
        ask_for_address(by=user, email=form.cleaned_data["email"])
        messages.success(request, _("We have sent a mail to both addresses. Confirm at each of them within a day."))
        return redirect("accounts:profile")
    return page(request, "accounts/address_change.html", {"form": form}, status=422 if form.errors else 200)


def find_change(request: HttpRequest, token: str) -> tuple[AddressChange, str]:
    """The change and the side that a link from a mail stands for; 404 for a link that the portal did not make."""
    read = AddressChange.read_token(token)
    if read is None:
        raise Http404
    return AddressChange.objects.get(pk=read[0]), read[1]


@screen(public=True, find=find_change)
def address_confirm(request: HttpRequest, found: tuple[AddressChange, str]) -> HttpResponse:
    """The page of a link from a mail: one button. It needs no sign-in, since the mail may be read elsewhere."""
    change, side = found
    taken = False
    if request.method == "POST":
        try:
            change = confirm_address(change, side=side)
        except Taken:
            taken = True
    context = {"change": change, "side": side, "taken": taken, "confirmed": change.confirmed(side)}
    return page(request, "accounts/address_confirm.html", context, status=409 if taken else 200)


@screen(may=signed_in, methods=("GET", "HEAD"))
def session_list(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in now."""
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    noted = UserSession.objects.filter(user=request.user.pk, session_key__in=alive.values("session_key"))
    sessions = [
        {
            "session": session,
            "browser": browser_of(session.user_agent),
            "current": session.session_key == request.session.session_key,
        }
        for session in noted.order_by("-last_seen_at", "-created_at")
    ]
    return page(request, "accounts/session_list.html", {"sessions": sessions})


def find_session(request: HttpRequest, pk: int) -> UserSession:
    return UserSession.objects.get(pk=pk, user=request.user.pk)


@screen(find=find_session, may=lambda user, session: signed_in(user), methods=("POST",))
def session_end(request: HttpRequest, session: UserSession) -> HttpResponse:
    """Sign out one browser."""
    end_session(session)
    messages.success(request, _("That browser is signed out."))
    return redirect("accounts:session_list")


@screen(may=signed_in, methods=("POST",))
def session_end_all(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    user: Any = request.user
    end_all_sessions(user)
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return cleared(redirect("account_request_login_code"))


@screen(may=signed_in, methods=("POST",))
def session_keep(request: HttpRequest) -> HttpResponse:
    """The person is still there: the session begins anew."""
    begin(request.session)
    return HttpResponse(status=204)
