"""What is filled in after an award."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import sort_column
from wlga_portal.kernel.forms import MoneyField, PortalForm, PortalModelForm
from wlga_portal.kernel.forms.base import prepare
from wlga_portal.kernel.forms.dates import DayField
from wlga_portal.kernel.forms.fields import TextArea
from wlga_portal.kernel.wording import pounds

from ..costs import financial_year
from ..models import Award, Claim, Learning, MonitoringReport, Transaction, Variation


class InstalmentForm(PortalForm):
    """A payment that is expected."""

    due_on = DayField(label=_("Expected on"))
    amount_pence = MoneyField(label=_("Amount"), min_value=1)


class ReportDueForm(PortalForm):
    """By when a report is asked for."""

    due_on = DayField(label=_("Due on"))


class ClaimForm(PortalModelForm):
    """The period of a claim."""

    class Meta:
        model = Claim
        fields = ("period_from", "period_to", "is_year_end")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("period_from"), data.get("period_to")
        if first and last and last < first:
            self.add_error("period_to", _("The last day comes before the first."))
        elif first and last and financial_year(first) != financial_year(last):
            self.add_error("period_to", _("A claim is for one financial year: it ends on 31 March at the latest."))
        if last and (last.month, last.day) == (3, 31):
            data["is_year_end"] = True
        return data


class TransactionForm(PortalModelForm):
    """One thing that was paid for."""

    class Meta:
        model = Transaction
        fields = ("paid_on", "supplier", "description", "amount_pence")


class CertifyForm(PortalForm):
    """Who certifies a claim at the end of the year."""

    name = forms.CharField(label=_("Name and post of the section 151 officer"), max_length=200)


class Projects(forms.ModelChoiceField):
    """Projects by their title in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class ProjectForm(PortalForm):
    """The project of the delivery plan that an award serves."""

    project = Projects(queryset=None, label=_("Project"))

    def __init__(self, *args: Any, projects: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["project"]
        chosen.queryset = projects.order_by(sort_column("title"), "pk")


class ReportsDueForm(ReportDueForm):
    """By when a report is asked for, of several awards at once."""

    awards = forms.MultipleChoiceField(choices=(), widget=forms.CheckboxSelectMultiple, label=_("Awards"))

    def __init__(self, *args: Any, awards: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["awards"]
        chosen.choices = [(one.pk, f"{one.bid.reference}: {one.bid.title}") for one in awards]


class OwedForm(PortalForm):
    """What is asked for again, of several councils at once, and a word with it."""

    things = forms.MultipleChoiceField(choices=(), widget=forms.CheckboxSelectMultiple, label=_("What is not done yet"))
    why = forms.CharField(
        label=_("What you want to say with it"), required=False, max_length=1000, widget=TextArea(),
        help_text=_("Everybody reads the same words. You can leave it empty."),
    )  # fmt: skip

    def __init__(self, *args: Any, owed: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["things"]
        chosen.choices = [(one.key, f"{one.award.bid.reference}: {one.text}") for one in owed]


class PayForm(PortalForm):
    """A payment that was made."""

    paid_on = DayField(label=_("Paid on"))
    reference = forms.CharField(label=_("Reference of the payment"), max_length=100)


class PayRunForm(PayForm):
    """A run of payments for several approved claims."""

    claims = forms.MultipleChoiceField(choices=(), widget=forms.CheckboxSelectMultiple, label=_("Approved claims"))
    field_order = ("claims", "paid_on", "reference")

    def __init__(self, *args: Any, claims: list[Claim], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["claims"]
        chosen.choices = [
            (one.pk, f"{one.award.bid.reference}, {one.number}: {one.award.bid.lead.name}, {pounds(one.amount_pence)}")
            for one in claims
            if one.award.bid.lead
        ]


class ReportForm(PortalModelForm):
    """A monitoring report; it may be saved half done."""

    class Meta:
        model = MonitoringReport
        fields = ("progress", "benefits", "risks")


class VariationForm(PortalModelForm):
    """What should change, and why; the share of each partner, where it is not to keep its part of the amount."""

    class Meta:
        model = Variation
        fields = ("new_amount_pence", "new_ends_on", "new_conditions", "reason")

    def __init__(self, *args: Any, award: Award, **options: Any) -> None:
        super().__init__(*args, **options)
        self.bodies = {
            f"share_{share.organisation_id}": share.organisation_id
            for share in award.shares.all()
            if share.organisation_id != award.bid.lead_id
        }
        for share in award.shares.all():
            name = f"share_{share.organisation_id}"
            if name in self.bodies:
                self.fields[name] = MoneyField(
                    label=_("Share of %(body)s") % {"body": share.organisation.name},
                    help_text=_("Now %(now)s. Leave it empty, and it keeps its part of the amount.")
                    % {"now": pounds(share.amount_pence)},
                    required=False,
                )

    @property
    def shares(self) -> dict[int, int]:
        """The shares that are stated, in pence by organisation."""
        given = {body: self.cleaned_data.get(name) for name, body in self.bodies.items()}
        return {body: pence for body, pence in given.items() if pence is not None}


class LearningForm(PortalModelForm):
    """What was learned, or made to use again."""

    class Meta:
        model = Learning
        fields = ("kind", "title_en", "title_cy", "summary_en", "summary_cy", "link")


class AnswerForm(PortalForm):
    """An answer with its event; why it is so, where it must be said."""

    event = forms.ChoiceField(choices=(), widget=forms.RadioSelect)
    why = forms.CharField(label=_("Reason or comment"), required=False, max_length=2000, widget=TextArea())

    def __init__(self, *args: Any, question: Any, choices: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        event: Any = self.fields["event"]
        event.label, event.choices = question, choices
        prepare(event)
