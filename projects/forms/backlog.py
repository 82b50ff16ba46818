"""The decisions of a meeting about the backlog."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wlga_portal.kernel.forms import DayField, PortalForm

from ..decisions import Decided
from ..models import Project
from ..states import BacklogDecision
from .projects import demand_both, past_day

NOT_DISCUSSED = ""
EXAMPLE = gettext_lazy("For example: delivery meeting")


def later_day(day: date) -> None:
    """Raises ValidationError for a day that is not yet to come."""
    if day <= timezone.localdate():
        raise forms.ValidationError(_("Choose a day after today."))


class MeetingForm(PortalForm):
    """The meeting whose decisions are recorded."""

    pair_labels = {"meeting": gettext_lazy("Meeting")}
    decided_on = DayField(label=gettext_lazy("Day of the meeting"), validators=[past_day])
    meeting_en = forms.CharField(
        max_length=200, required=False, help_text=gettext_lazy("For example: delivery meeting")
    )
    meeting_cy = forms.CharField(
        max_length=200, required=False, help_text=gettext_lazy("For example: delivery meeting")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"decided_on": timezone.localdate(), **(options.get("initial") or {})}
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        demand_both(self, "meeting")
        return self.cleaned_data


class DecisionForm(PortalForm):
    """What the meeting decided about one project; left alone, it was not discussed."""

    marks_optional = False
    pair_labels = {"reason": gettext_lazy("Reason")}
    decision = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect, required=False)
    reason_en = forms.CharField(max_length=2000, widget=forms.Textarea, required=False)
    reason_cy = forms.CharField(max_length=2000, widget=forms.Textarea, required=False)
    review_on = DayField(
        label=gettext_lazy("To be reviewed on"),
        required=False,
        validators=[later_day],
        help_text=gettext_lazy("For what stays in the backlog."),
    )

    def __init__(self, *args: Any, project: Project, may_drop: bool, **options: Any) -> None:
        super().__init__(*args, prefix=f"p{project.pk}", **options)
        self.project = project
        given = [BacklogDecision.KEEP, BacklogDecision.START, *([BacklogDecision.DROP] if may_drop else [])]
        self.fields["decision"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (NOT_DISCUSSED, pgettext_lazy("decision about the backlog", "Not discussed")),
            *((one.value, one.label) for one in given),
        ]
        self.initial.setdefault("decision", NOT_DISCUSSED)

    def clean(self) -> dict[str, Any]:
        decision = self.cleaned_data.get("decision")
        if not decision:
            return self.cleaned_data
        demand_both(self, "reason")
        if not any((self.cleaned_data.get(f"reason_{one}") or "").strip() for one in ("en", "cy")):
            self.add_error("reason_en", _("Write the reason in English."))
            self.add_error("reason_cy", _("Write the reason in Welsh."))
        if decision == BacklogDecision.KEEP and "review_on" not in self.errors and not self.cleaned_data["review_on"]:
            self.add_error("review_on", _("Choose the day on which it is looked at again."))
        return self.cleaned_data

    def decided(self) -> Decided | None:
        """The decision, or None where it was not discussed."""
        given = self.cleaned_data
        if not given["decision"]:
            return None
        stays = given["decision"] == BacklogDecision.KEEP
        reason = (given["reason_en"].strip(), given["reason_cy"].strip())
        return Decided(self.project, given["decision"], reason, given["review_on"] if stays else None)


class ReviewDateForm(PortalForm):
    """The day on which an item of the backlog is looked at again."""

    review_on = DayField(label=gettext_lazy("To be reviewed on"), validators=[later_day])
