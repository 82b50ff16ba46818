"""An organisation ends: an administrator says when and who goes on, sees what will move, and may take it back."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations import succession
from organisations.actions import CannotEnd, end_organisation, keep_organisation
from organisations.models import Organisation
from wlga_portal.kernel.forms import DayField, PortalForm
from wlga_portal.kernel.screens import page, screen, set_addresses

from ..rules import person_manage
from .sign_in import sent


class OrganisationEndForm(PortalForm):
    """When, who goes on, and why."""

    ends_on = DayField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("It is there on this day, and not on the next.")
    )
    successor = forms.ModelChoiceField(
        Organisation.objects.none(),
        required=False,
        label=gettext_lazy("Who goes on in its place"),
        help_text=gettext_lazy("Takes its people and its open work on the day after. Leave empty where nobody does."),
        empty_label=gettext_lazy("Nobody"),
    )
    why = forms.CharField(max_length=300, label=gettext_lazy("Why"))

    def __init__(self, *args: object, organisation: Organisation, **options: object) -> None:
        super().__init__(*args, **options)
        others = Organisation.objects.current().exclude(pk=organisation.pk).by_name()
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]  # of a choice among rows


def find_ending(request: HttpRequest, slug: str) -> Organisation:
    """Administrators find every organisation; nobody else any."""
    if not person_manage(request.user):
        raise Http404
    return Organisation.find(Organisation.objects.select_related("successor"), slug)


@screen(find=find_ending)
def organisation_end(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The day, the successor, and a preview of all that would move."""
    set_addresses(request, "accounts:organisation_end", slug=organisation)
    begun = {"ends_on": organisation.ends_on, "successor": organisation.successor_id}
    form = OrganisationEndForm(sent(request), initial=begun, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            end_organisation(organisation, by=request.user, **form.cleaned_data)
        except CannotEnd as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            messages.success(request, _("The end is set down. Until its last day is over it can be taken back."))
            return redirect("accounts:organisation_end", slug=organisation.slug)
    open_end = organisation.ends_on is not None and organisation.settled_at is None
    context = {
        "organisation": organisation,
        "form": form,
        "outcomes": succession.preview(organisation) if open_end else None,
        "may_keep": open_end and not organisation.has_ended,
    }
    return page(request, "accounts/organisation_end.html", context)


@screen(find=find_ending, methods=("POST",))
def organisation_keep(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """It does not end after all."""
    try:
        keep_organisation(organisation, by=request.user, why="the end was taken back")
    except CannotEnd as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("It does not end: everything stays as it is."))
    return redirect("accounts:organisation_end", slug=organisation.slug)
