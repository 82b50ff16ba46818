"""What people fill in where bids are alike: a reason, a message, a merge and its texts, interest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.forms import PortalForm, WordsField

from ..models import Bid, Joining, Question, TextChoice
from . import ByName

MOST = 2000  # characters of a message


class SeparateForm(PortalForm):
    """Why the bid is another problem."""

    reason = forms.CharField(
        label=_("Why your bid is separate"), max_length=500, help_text=_("One sentence. The fund manager reads it.")
    )


class JoinForm(PortalForm):
    """Ask to join a bid: for which council, with a message."""

    organisation = ByName(queryset=Organisation.objects.none(), label=_("Council"))
    message = forms.CharField(
        label=_("Message to the lead council"),
        max_length=MOST,
        widget=forms.Textarea,
        help_text=_("Its officers get it, and may invite your council."),
    )

    def __init__(self, *args: Any, councils: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_council(self, councils)


def choose_council(form: forms.Form, councils: Any) -> None:
    """A choice among these; hidden where there is one."""
    found = Organisation.objects.councils().filter(pk__in=councils).by_name()
    form.fields["organisation"].queryset = found  # type: ignore[attr-defined]  # a ModelChoiceField
    if len(found) == 1:
        form.fields["organisation"].initial = found[0]
        form.fields["organisation"].widget = forms.HiddenInput()


class MergeForm(PortalForm):
    """Propose to make one bid of two: who leads it, and why."""

    lead = ByName(
        queryset=Organisation.objects.none(),
        label=_("Lead council of the one bid"),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    message = forms.CharField(label=_("Why these two should be one"), max_length=MOST, widget=forms.Textarea)

    def __init__(self, *args: Any, leads: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = Organisation.objects.filter(pk__in=leads).by_name()
        self.fields["lead"].queryset = found  # type: ignore[attr-defined]  # a ModelChoiceField


class MergeDecisionForm(PortalForm):
    """What an authority says to a merge, and why where it refuses."""

    event = forms.ChoiceField(choices=[("accept", ""), ("refuse", ""), ("withdraw", ""), ("complete", "")])
    terms = forms.CharField(required=False, max_length=64)
    why = forms.CharField(
        label=pgettext_lazy("merge", "Why you refuse"), required=False, max_length=1000, widget=forms.Textarea
    )


class MergeTextForm(PortalForm):
    """The text of the one bid for one question."""

    choice = forms.ChoiceField(label=_("Text of the one bid"), choices=TextChoice.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, word_limit: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"] = WordsField(
            words=word_limit,
            label=_("New wording"),
            required=False,
            help_text=_("Only where you choose new wording."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("choice") == TextChoice.NEW and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write the new wording, or choose one of the two texts."))
        return cleaned


class StatementForm(PortalForm):
    """What other councils may see of a bid."""

    public_keys = forms.MultipleChoiceField(
        label=_("Answers that other councils may read"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are shown once the bid is submitted, from when the round asks for interest."),
    )
    draft_shown = forms.BooleanField(
        label=_("Until then, councils with a similar problem may see the title and the lead council"),
        required=False,
        help_text=_("Nothing else of a draft is shown to them, whatever you choose here."),
    )

    def __init__(self, *args: Any, bid: Bid, questions: list[Question], **options: Any) -> None:
        chosen = [question.key for question in questions if bid.makes_public(question)]
        options.setdefault("initial", {"public_keys": chosen, "draft_shown": bid.draft_shown})
        super().__init__(*args, **options)
        choices = [(question.key, str(question.label)) for question in questions]
        self.fields["public_keys"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField


class InterestForm(PortalForm):
    """“We have this problem too”."""

    organisation = ByName(queryset=Organisation.objects.none(), label=_("Council"))
    joining = forms.ChoiceField(
        label=_("Would your council join the bid?"), choices=Joining.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea,
        help_text=_("The lead council and the fund manager read it."),
    )

    def __init__(self, *args: Any, councils: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_council(self, councils)
