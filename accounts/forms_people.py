"""What an administrator types when a person moves or is erased."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.forms import DayField, PortalForm

from .forms import Hinted, PersonField
from .models import Membership, User
from .roles import Role


class OrganisationField(forms.ModelChoiceField):
    """An organisation by its name in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class LeavingField(forms.ModelMultipleChoiceField):
    """Roles, each with its organisation."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_role_display()}, {obj.organisation.name}"


class MoveForm(PortalForm):
    """Which roles end, which begin, where and when, and who takes the work over."""

    leaving = LeavingField(
        Membership.objects.none(), label=_("Roles that end"), widget=forms.CheckboxSelectMultiple,
        help_text=_("They hold to the day before the move. Their deputies end with them."),
    )  # fmt: skip
    heir = PersonField(
        queryset=User.objects.none(), label=_("Who takes the work over"), required=False, empty_label=_("Nobody yet"),
        help_text=_("This person holds the roles that end from the day of the move on, and finds the open work there."),
    )  # fmt: skip
    organisation = OrganisationField(Organisation.objects.none(), label=_("Where the person goes"))
    roles = forms.MultipleChoiceField(label=_("Roles there"), widget=forms.CheckboxSelectMultiple)
    starts = DayField(label=_("Day of the move"), help_text=_("The first day in the new place; tomorrow or later."))

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        held = Membership.objects.not_ended().filter(user=person).with_people().order_by("starts", "pk")
        fields["leaving"].queryset = held
        fields["leaving"].initial = list(held)
        there = Membership.objects.not_ended().filter(organisation__in=held.values("organisation"))
        people = User.objects.filter(is_active=True, pk__in=there.values("user")).exclude(pk=person.pk)
        fields["heir"].queryset = people.order_by("name", "email")
        fields["organisation"].queryset = Organisation.objects.current().by_name()
        fields["roles"].choices = [(one.value, Hinted(one)) for one in Role]

    def clean_starts(self) -> date:
        starts: date = self.cleaned_data["starts"]
        if starts <= timezone.localdate():
            raise forms.ValidationError(gettext("The day of the move is tomorrow or later."), "over")
        return starts

    def clean_roles(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data["roles"]]


class EraseForm(PortalForm):
    """Said twice: it cannot be taken back."""

    sure = forms.BooleanField(
        label=_("I have made sure that this person has left and that nothing obliges us to keep their name"),
        error_messages={"required": _("Tick this to erase the person.")},
    )
