"""What the team fills in: a status update, a project's fields, the reason for a move."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from wlga_portal.kernel.forms import DayField, PortalForm, PortalModelForm

from ..models import Project, StatusUpdate, Theme
from ..states import MEANINGS, SCALE, Confidence, Phase


class Hinted(str):
    """The label of a choice with a hint below it."""

    hint: str

    def __new__(cls, label: str, hint: str) -> "Hinted":
        made = super().__new__(cls, label)
        made.hint = hint
        return made


def past_day(day: date) -> None:
    """Raises ValidationError for a day that is yet to come."""
    if day > timezone.localdate():
        raise forms.ValidationError(_("The date must be today or earlier."))


def demand_both(form: forms.BaseForm, *names: str) -> None:
    """A text stands in both languages or in none: the empty side is at fault."""
    sentences = {"en": _("Write this in English too."), "cy": _("Write this in Welsh too.")}
    for name in names:
        sides = {language: str(form.cleaned_data.get(f"{name}_{language}") or "").strip() for language in sentences}
        if any(sides.values()):
            for language, text in sides.items():
                if not text and f"{name}_{language}" not in form.errors:
                    form.add_error(f"{name}_{language}", sentences[language])


def days_in_order(form: forms.BaseForm) -> None:
    """A project does not end before it begins."""
    first, last = form.cleaned_data.get("starts_on"), form.cleaned_data.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", _("The last day must be the first day or later."))


class UpdateForm(PortalModelForm):
    """A status update: how sure delivery is, why, and since when."""

    class Meta:
        model = StatusUpdate
        fields: tuple[str, ...] = (
            "confidence", "reason_en", "reason_cy", "text_en", "text_cy", "internal", "for_date",
        )  # fmt: skip
        widgets = {"confidence": forms.RadioSelect}
        help_texts = {
            "text_en": gettext_lazy("Optional. Shown on the public page below the reason."),
            "text_cy": gettext_lazy("Optional. Shown on the public page below the reason."),
            "internal": gettext_lazy("Only the digital team sees this."),
            "for_date": gettext_lazy("The day of which the update speaks."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"for_date": timezone.localdate(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        points = [(one.value, Hinted(str(one.label), str(MEANINGS[SCALE][one]))) for one in Confidence]
        self.fields["confidence"].choices = points  # type: ignore[attr-defined]  # a ChoiceField
        for name in ("reason_en", "reason_cy"):
            self.fields[name].required = True
        self.fields["reason_en"].error_messages["required"] = _("Write the reason in English.")
        self.fields["reason_cy"].error_messages["required"] = _("Write the reason in Welsh.")
        if "for_date" in self.fields:
            self.fields["for_date"].validators.append(past_day)

    def clean(self) -> dict[str, Any]:
        demand_both(self, "text")
        return self.cleaned_data


class ByTitle(forms.ModelChoiceField):
    """A choice among things with a title, in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class ProjectForm(PortalModelForm):
    """The fields of a project that the team keeps true."""

    theme = ByTitle(queryset=Theme.objects.none(), label=gettext_lazy("Strategy theme"), required=False)
    since = DayField(
        label=gettext_lazy("In this phase since"),
        required=False,
        help_text=gettext_lazy("Only when you change the phase. Left empty, it is today."),
    )
    why = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Kept in the history, where the team sees it."),
    )

    class Meta:
        model = Project
        fields = (
            "title_en",
            "title_cy",
            "aim_en",
            "aim_cy",
            "note_en",
            "note_cy",
            "next_step_en",
            "next_step_cy",
            "phase",
            "lead",
            "theme",
            "duration_months",
            "starts_on",
            "ends_on",
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title_en"].required = self.fields["title_cy"].required = True
        self.fields["title_en"].error_messages["required"] = _("Write the title in English.")
        self.fields["title_cy"].error_messages["required"] = _("Write the title in Welsh.")
        self.fields["since"].validators.append(past_day)
        team = User.objects.filter(memberships__role__in=[Role.TEAM, Role.HEAD_OF_DELIVERY], is_active=True)
        present = User.objects.filter(pk=self.instance.lead_id)
        self.fields["lead"].queryset = (team | present).distinct().order_by("name")  # type: ignore[attr-defined]
        self.fields["theme"].queryset = Theme.objects.order_by("title_key_en")  # type: ignore[attr-defined]
        self.order_fields([*self.Meta.fields[:9], "since", *self.Meta.fields[9:], "why"])

    def clean_duration_months(self) -> int | None:
        months: int | None = self.cleaned_data["duration_months"]
        if months == 0:
            raise forms.ValidationError(_("Enter 1 month or more, or leave it empty."))
        return months

    def clean_phase(self) -> str:
        """A phase that is known does not become unknown."""
        phase: str = self.cleaned_data["phase"]
        if not phase and self.instance.phase:
            label = Phase(self.instance.phase).label
            raise forms.ValidationError(_("Choose the phase: until now it is %(phase)s.") % {"phase": label})
        return phase

    def clean(self) -> dict[str, Any]:
        demand_both(self, "aim", "note", "next_step")
        days_in_order(self)
        return self.cleaned_data


class MoveForm(PortalForm):
    """The reason for moving a project."""

    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea,
        help_text=gettext_lazy("Kept in the history, where the team sees it."),
    )

    def __init__(self, *args: Any, why_required: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].required = why_required
