"""What is filled in for the sift and the panel."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from wlga_portal.kernel.forms import NumberField, PortalForm

from .models import Bid


class ByReference(forms.ModelChoiceField):
    """A choice among bids, by reference and lead council."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.reference}, {obj.lead.name}"


class AssignForm(PortalForm):
    """Give one bid to one assessor."""

    bid = ByReference(queryset=Bid.objects.none(), label=_("Bid"))
    assessor = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Assessor"))

    def __init__(self, *args: Any, bids: Iterable[Bid], people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["bid"]
        chosen.queryset = Bid.objects.filter(pk__in=[bid.pk for bid in bids]).select_related("lead")
        asked: Any = self.fields["assessor"]
        asked.queryset = User.objects.filter(pk__in=[person.pk for person in people]).order_by("name")


class BalanceForm(PortalForm):
    """How many assessors each bid gets."""

    each = NumberField(
        label=_("Assessors for each bid"),
        min_value=1,
        max_value=9,
        help_text=_("Those with the least to do are asked first; nobody gets a bid in which they have a part."),
    )


class LeaveForm(PortalForm):
    """Why an assessor does not score the bid."""

    event = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=[
            ("declare", _("I have a conflict of interest")),
            ("decline", _("I decline for another reason")),
        ],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("The fund manager reads it. It is kept with the record of the decision."),
    )
