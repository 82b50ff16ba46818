"""What people fill in: a bid's start and details, an answer, a partner and what it says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, roles_of
from fund.models import Answer, Bid, Partner, Round, Topic
from fund.models.answers import Effect
from fund.models.bids import LANGUAGES
from organisations.models import Organisation
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import PortalForm, PortalModelForm, WordsField

TITLE_HINT = _("In the language in which you write the bid. Say what the problem is about, in a few words.")
LANGUAGE_HINT = _("Welsh and English bids have the same deadline and the same service.")


class ByName(forms.ModelChoiceField):
    """A choice among things with a name, in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class StartForm(PortalForm):
    """Start a bid: for which council, on what, in which language."""

    lead = ByName(queryset=Organisation.objects.none(), label=_("Lead council"))
    title = forms.CharField(label=_("Title of the bid"), max_length=160, help_text=TITLE_HINT)
    topic = ByName(queryset=Topic.objects.none(), label=_("Topic"), empty_label=None, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the bid"), choices=LANGUAGES, widget=forms.RadioSelect, help_text=LANGUAGE_HINT
    )

    def __init__(self, *args: Any, one_round: Round, user: Any, **options: Any) -> None:
        options.setdefault("initial", {"language": page_language()})
        super().__init__(*args, **options)
        own = roles_of(user).organisation_ids(Role.OFFICER)
        councils = Organisation.objects.councils().current().filter(pk__in=own).by_name()
        self.fields["lead"].queryset = councils  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["topic"].queryset = one_round.topics.all()  # type: ignore[attr-defined]  # likewise
        if len(councils) == 1:
            self.fields["lead"].initial = councils[0]
            self.fields["lead"].widget = forms.HiddenInput()


class DetailsForm(PortalModelForm):
    """Title, topic, language and amount of a bid."""

    title = forms.CharField(label=_("Title of the bid"), max_length=160, help_text=TITLE_HINT)
    topic = ByName(queryset=Topic.objects.none(), label=_("Topic"), empty_label=None, widget=forms.RadioSelect)

    language = forms.ChoiceField(
        label=_("Language of the bid"), choices=LANGUAGES, widget=forms.RadioSelect, help_text=LANGUAGE_HINT
    )

    class Meta:
        model = Bid
        fields = ("title", "topic", "language", "amount_pence")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topic"].queryset = self.instance.round.topics.all()  # type: ignore[attr-defined]  # likewise
        self.fields["amount_pence"].help_text = _("In pounds. It may wait until you know it.")
        if self.instance.costs.exists():
            del self.fields["amount_pence"]  # it is the sum of the costs


class AnswerForm(PortalModelForm):
    """The answer to one question, within its limit of words."""

    marks_optional = False
    complete = forms.BooleanField(required=False, label=_("This answer is complete"))

    class Meta:
        model = Answer
        fields = ("effect", "text")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        question = self.instance.question
        self.fields["text"] = WordsField(
            words=question.word_limit, label=str(question.label), help_text=str(question.guidance), required=False
        )
        self.fields["text"].widget.attrs["rows"] = "14"
        self.fields["effect"] = forms.ChoiceField(
            choices=Effect.choices, required=False, widget=forms.RadioSelect, label=_("Is there an effect?")
        )
        if not self.instance.asks_effect:
            del self.fields["effect"]


class PartnerForm(PortalModelForm):
    """The role and the share of a partner."""

    role = forms.CharField(
        label=_("Role in the bid"), max_length=200, help_text=_("What it does in the bid, in a sentence.")
    )

    class Meta:
        model = Partner
        fields: tuple[str, ...] = ("role", "share_pence")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["share_pence"].help_text = _("In pounds. Leave it empty if the partner bears no cost.")


class InviteForm(PartnerForm):
    """Ask an organisation to join the bid."""

    organisation = ByName(queryset=Organisation.objects.none(), label=_("Council or body"))

    class Meta(PartnerForm.Meta):
        fields = ("organisation", "role", "share_pence")

    def __init__(self, *args: Any, bid: Bid, **options: Any) -> None:
        super().__init__(*args, **options)
        taken = [bid.lead_id, *bid.partners.values_list("organisation_id", flat=True)]
        free = Organisation.objects.current().exclude(pk__in=[pk for pk in taken if pk]).by_name()
        self.fields["organisation"].queryset = free  # type: ignore[attr-defined]  # a ModelChoiceField


class ConsentForm(PortalForm):
    """What a partner's digital lead says: the event, and why where they want to say it."""

    event = forms.ChoiceField(choices=[("agree", ""), ("decline", "")])
    why = forms.CharField(label=_("Reason or comment"), required=False, max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, partner: Partner, **options: Any) -> None:
        super().__init__(*args, **options)
        self.partner = partner


class WithdrawForm(PortalForm):
    """Why the bid is taken back; it may be left empty."""

    why = forms.CharField(label=_("Reason or comment"), required=False, max_length=1000, widget=forms.Textarea)
