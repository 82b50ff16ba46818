"""Signing in by a code sent to the address, and signing out."""

import uuid
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen

from ..actions.sign_in import Outcome, TooOften, ask_for_code, give_up, person_with, try_code
from ..forms import CodeForm, SignInForm
from ..limits import client_of
from ..models import VALID_MINUTES, Tenant, User

KEY = "sign_in_key"  # of the code that this browser waits for
ADDRESS = "sign_in_address"  # where it was sent
NEXT = "sign_in_next"  # the page that the visitor wanted


def wanted_page(request: HttpRequest, address: str) -> str:
    """An address inside the portal, or ''."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else ""


def sent(request: HttpRequest) -> Any:
    """What a form was sent with, or None for a page that is opened: an empty form is sent too."""
    return request.POST if request.method == "POST" else None


@screen(public=True)
def code_request(request: HttpRequest) -> HttpResponse:
    """Ask for a code. Every address gets the same answer."""
    if request.user.is_authenticated:
        return redirect("accounts:profile")
    session = request.session
    if request.method == "GET":
        if wanted := wanted_page(request, request.GET.get("next", "")):
            session[NEXT] = wanted
        form = SignInForm(initial=typed_before(request))
        return page(request, "accounts/code_request.html", {"form": form, "tenants": Tenant.objects.open().exists()})
    form = SignInForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            row = ask_for_code(email=email, client=client_of(request))
        except TooOften:
            form.add_error(None, _("Too many codes were asked for. Wait a minute, then ask for one more."))
        else:
            session[KEY], session[ADDRESS] = row.key.hex, email
            return redirect("account_confirm_login_code")
    return page(request, "accounts/code_request.html", {"form": form}, status=422)


def typed_before(request: HttpRequest) -> dict[str, Any]:
    """The address that this visitor asked a code for, so that nobody types it twice."""
    return {"email": request.session.get(ADDRESS, "")} if KEY in request.session or ADDRESS in request.session else {}


@screen(public=True)
def code_confirm(request: HttpRequest) -> HttpResponse:
    """Type the code, or ask for a new one."""
    if request.user.is_authenticated:
        return redirect("accounts:profile")
    key = request.session.get(KEY)
    if key is None:
        return redirect("account_request_login_code")
    if request.method == "POST" and "resend" in request.POST:
        return send_again(request, uuid.UUID(key))
    form = CodeForm(sent(request))
    if form.is_valid():
        outcome, row = try_code(key=uuid.UUID(key), typed=form.cleaned_data["code"])
        if outcome is Outcome.RIGHT and row is not None:
            return sign_in(request, row.email)
        if outcome is not Outcome.WRONG or row is None:
            return start_again(request, outcome)
        left = row.tries_left
        form.add_error(
            "code",
            ngettext(
                "This is not the code. You have %(left)s more try.",
                "This is not the code. You have %(left)s more tries.",
                left,
            )
            % {"left": left},
        )
    context = {"form": form, "email": request.session.get(ADDRESS, ""), "minutes": VALID_MINUTES}
    return page(request, "accounts/code_confirm.html", context, status=422 if form.is_bound else 200)


def send_again(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A new code; the old one works no more."""
    try:
        row = ask_for_code(email=request.session[ADDRESS], client=client_of(request))
    except TooOften:
        messages.info(request, _("Too many codes were asked for. Wait a minute, then ask for one more."))
    else:
        give_up(key=key)
        request.session[KEY] = row.key.hex
        messages.success(request, _("A new code is on its way. The one before it works no more."))
    return redirect("account_confirm_login_code")


def start_again(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Back to the first page, with the address still there and a sentence that says why."""
    request.session.pop(KEY, None)
    if outcome is Outcome.TOO_MANY:
        messages.info(request, _("That was one try too many for this code. Ask for a new one."))
    else:
        messages.info(request, _("This code is over: it was used, or is older than ten minutes. Ask for a new one."))
    return redirect("account_request_login_code")


def sign_in(request: HttpRequest, email: str) -> HttpResponse:
    """The address is proved: sign its person in, in their language; ask for name and language where they lack."""
    wanted = request.session.get(NEXT, "")
    for name in (KEY, ADDRESS, NEXT):
        request.session.pop(name, None)
    user = person_with(email)
    if user is None:
        messages.info(request, _("There is no open account for this address. The mail that we sent says whom to ask."))
        return redirect("account_request_login_code")
    record_authentication(request, user, method="code", email=email)
    target = after_sign_in(user, wanted_page(request, wanted))
    response: HttpResponse = perform_login(request, Login(user=user, email=email, redirect_url=target))
    return response


def after_sign_in(user: User, wanted: str) -> str:
    """The page that was wanted, or the front page, in the person's language; before it, once, the welcome page."""
    language = user.language or page_language()
    target = translate_url(wanted, language) if wanted else front(language)
    if user.name and user.language:
        return target
    with override(language):
        return f"{reverse('accounts:profile_complete')}?{urlencode({'next': target})}"


def front(language: str) -> str:
    with override(language):
        return str(settings.LOGIN_REDIRECT_URL)


@screen(public=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """A page with one button, and what the button does."""
    if request.method == "POST":
        logout(request)
        messages.success(request, _("You are signed out."))
        return cleared(redirect("account_request_login_code"))
    return page(request, "accounts/sign_out.html")


def cleared(response: HttpResponse) -> HttpResponse:
    """Whoever signs out leaves nothing on the device: no kept page, no note that waits, no worker."""
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
