"""What is filled in for the sift and the panel."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from wlga_portal.kernel.forms import NumberField, PortalForm, PortalModelForm
from wlga_portal.kernel.forms.base import prepare
from wlga_portal.kernel.forms.fields import TextArea

from ..models import Bid, Criterion, Decision, GovernmentAgreement
from ..states.assessing import OUTCOMES_OF, Outcome


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

    def __init__(self, *args: Any, handed_in: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if handed_in:  # what is handed in can be found to be a conflict, and no longer declined
            event: Any = self.fields["event"]
            event.choices = event.choices[:1]
            event.initial = "declare"


class Points(str):
    """A score with what it means below it."""

    hint: str

    def __new__(cls, points: int, meaning: str) -> "Points":
        made = super().__new__(cls, str(points))
        made.hint = meaning
        return made


class ScoreForm(PortalForm):
    """A score from 0 to 5 and a comment by each criterion; `read` is the hash of what the page showed."""

    marks_optional = False
    read = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **options: Any) -> None:
        super().__init__(*args, **options)
        self.criteria = list(criteria)
        for one in self.criteria:
            self.fields[f"points_{one.pk}"] = points_field(one)
            prepare(self.fields[f"points_{one.pk}"])
            comment = forms.CharField(label=_("Comment"), max_length=4000, widget=TextArea())
            messages: dict[str, Any] = comment.error_messages
            messages["required"] = Missing(one)
            self.fields[f"comment_{one.pk}"] = comment

    @property
    def blocks(self) -> list[tuple[Criterion, Any, Any]]:
        """Each criterion with its two fields."""
        return [(one, self[f"points_{one.pk}"], self[f"comment_{one.pk}"]) for one in self.criteria]

    @property
    def given(self) -> dict[Criterion, tuple[int, str]]:
        """What was given, by criterion; of a valid form."""
        data = self.cleaned_data
        return {one: (int(data[f"points_{one.pk}"]), data[f"comment_{one.pk}"]) for one in self.criteria}


class Missing:
    """ "Say why you give this score: Benefits." in the page's language."""

    def __init__(self, criterion: Criterion) -> None:
        self.criterion = criterion

    def __str__(self) -> str:
        return gettext("Say why you give this score: %(criterion)s.") % {"criterion": self.criterion.name}


def points_field(criterion: Criterion) -> forms.ChoiceField:
    choices = [(str(number), Points(number, str(meaning))) for number, meaning in criterion.levels]
    return forms.ChoiceField(label=str(criterion.name), choices=choices, widget=forms.RadioSelect)


class CorrectForm(PortalForm):
    """Another score in the place of one that was handed in, and why."""

    comment = forms.CharField(label=_("Comment"), max_length=4000, widget=TextArea())
    why = forms.CharField(label=_("Why it is corrected"), max_length=1000, widget=TextArea())

    def __init__(self, *args: Any, criterion: Criterion, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"points": points_field(criterion), **self.fields}
        prepare(self.fields["points"])


class ModerationForm(PortalForm):
    """What the panel agreed about a score, and why."""

    score = forms.DecimalField(
        label=_("Agreed score"),
        required=False,
        min_value=0,
        max_value=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
        help_text=_("From 0 to 5, as in 3.25. Leave it empty if the mean stands."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=TextArea())


class DecisionForm(PortalModelForm):
    """One decision, with what goes to the council."""

    class Meta:
        model = Decision
        fields = ("outcome", "amount_pence", "reason", "conditions", "feedback", "letter")
        widgets = {"outcome": forms.RadioSelect}

    def __init__(self, *args: Any, stage: str, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(one.value, one.label) for one in OUTCOMES_OF[stage]]
        if stage != "panel":
            del self.fields["amount_pence"], self.fields["conditions"]
        self.fields["letter"].help_text = _("Leave it empty to have it drafted from the decision.")
        for name in ("conditions", "feedback", "letter"):
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        """An award has an amount; what is no award has none, and no conditions."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == Outcome.AWARD:
            if not data.get("amount_pence") and "amount_pence" not in self.errors:
                self.add_error("amount_pence", gettext("An award has an amount of more than nothing."))
        elif "amount_pence" in self.fields:
            data |= {"amount_pence": None, "conditions": ""}
        return data


class AgreementForm(PortalModelForm):
    """The agreement of Welsh Government."""

    class Meta:
        model = GovernmentAgreement
        fields = ("name", "agreed_on", "reference")


class ReviewForm(PortalForm):
    """Why a decision should be looked at again."""

    reason = forms.CharField(label=_("Why it should be looked at again"), max_length=4000, widget=TextArea())


class AnswerReviewForm(PortalForm):
    """What comes of a review."""

    event = forms.ChoiceField(
        label=_("What comes of the review?"),
        choices=[("keep", _("The decision stands")), ("overturn", _("The bid is decided again"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer"), max_length=4000, widget=TextArea(), help_text=_("The council reads it.")
    )
