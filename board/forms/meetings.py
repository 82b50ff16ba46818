"""Planning a meeting: making it, moving it, cancelling it; why a paper is late."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import lazy_label_in
from wlga_portal.kernel.forms import MomentField, PortalForm, PortalModelForm, TextArea

from ..models import Interpretation, Lateness, Meeting, MeetingKind
from .boards import IN_BOTH, both_sides
from .fields import ClockField

FIRST = _("Like 09:30 or 2:30pm.")


class WhenForm(PortalModelForm):
    """When and where: the times of a meeting, or until when members answer by correspondence."""

    starts_at = ClockField(label=_("Starts at"), required=False, help_text=FIRST)
    ends_at = ClockField(label=_("Ends at"), required=False)
    closes_at = MomentField(label=_("Members answer until"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        gone = ("date", "starts_at", "ends_at", "place_en", "place_cy") if self.in_writing else ("closes_at",)
        for name in gone:
            self.fields.pop(name, None)

    @property
    def in_writing(self) -> bool:
        return bool(self.instance.kind == MeetingKind.CORRESPONDENCE)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        today = timezone.localdate()
        if self.in_writing:
            closes = data.get("closes_at")
            if closes:
                self.instance.date = timezone.localtime(closes).date()
                if closes <= timezone.now():
                    self.add_error("closes_at", _("Choose a time to come."))
            return data
        if data.get("date") and data["date"] < today:
            self.add_error("date", _("Choose a day to come."))
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if ends and not starts:
            self.add_error("starts_at", _("Say when the meeting starts."))
        elif starts and ends and ends <= starts:
            self.add_error("ends_at", _("The meeting ends after it starts."))
        if bool(data.get("place_en")) != bool(data.get("place_cy")):
            self.add_error("place_cy" if data.get("place_en") else "place_en", IN_BOTH)
        return data


class DetailsForm(PortalModelForm):
    """What is said of a meeting beside its time and place."""

    class Meta:
        model = Meeting
        fields = ["title_en", "title_cy", "link", "quorum", "interpretation"]
        help_texts = {
            "title_en": _("Without one, the meeting is called by its date."),
            "title_cy": _("Without one, the meeting is called by its date."),
            "link": _("Members see it, and who sees to the meeting."),
        }
        widgets = {"interpretation": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.by_correspondence:
            for name in ("link", "interpretation"):
                del self.fields[name]
        else:
            choice: Any = self.fields["interpretation"]
            choice.choices = Interpretation.choices

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("title_en") or data.get("title_cy"):
            both_sides(self, "title", IN_BOTH)
        if data.get("quorum") == 0:
            self.add_error("quorum", _("A quorum is at least one, or none is set."))
        return data


class MeetingNewForm(WhenForm, DetailsForm):
    """A new meeting of a board, or a decision by correspondence."""

    class Meta(DetailsForm.Meta):
        fields = [
            "title_en", "title_cy", "date", "closes_at", "starts_at", "ends_at", "place_en", "place_cy", "link",
            "quorum", "interpretation",
        ]  # fmt: skip


def reason_field(language: str) -> forms.CharField:
    label = lazy_label_in(_("Reason"), language)
    return forms.CharField(label=label, max_length=500, widget=TextArea({"rows": "3"}))


class MoveForm(WhenForm):
    """Another time or place, and the reason that all are told in their language."""

    reason_en, reason_cy = reason_field("en"), reason_field("cy")
    pair_labels = {"reason": _("Reason, which everybody is told")}

    class Meta:
        model = Meeting
        fields = ["date", "closes_at", "starts_at", "ends_at", "place_en", "place_cy"]

    def reason(self) -> tuple[str, str]:
        return self.cleaned_data["reason_en"], self.cleaned_data["reason_cy"]


class CancelForm(PortalForm):
    """Why the meeting will not take place."""

    reason_en, reason_cy = reason_field("en"), reason_field("cy")
    pair_labels = {"reason": _("Reason, which everybody is told")}

    def reason(self) -> tuple[str, str]:
        return self.cleaned_data["reason_en"], self.cleaned_data["reason_cy"]


class LatenessForm(PortalModelForm):
    """Why a paper is published after its day."""

    class Meta:
        model = Lateness
        fields = ["reason_en", "reason_cy"]
        widgets = {name: TextArea({"rows": "3"}) for name in ("reason_en", "reason_cy")}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        both_sides(self, "reason", IN_BOTH)
        return data
