"""The second step of signing in: taken, set up, removed; and recovery codes."""

import functools
import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStageController
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen

from ..actions.second_steps import (
    NotTheStep,
    TooOften,
    add_app,
    add_passkey,
    new_codes,
    remove_step,
    try_code,
    try_passkey,
    unused_codes,
)
from ..browsers import browser_of
from ..forms import AppForm, PasskeyForm, StepForm
from ..models import User
from ..qr import qr_path
from ..rules import signed_in
from ..sealing import seal, unseal
from ..second_steps import is_fresh, required, steps_of
from .sign_in import front, sent, wanted_page

logger = logging.getLogger(__name__)
SECRET = "second_step_secret"  # noqa: S105  the name under which the session keeps it, sealed


def wanted(request: HttpRequest) -> str:
    """Where to go afterwards: the page that was asked for, or the front page."""
    return wanted_page(request, request.GET.get("next", "")) or front(page_language())


def with_next(request: HttpRequest, name: str) -> str:
    """An address that carries on what was asked for."""
    asked = wanted_page(request, request.GET.get("next", ""))
    return reverse(name) + (f"?{urlencode({'next': asked})}" if asked else "")


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever has a second step takes it again before changing any."""

    @functools.wraps(view)
    def asked(request: HttpRequest, *found: Any) -> HttpResponse:
        if not is_fresh(request) and steps_of(request.user).exists():
            back = request.get_full_path() if request.method == "GET" else reverse("accounts:step_list")
            return redirect(f"{reverse('accounts:step_confirm')}?{urlencode({'next': back})}")
        return view(request, *found)

    return asked


def take_step(request: HttpRequest, user: User, template: str) -> Authenticator | HttpResponse:
    """The step that was taken, or the page that asks for it: by a code, or by a passkey where there is one."""
    form = StepForm(request.POST if "code" in request.POST else None)
    passkeys = steps_of(user).filter(type=Authenticator.Type.WEBAUTHN).exists()
    failed = ""
    try:
        if request.method == "POST" and "credential" in request.POST:
            return try_passkey(user=user, answer=request.POST["credential"])
        if form.is_valid():
            return try_code(user=user, typed=form.cleaned_data["code"])
    except TooOften:
        failed = _("Too many tries. Wait five minutes, then try again.")
    except NotTheStep:
        failed = _("That did not fit. Try again, or use a recovery code.")
    if failed:
        logger.warning("sign-in refused: second step, person %s", user.pk)
    if failed and form.is_bound:
        form.add_error("code", failed)
    elif failed:
        messages.info(request, failed)
    context = {
        "form": form,
        "passkey": json.dumps(webauthn.begin_authentication(user)) if passkeys else "",
    }
    return page(request, template, context, status=422 if failed or form.errors else 200)


@screen(public=True)
def step_take(request: HttpRequest) -> HttpResponse:
    """At signing in, after the first step: nobody is signed in before this page is passed."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None or stage.login.user is None:
        return redirect("account_request_login_code")
    taken = take_step(request, stage.login.user, "accounts/step_take.html")
    if isinstance(taken, HttpResponse):
        return taken
    post_authentication(request, taken)
    response: HttpResponse = stage.exit()
    return response


@screen(may=signed_in)
def step_confirm(request: HttpRequest) -> HttpResponse:
    """Taken once more by somebody who is signed in: before changing a step, or for a role that was given since."""
    user: Any = request.user
    if not steps_of(user).exists():
        return redirect(with_next(request, "accounts:step_list"))
    taken = take_step(request, user, "accounts/step_confirm.html")
    if isinstance(taken, HttpResponse):
        return taken
    post_authentication(request, taken, reauthenticated=True)
    return redirect(wanted(request))


