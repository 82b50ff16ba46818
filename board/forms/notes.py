"""What a reader writes for themselves: a note, and which words they highlight."""

import html
from typing import Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalForm, TextArea

from ..markup import block_html
from ..noting import LONGEST, Said

QUOTE_HINT = _("Words of the text above, as they stand there. Leave it empty to highlight the whole of it.")


def plain_words(block: dict[str, Any], language: str) -> str:
    """The words of a block as they are read, in one line."""
    return " ".join(html.unescape(strip_tags(block_html(block["text"][language]))).split())


class NoteForm(PortalForm):
    """A note on one block. `version` and `at` come from a note that was written with no connection."""

    text = forms.CharField(label=_("Note"), widget=TextArea({"rows": "6"}), max_length=LONGEST, required=False)
    marked = forms.BooleanField(label=_("Highlight"), required=False)
    quote = forms.CharField(label=_("Highlight only these words"), max_length=1000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, words: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = words
        self.fields["quote"].help_text = QUOTE_HINT

    def clean_quote(self) -> str:
        """The words stand together in the block; from an offline copy of another edition they may not, and are kept."""
        quote = " ".join(self.cleaned_data["quote"].split())
        if quote and quote not in self.words and not self.data.get("at"):
            raise forms.ValidationError(_("These words are not in the text. Copy them from it as they stand."))
        return quote

    def said(self) -> Said:
        data = self.cleaned_data
        text = data["text"].replace("\r\n", "\n").strip()
        return Said(text, bool(data["marked"] or data["quote"]), data["quote"])
