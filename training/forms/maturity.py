"""What a council fills in when it assesses itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import PortalForm, PortalModelForm, WordsField

from ..filters import ByTitle
from ..models import Maturity, MaturityAnswer, MaturityAssessment, MaturityEvidence, Sharing


class Level(str):
    """The name of a level, with what a council can show there below it."""

    hint: str

    def __new__(cls, evidence: MaturityEvidence) -> "Level":
        made = super().__new__(cls, f"{evidence.level}. {evidence.get_level_display()}")
        made.hint = str(evidence.text)
        return made


class StartForm(PortalForm):
    """For which council, and in which language its people write."""

    council = ByTitle(queryset=Organisation.objects.none(), label=_("Council"), empty_label=None)
    language = forms.ChoiceField(
        label=_("In which language will you write what shows your level?"),
        choices=[("cy", "Cymraeg"), ("en", "English")],
        widget=forms.RadioSelect,
        help_text=_("The questions are in both languages, whichever you choose."),
    )

    def __init__(self, *args: Any, councils: list[Organisation], **options: Any) -> None:
        options.setdefault("initial", {"language": page_language(), "council": councils[0].pk})
        super().__init__(*args, **options)
        council: Any = self.fields["council"]
        council.queryset = Organisation.objects.filter(pk__in=[one.pk for one in councils]).by_name()
        council.widget = forms.HiddenInput() if len(councils) == 1 else forms.RadioSelect(choices=council.choices)


class MaturityAnswerForm(PortalModelForm):
    """Where the council is, where it wants to be, and what shows it. All of it may be saved half done."""

    marks_optional = False
    evidence = WordsField(
        words=200,
        required=False,
        label=MaturityAnswer._meta.get_field("evidence").verbose_name,
        help_text=_("Say where it can be seen: a page, a figure, a decision, a date. Name no private person."),
    )

    class Meta:
        model = MaturityAnswer
        fields = ("level", "aim", "evidence")
        widgets = {"level": forms.RadioSelect}

    def __init__(self, *args: Any, levels: list[MaturityEvidence], **options: Any) -> None:
        super().__init__(*args, **options)
        level: Any = self.fields["level"]
        level.choices = [(evidence.level, Level(evidence)) for evidence in levels]
        level.help_text = _("Choose the highest level of which you can show all.")
        aim: Any = self.fields["aim"]
        aim.choices = [("", pgettext_lazy("aim of maturity", "not said")), *Maturity.choices]


class SharingForm(PortalModelForm):
    """Who sees the result."""

    class Meta:
        model = MaturityAssessment
        fields = ("sharing", "in_spread")
        widgets = {"sharing": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sharing: Any = self.fields["sharing"]
        sharing.choices = Sharing.choices
        sharing.help_text = _("It is your council’s: you can choose again at any time.")
        self.fields["in_spread"].help_text = _(
            "The spread shows where the middle half of councils stand, from five councils on. It names nobody."
        )


class DropForm(PortalForm):
    """Why the council stops an assessment."""

    why = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)