@screen(may=signed_in, methods=("GET", "HEAD"))
def step_list(request: HttpRequest) -> HttpResponse:
    """What one has, what one's role asks for, and what can be set up."""
    user: Any = request.user
    steps = [
        {"step": step, "name": step.wrap().name if step.type == Authenticator.Type.WEBAUTHN else ""}
        for step in steps_of(user)
    ]
    context = {
        "steps": steps,
        "has_app": any(one["step"].type == Authenticator.Type.TOTP for one in steps),
        "required": required(user),
        "codes": len(unused_codes(user)) if steps else 0,
        "app_url": with_next(request, "accounts:app_add"),
        "passkey_url": with_next(request, "accounts:passkey_add"),
    }
    return page(request, "accounts/step_list.html", context)


def done(request: HttpRequest, step: Authenticator) -> HttpResponse:
    """A step that was just set up counts as taken; the recovery codes come next."""
    record_authentication(request, request.user, "mfa", id=step.pk, type=step.type)
    messages.success(request, _("Your second step is set up. Keep the recovery codes in a safe place."))
    return redirect(with_next(request, "accounts:code_list"))


@screen(may=signed_in)
@fresh
def app_add(request: HttpRequest) -> HttpResponse:
    """Set up an app that shows codes: its secret as a picture and as letters, then one code from it."""
    user: Any = request.user
    if request.method == "GET" or SECRET not in request.session:
        request.session[SECRET] = seal(generate_totp_secret())
    secret = unseal(request.session[SECRET])
    form = AppForm(sent(request))
    if form.is_valid():
        try:
            step = add_app(user=user, secret=secret, typed=form.cleaned_data["code"])
        except TooOften:
            form.add_error("code", _("Too many tries. Wait five minutes, then try again."))
        except NotTheStep:
            form.add_error("code", _("The app shows another code now. Wait for the next one and try again."))
        else:
            del request.session[SECRET]
            return done(request, step)
    size, path = qr_path(get_adapter().build_totp_url(user, secret))
    letters = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {"form": form, "size": size, "path": path, "letters": letters}
    return page(request, "accounts/app_add.html", context, status=422 if form.errors else 200)


@screen(may=signed_in)
@fresh
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Set up a passkey: the browser or a security key makes it, and the form brings it here."""
    user: Any = request.user
    form = PasskeyForm(sent(request), initial={"name": browser_of(request.headers.get("User-Agent", ""))})
    if form.is_valid():
        try:
            step = add_passkey(user=user, name=form.cleaned_data["name"], answer=request.POST.get("credential", ""))
        except NotTheStep:
            form.add_error(None, _("The passkey was not set up. Try again, or use an app that shows codes."))
        else:
            return done(request, step)
    context = {"form": form, "passkey": json.dumps(webauthn.begin_registration(user, False))}
    return page(request, "accounts/passkey_add.html", context, status=422 if form.errors else 200)


@screen(may=signed_in)
@fresh
def code_list(request: HttpRequest) -> HttpResponse:
    """The recovery codes that still work; new ones by a button."""
    user: Any = request.user
    if not steps_of(user).exists():
        return redirect("accounts:step_list")
    if request.method == "POST":
        new_codes(user=user)
        messages.success(request, _("These are new codes. Those before work no more."))
        return redirect("accounts:code_list")
    return page(request, "accounts/code_list.html", {"codes": unused_codes(user), "wanted": wanted(request)})


def find_step(request: HttpRequest, pk: int) -> Authenticator:
    step: Authenticator = steps_of(request.user).get(pk=pk)
    return step


@screen(find=find_step, may=lambda user, step: signed_in(user), methods=("POST",))
@fresh
def step_remove(request: HttpRequest, step: Authenticator) -> HttpResponse:
    """The last one stays where a role asks for one."""
    user: Any = request.user
    if required(user) and steps_of(user).count() == 1:
        messages.info(request, _("Your role asks for a second step: set up another one before you remove this one."))
    else:
        remove_step(step, user=user)
        messages.success(request, _("That second step is removed."))
    return redirect("accounts:step_list")
