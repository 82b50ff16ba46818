"""The pages of messages: what came, how it comes by mail, and the end of it without signing in."""

from typing import Any

from django import forms
from django.contrib import messages as flash
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ..bilingual import page_language
from ..forms import PortalForm
from ..screens import page, screen, signed_in
from ..service_models import Delivery, Notification, Preference
from . import bounces
from .kinds import default_of, groups, known, label_of
from .mails import STOP_SALT, subject_of

PER_PAGE = 30


@screen(may=signed_in, methods=("GET", "HEAD"))
def message_list(request: HttpRequest) -> HttpResponse:
    """A person's messages, the newest first."""
    language = page_language()
    own = Notification.objects.filter(user=request.user.pk, kind__in=known()).order_by("-created_at", "-pk")
    shown = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    entries = [
        {"subject": subject_of(message, language), "url": getattr(message, f"url_{language}"), "at": message.created_at}
        for message in shown
    ]
    return page(
        request,
        "kernel/message_list.html",
        {"entries": entries, "page_obj": shown, "stopped": bounces.stopped(request.user.email)},  # type: ignore[union-attr]  # signed in
    )


class SettingsForm(PortalForm):
    """One choice for each group of messages."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        chosen = dict(Preference.objects.filter(user=user).values_list("group", "delivery"))
        super().__init__(*args, **kwargs)
        for group in groups():
            self.fields[f"group_{group}"] = forms.ChoiceField(
                label=label_of(group),
                choices=Delivery.choices,
                initial=chosen.get(group, default_of(group)),
                widget=forms.RadioSelect,
            )

    @transaction.atomic
    def save(self) -> None:
        for field, delivery in self.cleaned_data.items():
            choose(self.user, field.removeprefix("group_"), delivery)


def choose(user: Any, group: str, delivery: str) -> None:
    """Keep a person's choice; it holds for messages from now on."""
    Preference.objects.update_or_create(user=user, group=group, defaults={"delivery": delivery})


@screen(may=signed_in)
def message_settings(request: HttpRequest) -> HttpResponse:
    """Which messages come by mail, and how."""
    form = SettingsForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        flash.success(request, _("Your choices are saved."))
        return redirect("kernel:message_settings")
    stopped = bounces.stopped(request.user.email)  # type: ignore[union-attr]  # signed in
    return page(request, "kernel/message_settings.html", {"form": form, "stopped": stopped})


@screen(may=signed_in, methods=("POST",))
def message_resume(request: HttpRequest) -> HttpResponse:
    """The person says that their address is right after all."""
    bounces.clear(request.user)
    flash.success(request, _("Mail goes to your address again."))
    return redirect("kernel:message_list")


@csrf_exempt  # the signed token is the right to do it: mail programs post it without a cookie (RFC 8058)
@screen(public=True)
def message_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails of one group, or all that are not urgent. Opening the page changes nothing."""
    try:
        number, group = signing.loads(token, salt=STOP_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    user = get_user_model()._default_manager.filter(pk=number).first()
    if user is None:
        raise Http404
    done = request.method == "POST"
    if done:
        for name in [group] if group else groups():
            choose(user, name, Delivery.NONE)
    return page(request, "kernel/message_stop.html", {"group": label_of(group) if group else "", "done": done})
