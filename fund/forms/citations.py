"""What a bid builds on: a bid that is published here, or a page elsewhere."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fund.models import Bid
from wlga_portal.kernel.forms import PortalForm


class ByHeading(forms.ModelChoiceField):
    """A choice among bids, with the year of their round."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.heading} ({obj.round.year})"


class CitationForm(PortalForm):
    """One of the two: a bid of an earlier round, or a title with the address of its page."""

    marks_optional = False
    source = ByHeading(
        queryset=Bid.objects.none(), label=_("Bid of an earlier round"), required=False, empty_label=_("Another page")
    )
    title = forms.CharField(label=_("Title of the other page"), max_length=200, required=False)
    link = forms.URLField(label=_("Address of the other page"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args: Any, bid: Bid, **options: Any) -> None:
        super().__init__(*args, **options)
        earlier = Bid.objects.public().select_related("round").order_by("-round__year", "order", "pk")
        self.fields["source"].queryset = earlier  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("source") and not given.get("title"):
            raise ValidationError(gettext("Choose a bid, or give the title of another page."))
        if given.get("source"):
            given["title"] = given["link"] = ""
        return given
