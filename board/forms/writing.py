"""What people type in while a paper is written and reviewed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.forms import PortalModelForm, TextArea

from ..models import Acceptance, Comment, Implication

NONE_OR_SOME = [
    (True, pgettext_lazy("implication", "None, because…")),
    (False, pgettext_lazy("implication", "There are implications")),
]


class CommentForm(PortalModelForm):
    """A comment, or the answer to one."""

    class Meta:
        model = Comment
        fields = ["text"]

    def __init__(self, *args: Any, answer: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if answer:
            self.fields["text"].label = _("Answer")
        self.fields["text"].widget.attrs["rows"] = "3"


class ImplicationForm(PortalModelForm):
    """None and why, or what it is; in both languages."""

    none = forms.TypedChoiceField(
        label=_("Are there any?"), choices=NONE_OR_SOME, coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )  # fmt: skip

    class Meta:
        model = Implication
        fields = ["none", "text_en", "text_cy"]


class AcceptanceForm(PortalModelForm):
    """Why a difference between the languages is right."""

    class Meta:
        model = Acceptance
        fields = ["reason"]
        widgets = {"reason": TextArea({"rows": "2"})}
