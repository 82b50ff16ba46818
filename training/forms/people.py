"""What is filled in about a learner, and about two who may be one person."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role, roles_of
from organisations.models import Organisation
from wlga_portal.kernel.forms import DayField, PortalForm
from wlga_portal.kernel.forms.base import prepare

from ..filters import ByTitle
from ..models import Learner, Standing
from ..states import DOUBLE, DoubleStatus


class LearnerForm(PortalForm):
    """Name and language of somebody without an account."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("cy", "Cymraeg"), ("en", "English"), ("", pgettext_lazy("language", "Not known"))],
        widget=forms.RadioSelect,
        required=False,
    )


class AddressForm(PortalForm):
    """A further address."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class MoveForm(PortalForm):
    """Where somebody belongs from a day on. A coordinator moves people to the own council alone."""

    organisation = ByTitle(queryset=Organisation.objects.none(), label=_("Belongs to"))
    standing = forms.ChoiceField(label=_("As what"), choices=Standing.choices, widget=forms.RadioSelect)
    starts = DayField(label=_("From"), initial=timezone.localdate)

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["organisation"]
        roles = roles_of(user)
        field.queryset = Organisation.objects.current().by_name()
        if not roles.has(Role.TEAM):
            field.queryset = field.queryset.filter(pk__in=roles.organisation_ids(Role.COORDINATOR))


class SameForm(PortalForm):
    """The number of the other learner, as their page shows it."""

    number = forms.IntegerField(
        label=_("Number of the other learner"), min_value=1, help_text=_("It stands on the page of each learner.")
    )

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if not Learner.objects.filter(pk=number, erased_at=None).exists():
            raise forms.ValidationError(_("There is no learner with this number."))
        return number


class DecideForm(PortalForm):
    """The decision on two learners, and its reason."""

    event = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    why = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, status: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["event"]
        field.choices = [
            (event, transition.label)
            for event, transition in DOUBLE.transitions.items()
            if status in transition.sources and not (event == "merge" and status == DoubleStatus.DIFFERENT)
        ]
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]
            field.widget = forms.HiddenInput()
            self.fields["why"].required = True
            prepare(self.fields["why"])
