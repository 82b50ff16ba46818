"""What is pasted to check a certificate, and what is said of a session."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.forms import PortalForm, WordsField

from ..badges import LONGEST
from ..models.feedback import QUESTIONS, WORDS

SCALE = [
    ("5", pgettext_lazy("feedback", "5, very")),
    ("4", "4"),
    ("3", pgettext_lazy("feedback", "3, somewhat")),
    ("2", "2"),
    ("1", pgettext_lazy("feedback", "1, not at all")),
]


class CheckForm(PortalForm):
    """A code, a link or a badge."""

    pasted = forms.CharField(
        label=_("Code, link or badge"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"spellcheck": "false"}),
        help_text=_("The code stands at the foot of a certificate. The text of a badge (a JWT) can be pasted whole."),
    )


class FeedbackForm(PortalForm):
    """Three marks, and words if somebody wants."""

    words = WordsField(
        label=WORDS,
        words=150,
        required=False,
        help_text=_("Write nothing that tells who you are."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rated = {
            name: forms.TypedChoiceField(
                label=label,
                choices=SCALE,
                coerce=int,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
                error_messages={"required": _("Choose a mark from 1 to 5.")},
            )
            for name, label in QUESTIONS.items()
        }
        self.fields = {**rated, "words": self.fields["words"]}
