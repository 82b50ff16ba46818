"""Who looks after a bid, and who writes an answer."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Membership, User
from accounts.roles import Role
from fund.models import Bid
from fund.states import Consent
from wlga_portal.kernel.forms import PortalForm

JOINED = (Consent.AGREED, Consent.VOID)  # whose officers write in the bid


def officers_of(councils: Any) -> QuerySet[User]:
    """Who is an officer of one of these councils today, by name."""
    held = Membership.objects.current().filter(organisation__in=councils, role=Role.OFFICER)
    officers: QuerySet[User] = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return officers.order_by("name", "pk")


def writers_of(bid: Bid) -> QuerySet[User]:
    """The officers of the lead and of the partners that have joined."""
    joined = [partner.organisation_id for partner in bid.partners.all() if partner.status in JOINED]
    return officers_of([bid.lead_id, *joined])


class OwnerForm(PortalForm):
    """Another officer of the lead council."""

    owner = forms.ModelChoiceField(queryset=User.objects.none(), label=pgettext_lazy("of a bid", "Owner"))
    why = forms.CharField(label=_("Reason or comment"), required=False, max_length=300)

    def __init__(self, *args: Any, bid: Bid, user: Any, **options: Any) -> None:
        officers = officers_of([bid.lead_id])
        options.setdefault("initial", {"owner": user.pk})
        super().__init__(*args, **options)
        self.fields["owner"].queryset = officers  # type: ignore[attr-defined]  # a ModelChoiceField


class AssignForm(PortalForm):
    """Who writes an answer; nobody in particular where it is left empty."""

    marks_optional = False
    person = forms.ModelChoiceField(
        queryset=User.objects.none(), required=False, label=_("Who writes this answer"), empty_label=_("Anybody")
    )

    def __init__(self, *args: Any, bid: Bid, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = writers_of(bid)  # type: ignore[attr-defined]  # a ModelChoiceField
