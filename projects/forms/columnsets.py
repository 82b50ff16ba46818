"""What the team chooses for a set of columns, and what anybody chooses when taking one away."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wlga_portal.kernel.forms import PortalForm, PortalModelForm

from ..columns import COLUMNS
from ..models import ColumnSet
from ..portfolio_rows import financial_year


class ColumnSetForm(PortalModelForm):
    """A set of columns: at least one; none for the team alone where anybody may take it away."""

    chosen = forms.MultipleChoiceField(label=gettext_lazy("Columns"), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = ColumnSet
        fields = ("title_en", "title_cy", "is_public")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title_en"].required = self.fields["title_cy"].required = True
        self.fields["title_en"].error_messages["required"] = _("Write the title in English.")
        self.fields["title_cy"].error_messages["required"] = _("Write the title in Welsh.")
        team = _("%(column)s (only for the team)")
        fields: Any = self.fields
        fields["chosen"].choices = [
            (one.key, team % {"column": one.label} if one.team else str(one.label)) for one in COLUMNS.values()
        ]
        self.initial.setdefault("chosen", list(self.instance.columns) if self.instance.pk else [])
        self.order_fields(["title_en", "title_cy", "chosen", "is_public"])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        hidden = [str(COLUMNS[key].label) for key in given.get("chosen", ()) if COLUMNS[key].team]
        if given.get("is_public") and hidden:
            sentence = _("Only the team may have these columns: %(columns)s.")
            self.add_error("is_public", sentence % {"columns": ", ".join(hidden)})
        return given


class TakeForm(PortalForm):
    """Which year's money, and which kind of file."""

    marks_optional = False
    year = forms.ChoiceField(
        label=gettext_lazy("Financial year"), help_text=gettext_lazy("The year of which the money speaks.")
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Kind of file"), choices=[("csv", "CSV"), ("xlsx", "Excel (XLSX)"), ("json", "JSON")]
    )

    def __init__(self, *args: Any, years: list[str], today: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        now = financial_year(today)
        fields: Any = self.fields
        fields["year"].choices = [(year, year) for year in sorted({*years, now}, reverse=True)]
        self.initial.setdefault("year", now)
