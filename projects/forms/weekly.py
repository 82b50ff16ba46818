"""One project on the weekly screen: what is said of it this week, and the milestones whose forecast moves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import Mark
from wlga_portal.kernel.forms import DayField
from wlga_portal.kernel.wording import day

from ..models import Milestone, Project, StatusUpdate
from ..states import Confidence
from .projects import UpdateForm

TEXTS = ("reason_en", "reason_cy", "text_en", "text_cy", "internal")
SAID = ("confidence", *TEXTS)


class WeeklyForm(UpdateForm):
    """Filled with what was said last: `base` is that update, or None where nothing was ever said.

    Only what the person changed counts: `says` (an update is to be posted), `moved` (milestones with new forecasts).
    The inputs `base` and `was_<milestone>` say from what the page was filled, so that nobody is overwritten unseen.
    """

    class Meta(UpdateForm.Meta):
        fields = SAID

    def __init__(self, project: Project, *, base: StatusUpdate | None, data: Any = None, draft: Any = None) -> None:
        self.project, self.base = project, base
        self.standing = project.now
        milestones = list(project.milestones.all())
        initial = {
            "confidence": base.confidence if base else "",
            "reason_en": base.reason.en if base else "",
            "reason_cy": base.reason.cy if base else "",
            **{forecast_name(one): one.expected_on for one in milestones},
        }
        self.said_before = {name: initial.get(name, "") for name in SAID}
        super().__init__(data, prefix=f"p{project.pk}", initial=initial, instance=StatusUpdate(project=project))
        self.milestones = {forecast_name(one): one for one in milestones}
        for name, milestone in self.milestones.items():
            self.fields[name] = DayField(label=str(milestone.title), required=False)
            self.fields[name].error_messages["emptied"] = _("Enter the day on which it is expected.")
        radios: Any = self.fields["confidence"]
        radios.choices = Confidence.choices
        radios.widget.attrs["class"] = "govuk-radios--inline govuk-radios--small"
        for name in TEXTS:
            self.fields[name].widget.attrs["rows"] = 3
        if data is None and draft is not None:
            self.initial = {**self.initial, **self.read(draft.data)}
        if self.is_bound and not self.says:
            for name in SAID:
                self.fields[name].required = False

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What was sent or kept for each field that is there, as its widget reads it; names are without the prefix."""
        return {
            name: field.widget.value_from_datadict(data, {}, name)
            for name, field in self.fields.items()
            if not field.widget.value_omitted_from_data(data, {}, name)
        }

    @property
    def says(self) -> bool:
        """Whether anything of the update differs from what was said last."""
        return any(name in SAID for name in self.changed_data)

    @property
    def base_name(self) -> str:
        return self.add_prefix("base")

    @property
    def forecasts(self) -> list[tuple[forms.BoundField, str, str]]:
        """Each milestone's field with the name and the value of the input that says what it was."""
        return [
            (self[name], self.add_prefix(was_name(one)), one.forecast.isoformat() if one.forecast else "")
            for name, one in self.milestones.items()
        ]

    @property
    def moved(self) -> dict[Milestone, date]:
        """The milestones that the person moved, each with its new forecast."""
        return {
            one: self.cleaned_data[name]
            for name, one in self.milestones.items()
            if name in self.cleaned_data and self.is_moved(one) and self.cleaned_data[name] != one.forecast
        }

    def is_moved(self, milestone: Milestone) -> bool:
        """Whether what was sent differs from what the page was filled with."""
        name = forecast_name(milestone)
        sent = self.fields[name].widget.value_from_datadict(self.data, {}, self.add_prefix(name))
        before = self.was(milestone) or milestone.baseline
        return self.fields[name].has_changed(before, sent)

    def was(self, milestone: Milestone) -> date | None:
        """The forecast that the person saw."""
        try:
            return date.fromisoformat(str(self.data.get(self.add_prefix(was_name(milestone)), "")))
        except ValueError:
            return None

    @property
    def touched(self) -> bool:
        """Whether there is anything to keep or to publish."""
        return self.says or any(self.is_moved(one) for one in self.milestones.values())

    @property
    def has_notes(self) -> bool:
        """Whether the public text or the internal note has something in it, right or wrong."""
        return any(self[name].value() or name in self.errors for name in TEXTS[2:])

    @property
    def has_moves(self) -> bool:
        """Whether a milestone's field differs from its forecast, or is wrong."""
        return any(
            name in self.errors or self.fields[name].has_changed(one.expected_on, self[name].value())
            for name, one in self.milestones.items()
        )

    @property
    def mark(self) -> str:
        """The mark of the reason: where one side alone was changed, the other is behind it."""
        new = {name: self.cleaned_data[name] != self.said_before[name] for name in ("reason_en", "reason_cy")}
        if self.base is None or all(new.values()):
            return str(Mark.UNREVIEWED)
        if any(new.values()):
            return str(Mark.STALE_CY if new["reason_en"] else Mark.STALE_EN)
        return self.base.mark_of("reason")

    @property
    def behind(self) -> str:
        """The language of the reason that a kept draft leaves behind the other, or ''."""
        if self.base is None:
            return ""
        new = {side: self[f"reason_{side}"].value() != self.said_before[f"reason_{side}"] for side in ("en", "cy")}
        return "" if new["en"] == new["cy"] else "cy" if new["en"] else "en"

    def _post_clean(self) -> None:
        """Where nothing is said, no update is made, so none is checked."""
        if self.says:
            super()._post_clean()  # type: ignore[misc]  # Django's own, which its stubs leave out

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        newer = self.standing is not None and self.standing.update_id != (self.base.pk if self.base else 0)
        if newer and self.says:
            self.add_error("confidence", newer_sentence(self.standing))
        for name, milestone in self.milestones.items():
            if name in self.errors or not self.is_moved(milestone):
                continue
            if cleaned.get(name) is None:
                self.add_error(name, self.fields[name].error_messages["emptied"])
            elif milestone.forecast != self.was(milestone) and cleaned[name] != milestone.forecast:
                self.add_error(name, moved_sentence(milestone))
        return cleaned


def focus_of(project: Project, confidence: str) -> str:
    """The id of the radio of this confidence on the weekly screen; of the first where it is none."""
    place = Confidence.values.index(confidence) if confidence in Confidence.values else 0
    return f"id_p{project.pk}-confidence" + (f"-{place + 1}" if place else "")


def forecast_name(milestone: Milestone) -> str:
    return f"forecast_{milestone.pk}"


def was_name(milestone: Milestone) -> str:
    return f"was_{milestone.pk}"


def newer_sentence(standing: Any) -> str:
    """Somebody posted while this person wrote: both texts are on the page, and the person says what holds."""
    parts = {"confidence": Confidence(standing.confidence).label, "reason": standing.update.reason}
    return (
        _(
            "Somebody posted an update meanwhile (%(confidence)s: “%(reason)s”). What you wrote is still here:"
            " publish again to post it after theirs."
        )
        % parts
    )


def moved_sentence(milestone: Milestone) -> str:
    return _("Somebody moved this to %(day)s meanwhile: publish again to move it to your day.") % {
        "day": day(milestone.forecast)
    }
