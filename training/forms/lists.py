"""Many colleagues at once: chosen, or written a line each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import PortalForm

from ..filters import ByTitle
from ..models import Session
from .sessions import known_people

MOST = 20_000  # characters


class ListForm(PortalForm):
    """Colleagues who are known, and others by a line with their address."""

    marks_optional = False
    council = ByTitle(queryset=Organisation.objects.none(), label=_("Council"))
    colleagues = forms.MultipleChoiceField(
        label=_("Colleagues who are known here"), required=False, widget=forms.CheckboxSelectMultiple
    )
    lines = forms.CharField(
        label=_("Others, a line each"),
        help_text=_("For example: Mair Pugh, mair.pugh@example.org. The address alone will do where it is known."),
        max_length=MOST,
        required=False,
        widget=forms.Textarea,
    )
    language = forms.ChoiceField(
        label=_("Language of the confirmation, for those who are new"),
        choices=[("cy", "Cymraeg"), ("en", "English")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, session: Session, councils: list[Organisation], **options: Any) -> None:
        options.setdefault("initial", {"language": page_language(), "council": councils[0].pk})
        super().__init__(*args, **options)
        council: Any = self.fields["council"]
        council.queryset = Organisation.objects.filter(pk__in=[one.pk for one in councils]).by_name()
        if len(councils) == 1:
            council.widget = forms.HiddenInput()
        colleagues: Any = self.fields["colleagues"]
        colleagues.choices = known_people(session, councils)
        if not colleagues.choices:
            del self.fields["colleagues"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("colleagues") and not data.get("lines", "").strip():
            self.add_error("lines", _("Choose somebody, or write a line for each person."))
        return data
