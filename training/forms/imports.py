"""What is filled in to bring in a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.forms.base import prepare
from wlga_portal.kernel.scanning import demand_clean

from ..fields import FIELDS, REQUIRED, guess
from ..models import ImportSource, Mode, SessionLanguage
from ..reading import MOST_BYTES
from ..wording import problem


class ImportForm(PortalForm):
    """A file, and where it comes from: a source that is known, or a new one by its name."""

    source = forms.ModelChoiceField(
        queryset=ImportSource.objects.none(),
        label=_("Source"),
        required=False,
        empty_label=_("A new source"),
        help_text=_("A file of a known source needs no choice of columns."),
    )
    name = forms.CharField(label=_("Name of the new source"), max_length=120, required=False)
    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, at most 10 MB and 50,000 rows."))

    def __init__(self, *args: Any, is_demo: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_demo = is_demo
        field: Any = self.fields["source"]
        field.queryset = ImportSource.objects.filter(is_demo=is_demo).order_by("name")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(problem("too_large"))
        demand_clean(file)
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        name = " ".join(data.get("name", "").split())
        if data.get("source") is None and "source" not in self.errors:
            if not name:
                self.add_error("name", _("Choose a source, or enter the name of a new one."))
            elif ImportSource.objects.filter(name=name, is_demo=self.is_demo).exists():
                self.add_error("name", _("There is a source of this name: choose it above."))
        return data | {"name": name}


class ColumnsForm(PortalForm):
    """Which heading of the file is which field; and what holds where no column says it."""

    def __init__(self, *args: Any, source: ImportSource, headings: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        known = {**guess(headings), **{field: text for field, text in source.columns.items() if text in headings}}
        named = [(text, text) for text in dict.fromkeys(headings) if text]
        choices = [("", pgettext_lazy("column of a file", "Not in the file")), *named]
        for name, label in FIELDS.items():
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=label, choices=choices, required=name in REQUIRED, initial=known.get(name, "")
            )
        nothing = ("", pgettext_lazy("column of a file", "The file always says it"))
        self.fields["mode"] = forms.ChoiceField(
            label=_("Where no column says it, sessions were"),
            choices=[nothing, *Mode.choices],
            required=False,
            initial=source.mode,
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Where no column says it, their language was"),
            choices=[nothing, *SessionLanguage.choices],
            required=False,
            initial=source.language,
        )
        for field in self.fields.values():
            prepare(field)

    @property
    def columns(self) -> dict[str, str]:
        """The heading of each field that the file has."""
        found = {name: self.cleaned_data[f"column_{name}"] for name in FIELDS}
        return {name: heading for name, heading in found.items() if heading}
