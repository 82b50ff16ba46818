"""What visitors type on pages that span the areas."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.forms import PortalForm, PortalModelForm

from .models import PageFeedback
from .search.answering import Narrowed
from .search.keeping import offered_kinds
from .search.kinds import KINDS


class PageFeedbackForm(PortalModelForm):
    """Whether a page was clear. The page's address goes along unseen."""

    clear = forms.TypedChoiceField(
        label=_("Was the page clear?"),
        choices=[("yes", pgettext_lazy("clear", "Yes")), ("no", pgettext_lazy("clear", "No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PageFeedback
        fields = ["path", "clear", "comment"]
        widgets = {"path": forms.HiddenInput, "comment": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"comment": _("Please leave out names and other personal details.")}

    def clean_path(self) -> str:
        """An address of this portal; anything else is not kept."""
        path: Any = self.cleaned_data["path"]
        if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
            return str(path)
        return "/"


FIRST_YEAR = 2019  # nothing that can be found is older
LONGEST_QUESTION = 200  # characters


class SearchForm(PortalForm):
    """What is looked for, and by what it is narrowed. Nothing of it is kept."""

    q = forms.CharField(
        label=_("Words"),
        max_length=LONGEST_QUESTION,
        error_messages={"max_length": _("Ask with no more than 200 characters.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("of a result", "Kind"), required=False)
    council = forms.TypedChoiceField(label=_("Council or partner body"), required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(
        label=pgettext_lazy("of a result", "Year"), required=False, coerce=int, empty_value=None
    )
    language = forms.ChoiceField(label=pgettext_lazy("of a result", "Language of the words"), required=False)

    def __init__(self, *args: Any, councils: dict[int, Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1)
        all_of = pgettext_lazy("of results", "All")
        self.fields["kind"].choices = [("", all_of), *((kind, KINDS[kind]) for kind in offered_kinds())]  # type: ignore[attr-defined]  # choices
        self.fields["council"].choices = [("", all_of), *((pk, str(name)) for pk, name in councils.items())]  # type: ignore[attr-defined]  # likewise
        self.fields["year"].choices = [("", all_of), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # likewise
        self.fields["language"].choices = [("", all_of), ("en", _("English")), ("cy", _("Welsh"))]  # type: ignore[attr-defined]  # likewise

    def narrowed(self) -> Narrowed:
        """What was chosen beside the words."""
        chosen = self.cleaned_data
        return Narrowed(chosen["kind"], chosen["council"], chosen["year"], chosen["language"])
