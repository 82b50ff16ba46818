"""What is held on oneself: read, taken away, corrected, erased; how long each kind is kept; and the team's answers."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import Column, MomentColumn, PortalTable, TagColumn, list_page
from wlga_portal.kernel.workflow import Refused, advance

from .. import holdings, rules
from ..actions import privacy as actions
from ..models import Ask, Erasure, PrivacyRequest, RetentionRun
from ..retention import KINDS
from ..states import PrivacyStatus
from .found import posted

COLOURS = {"asked": "yellow", "done": "green", "declined": "orange", "withdrawn": "grey"}


class CorrectionRequestForm(PortalForm):
    """What is wrong, in the person's words."""

    text = forms.CharField(
        label=pgettext_lazy("privacy", "What is wrong, and what is right"), max_length=2000, widget=forms.Textarea
    )


class AnswerForm(PortalForm):
    """What the team did, or why it did not."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("answer", gettext_lazy("It is done")), ("decline", gettext_lazy("It is not done"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=pgettext_lazy("privacy", "Answer"), max_length=2000, required=False, widget=forms.Textarea
    )


class PrivacyRequestTable(PortalTable):
    """Requests, the newest first."""

    caption = gettext_lazy("Requests about own data")
    default_sort = "-created_at"
    no_rows = gettext_lazy("Nobody has asked anything.")
    learner = Column(gettext_lazy("Learner"), link=True)
    kind = TagColumn(pgettext_lazy("privacy", "What is asked"), labels=Ask.choices)
    status = TagColumn(gettext_lazy("Status"), labels=PrivacyStatus.choices, colours=COLOURS, order_by="status")
    created_at = MomentColumn(pgettext_lazy("privacy", "Asked on"), order_by="created_at")


def requests_of(user: Any) -> QuerySet[PrivacyRequest]:
    return PrivacyRequest.objects.visible_to(user).select_related("learner__user").order_by("-created_at", "pk")


def find_request(request: HttpRequest, pk: int) -> PrivacyRequest:
    return requests_of(request.user).get(pk=pk)


@screen(public=True, methods=("GET", "HEAD"))
def retention_page(request: HttpRequest) -> HttpResponse:
    """Which kinds of personal data there are, how long each is kept, and what the last night removed."""
    last = {run.kind: run for run in RetentionRun.objects.order_by("kind", "-pk").distinct("kind")}
    return page(
        request,
        "training/retention_page.html",
        {
            "kinds": [(kind, last.get(kind.key)) for kind in KINDS],
            "erased": Erasure.objects.count(),
            "backup_days": settings.BACKUP_DAYS,
        },
    )


@screen(may=rules.signed_in)
def held_page(request: HttpRequest) -> HttpResponse:
    """All that training holds on the person who looks."""
    own = PrivacyRequest.objects.filter(learner__user=request.user.pk).order_by("-pk")
    context = {"holdings": holdings.of_person(request.user), "requests": own}
    return page(request, "training/held_page.html", context)


@screen(may=rules.signed_in, methods=("GET", "HEAD"))
def held_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    data = {one.title: one.as_data() for one in holdings.of_person(request.user)}
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="training.json"'
    return answer


@screen(may=rules.signed_in)
def correction_request(request: HttpRequest) -> HttpResponse:
    """Ask that something be put right."""
    form = CorrectionRequestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = actions.request_make(kind=Ask.CORRECTION, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The team has your request."))
        return redirect(made)
    return page(request, "training/correction_request.html", {"form": form})


@screen(may=rules.signed_in)
def erasure_request(request: HttpRequest) -> HttpResponse:
    """Ask to be erased, after reading what that means."""
    if request.method == "POST":
        try:
            made = actions.request_make(kind=Ask.ERASURE, text="", by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
            return redirect("training:held_page")
        messages.success(request, _("The team has your request."))
        return redirect(made)
    return page(request, "training/erasure_request.html")


@screen(may=rules.team)
def privacy_request_list(request: HttpRequest) -> HttpResponse:
    """Requests that wait for the team, and those that were answered."""
    return list_page(
        request,
        queryset=requests_of(request.user),
        table=PrivacyRequestTable,
        template="training/privacy_request_list.html",
    )


@screen(find=find_request)
def privacy_request_page(request: HttpRequest, asked: PrivacyRequest) -> HttpResponse:
    """One request: withdrawn by who asked, answered by the team."""
    user = request.user
    form = AnswerForm(posted(request) if request.POST.get("decision") is not None else None)
    if request.method == "POST":
        try:
            done = act(request, asked, form)
        except Refused as refused:
            form.add_error(None, str(refused)) if form.is_bound else messages.info(request, str(refused))
            done = not form.is_bound
        if done:
            return redirect("training:privacy_request_list" if rules.team(user) else "training:held_page")
    context = {"asked": asked, "form": form, "events": {one.event for one in asked.events_for(user)}}
    return page(request, "training/privacy_request_page.html", context | {"demonstration": asked.learner.is_demo})


def act(request: HttpRequest, asked: PrivacyRequest, form: AnswerForm) -> bool:
    """What was pressed; False where the form is not complete."""
    if request.POST.get("event") == "withdraw":
        advance(asked, "withdraw", by=request.user)
        messages.success(request, _("The request is withdrawn."))
        return True
    if not form.is_valid():
        return False
    write = actions.request_answer if form.cleaned_data["decision"] == "answer" else actions.request_decline
    write(request=asked, answer=form.cleaned_data["answer"], by=request.user)
    messages.success(request, _("The answer is recorded."))
    return True
