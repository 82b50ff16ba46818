"""Taking a Word file in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.scanning import demand_clean

from ..models import Paper
from ..models.papers import Language
from ..word_in import WordPaper, read_word

MODES = [
    ("end", _("New blocks, after those that the paper has")),
    ("side", _("The other language of the blocks that the paper has")),
]


class WordForm(PortalForm):
    """A .docx, its language, and where its blocks go. A valid form has read the file: `paper`."""

    file = forms.FileField(label=_("Word file (.docx)"), help_text=_("At most 20 MB. The file itself is not kept."))
    language = forms.ChoiceField(label=_("Language of the file"), choices=Language.choices, widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("Where it goes"), choices=MODES, widget=forms.RadioSelect, initial="end")

    def __init__(self, *args: Any, paper: Paper, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("language", paper.drafted_in)
        self.read: WordPaper | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        demand_clean(file)
        self.read = read_word(file.read(20 * 1024 * 1024 + 1))
        return file
