"""Comments, and links for readers without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.models import Answer, Bid
from wlga_portal.kernel.forms import PortalForm

WHO = _("A name, so that comments say whose they are.")
DAYS = [(7, _("a week")), (14, _("two weeks")), (28, _("four weeks"))]


class ByQuestion(forms.ModelChoiceField):
    """A choice among the questions of a bid."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.question.label)


class CommentForm(PortalForm):
    """What somebody says, to one answer or to the whole bid."""

    marks_optional = False
    answer = ByQuestion(
        queryset=Answer.objects.none(), label=_("About"), required=False, empty_label=_("The whole bid")
    )
    text = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea)

    def __init__(self, *args: Any, bid: Bid, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].queryset = bid.answers_in_order()  # type: ignore[attr-defined]  # a ModelChoiceField


class LinkForm(PortalForm):
    """For whom the link is, and for how long it opens the bid."""

    name = forms.CharField(label=_("For whom"), max_length=120, help_text=WHO)
    days = forms.TypedChoiceField(label=_("The link holds for"), choices=DAYS, coerce=int, initial=14)
