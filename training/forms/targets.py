"""What is filled in to set a target."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalModelForm
from wlga_portal.kernel.forms.base import prepare

from ..models import Target
from ..years import Year

YEARS_AHEAD = 2


class TargetForm(PortalModelForm):
    """A target of a plan year, and who set it where."""

    class Meta:
        model = Target
        fields: ClassVar[list[str]] = ["plan_year", "kind", "value", "source_en", "source_cy"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        now = Year.current().first
        years = [str(Year(first)) for first in range(now + YEARS_AHEAD, now - 6, -1)]
        field = forms.ChoiceField(
            label=_("Plan year"), choices=[(year, year) for year in years], initial=str(Year(now))
        )
        self.fields["plan_year"] = field
        for name in ("source_en", "source_cy"):
            self.fields[name].required = True
            prepare(self.fields[name])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        others = Target.objects.exclude(pk=self.instance.pk).filter(is_demo=self.instance.is_demo)
        if others.filter(plan_year=data.get("plan_year", ""), kind=data.get("kind", "")).exists():
            self.add_error("kind", _("This year has a target of this kind already."))
        return data
