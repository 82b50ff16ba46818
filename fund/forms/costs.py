"""One cost of a bid."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.costs import years_of
from fund.models import Bid, CostCategory, CostLine
from fund.models.costs import CostKind, Funding
from organisations.models import Organisation
from wlga_portal.kernel.forms import PortalModelForm

from . import ByName


class CostForm(PortalModelForm):
    """Category, organisation, year, revenue or capital, who pays, what for, how much."""

    category = ByName(
        queryset=CostCategory.objects.none(), label=pgettext_lazy("kind of cost", "Category"), empty_label=None
    )
    organisation = ByName(queryset=Organisation.objects.none(), label=_("Council or body"), empty_label=None)
    year = forms.ChoiceField(label=_("Financial year"), help_text=_("From April to March."))
    kind = forms.ChoiceField(label=_("Revenue or capital"), choices=CostKind.choices, widget=forms.RadioSelect)
    funding = forms.ChoiceField(
        label=_("Paid by"),
        choices=Funding.choices,
        widget=forms.RadioSelect,
        help_text=_("Match funding is what the council or body pays itself."),
    )

    class Meta:
        model = CostLine
        fields = ("category", "organisation", "year", "kind", "funding", "note", "amount_pence")

    def __init__(self, *args: Any, bid: Bid, **options: Any) -> None:
        super().__init__(*args, **options)
        partners = [partner.organisation_id for partner in bid.partners.all()]
        chosen = [bid.lead_id, *partners, self.instance.organisation_id]
        councils = Organisation.objects.filter(pk__in=[pk for pk in chosen if pk]).by_name()
        years = sorted({*years_of(bid.round.year), *([self.instance.year] if self.instance.year else [])})
        self.fields["category"].queryset = bid.cost_categories()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["organisation"].queryset = councils  # type: ignore[attr-defined]  # likewise
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["amount_pence"].min_value = 1  # type: ignore[attr-defined]  # a MoneyField
        self.fields["amount_pence"].help_text = _("In pounds, without the VAT that the council or body can recover.")
        self.fields["note"].help_text = _("In a few words, in the language of the bid.")
