"""What the team fills in for the money of a project."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.forms.base import prepare

from ..models import ProjectCost
from .parts import PartForm


def financial_years() -> list[tuple[str, str]]:
    """From six years ago to six years ahead: `2026-27`."""
    today = timezone.localdate()
    first = today.year if today.month >= 4 else today.year - 1
    years = [f"{year}-{(year + 1) % 100:02d}" for year in range(first - 6, first + 7)]
    return [(year, year) for year in years]


class CostForm(PartForm):
    """A figure of a project's money."""

    paired = ("narrative",)

    class Meta:
        model = ProjectCost
        fields = ("year", "kind", "amount_pence", "narrative_en", "narrative_cy")
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        years = financial_years()
        if self.instance.year and (self.instance.year, self.instance.year) not in years:
            years.insert(0, (self.instance.year, self.instance.year))
        self.fields["year"] = forms.ChoiceField(label=self.fields["year"].label, choices=[("", _("Choose")), *years])
        kind: Any = self.fields["kind"]
        kind.choices = ProjectCost._meta.get_field("kind").choices  # no blank one among buttons
        prepare(self.fields["year"])
        self.order_fields(self.Meta.fields)

    def clean_amount_pence(self) -> int:
        pence: int = self.cleaned_data["amount_pence"]
        if pence < 0:
            raise forms.ValidationError(_("Enter nought or more."))
        return pence

    def clean(self) -> dict[str, Any]:
        super().clean()
        known = self.cleaned_data
        same = ProjectCost.objects.filter(
            project=self.instance.project, year=known.get("year"), kind=known.get("kind")
        ).exclude(pk=self.instance.pk)
        if not self.errors and same.exists():
            self.add_error("kind", _("There is such a figure for that year already: change that one."))
        return known
