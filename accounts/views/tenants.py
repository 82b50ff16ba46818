"""Signing in with a council's own account, and which of these accounts are one's own."""

import logging
import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from wlga_portal.kernel.bilingual import LANGUAGES, page_language, sort_column
from wlga_portal.kernel.screens import page, screen

from ..actions.tenants import link_identity, person_of, unlink_identity
from ..models import Tenant
from ..rules import signed_in
from ..tenants import Proved, Refused, begin, finish, state_of
from .sign_in import ADDRESS, NEXT, after_sign_in, front, wanted_page

logger = logging.getLogger(__name__)
PENDING = "tenant_pending"  # in the session: an account that a provider proved, and whose it is is not known yet
PENDING_SECONDS = 1800


@screen(public=True, methods=("GET", "HEAD"))
def tenant_list(request: HttpRequest) -> HttpResponse:
    """The councils with whose accounts one can sign in. From this page alone a form may lead to their providers."""
    if wanted := wanted_page(request, request.GET.get("next", "")):
        request.session[NEXT] = wanted
    tenants = Tenant.objects.open().order_by(f"organisation__{sort_column('name')}", "pk")
    response = page(request, "accounts/tenant_list.html", {"tenants": tenants})
    response._csp_update = {"form-action": sorted({tenant.origin for tenant in tenants})}  # type: ignore[attr-defined]  # read by django-csp
    return response


def find_tenant(request: HttpRequest, key: str) -> Tenant:
    return Tenant.objects.open().get(key=key)


@screen(public=True, find=find_tenant, methods=("POST",))
def tenant_begin(request: HttpRequest, tenant: Tenant) -> HttpResponse:
    """On to the provider's page."""
    wanted = request.session.pop(NEXT, "")
    try:
        return redirect(begin(request, tenant, wanted=wanted, language=page_language()))
    except Refused as refused:
        return by_code(request, refused)


def by_code(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Back to signing in by code, with the sentence that says why."""
    logger.warning("sign-in refused: a council's account: %s", refused.reason)
    messages.info(request, str(refused))
    return redirect("accounts:profile" if request.user.is_authenticated else "account_request_login_code")


@screen(public=True, methods=("GET",))
def tenant_callback(request: HttpRequest, key: str) -> HttpResponse:
    """The provider's answer: believed once and only when all of it is right. It goes on in the language it began in."""
    try:
        state = state_of(request, key)
    except Refused as refused:
        return by_code(request, refused)
    with override(state["language"] if state.get("language") in LANGUAGES else page_language()):
        try:
            tenant = Tenant.objects.open().filter(key=key).first()
            if tenant is None:
                raise Refused("unlisted")
            return go_on(request, finish(request, tenant, state))
        except Refused as refused:
            return by_code(request, refused)


def go_on(request: HttpRequest, proved: Proved) -> HttpResponse:
    """Sign in the person whose account it is; where that is not known yet, their address is proved first."""
    user = person_of(proved.tenant, proved.uid)
    if request.user.is_authenticated:
        if user is None:
            return pending(request, proved)
        if user != request.user:
            messages.info(request, _("This account of your council belongs to another person’s account here."))
        return redirect("accounts:profile")
    if user is None:
        return pending(request, proved)
    if not user.is_active:
        messages.info(request, _("Your account here is closed. Ask those who look after the portal."))
        return redirect("account_request_login_code")
    request.session.pop(PENDING, None)
    record_authentication(request, user, method="socialaccount", provider=proved.tenant.key, uid=proved.uid)
    target = after_sign_in(user, wanted_page(request, proved.wanted))
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=target))
    return response


def pending(request: HttpRequest, proved: Proved) -> HttpResponse:
    """Note what the provider proved. The address that it names is only filled in: the code must prove it."""
    request.session[PENDING] = {
        "key": proved.tenant.key, "uid": proved.uid, "email": proved.email, "at": int(time.time()),
    }  # fmt: skip
    asked = reverse("accounts:identity_add")
    wanted = wanted_page(request, proved.wanted)
    asked += f"?{urlencode({'next': wanted})}" if wanted else ""
    if request.user.is_authenticated:
        return redirect(asked)
    request.session[ADDRESS], request.session[NEXT] = proved.email, asked
    messages.info(
        request,
        _("You have signed in at your council. For the first time here, show by a code that the address is yours."),
    )
    return redirect("account_request_login_code")


def find_pending(request: HttpRequest) -> dict[str, Any]:
    """What a provider proved in this browser a short while ago, with its tenant; 404 otherwise."""
    noted = request.session.get(PENDING)
    if not noted or time.time() - noted["at"] > PENDING_SECONDS:
        raise Http404
    return {**noted, "tenant": Tenant.objects.open().get(key=noted["key"])}


@screen(find=find_pending, may=lambda user, noted: signed_in(user))
def identity_add(request: HttpRequest, noted: dict[str, Any]) -> HttpResponse:
    """Asked once: whether this account of the council is to sign in as the person who is signed in now."""
    user: Any = request.user
    if request.method == "POST":
        request.session.pop(PENDING)
        if "link" in request.POST:
            if link_identity(user=user, tenant=noted["tenant"], uid=noted["uid"]):
                messages.success(request, _("From now on you can sign in with your council’s account."))
            else:
                messages.info(request, _("This account of your council belongs to another person’s account here."))
        return redirect(wanted_page(request, request.GET.get("next", "")) or front(page_language()))
    return page(request, "accounts/identity_add.html", {"noted": noted, "tenant": noted["tenant"]})


def identities(user: Any) -> list[dict[str, Any]]:
    """The councils' accounts with which a person signs in."""
    accounts = list(SocialAccount.objects.filter(user=user).order_by("date_joined", "pk"))
    known = Tenant.objects.filter(key__in=[account.provider for account in accounts]).select_related("organisation")
    tenants = {tenant.key: tenant for tenant in known}
    return [{"pk": one.pk, "tenant": tenants[one.provider], "since": one.date_joined} for one in accounts]


def find_identity(request: HttpRequest, pk: int) -> SocialAccount:
    return SocialAccount.objects.get(pk=pk, user=request.user.pk)


@screen(find=find_identity, may=lambda user, account: signed_in(user), methods=("POST",))
def identity_remove(request: HttpRequest, account: SocialAccount) -> HttpResponse:
    """The account of the council signs in no more; the code still does."""
    user: Any = request.user
    unlink_identity(user=user, pk=account.pk)
    messages.success(request, _("That account signs in here no more. You can sign in by code."))
    return redirect("accounts:profile")
