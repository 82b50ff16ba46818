"""One translation, and a file that comes back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.forms.fields import TextArea
from wlga_portal.kernel.scanning import demand_clean

from .actions import Seen
from .texts import Entry, digest
from .units import LARGEST


class TranslationForm(PortalForm):
    """One side of a text. It sends signs of both sides as the page showed them."""

    marks_optional = False
    text = forms.CharField(label=pgettext_lazy("of a text", "Translation"), strip=True)
    seen_source = forms.CharField(widget=forms.HiddenInput, required=False)
    seen_target = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, entry: Entry, **options: Any) -> None:
        super().__init__(*args, **options)
        self.entry = entry
        rows = "3" if len(entry.said) < 160 else "12"
        self.fields["text"].widget = TextArea({"rows": rows, "lang": entry.target})

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    @property
    def seen(self) -> Seen:
        return Seen(self.cleaned_data["seen_source"], self.cleaned_data["seen_target"])


def signs(entry: Entry) -> dict[str, str]:
    """What a form sends of a text that the page shows as it is."""
    return {"seen_source": digest(entry.said), "seen_target": digest(entry.translated)}


class FileForm(PortalForm):
    """A file that was taken out and comes back."""

    file = forms.FileField(label=_("File (.xlf or .docx)"), help_text=_("At most 20 MB. The file itself is not kept."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:  # before the scanner is given it
            raise forms.ValidationError(_("The file is too large: at most 20 MB."), code="large")
        demand_clean(file)
        return file
