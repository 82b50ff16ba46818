"""The same change in several projects: which, what, why."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accounts.models import User
from accounts.roles import Role
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import DayField, PortalForm

from ..models import Project, Theme
from ..querysets import NONE
from ..states import Phase
from .projects import past_day

NO_CHANGE = ("", pgettext_lazy("in several projects", "No change"))


class Titles(forms.ModelMultipleChoiceField):
    """Several projects, by their titles."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class BulkForm(PortalForm):
    """`changes` holds the new value of each column that is to change: a phase, or a row's id, or None."""

    marks_optional = False
    projects = Titles(
        queryset=Project.objects.none(), label=gettext_lazy("Projects"), widget=forms.CheckboxSelectMultiple
    )
    phase = forms.ChoiceField(label=gettext_lazy("Phase"), required=False, choices=[NO_CHANGE, *Phase.choices])
    since = DayField(
        label=gettext_lazy("In this phase since"),
        required=False,
        help_text=gettext_lazy("Only when you change the phase. Left empty, it is today."),
        validators=[past_day],
    )
    lead = forms.ChoiceField(label=gettext_lazy("Lead"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Strategy theme"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=300,
        help_text=gettext_lazy("Kept in the history, where the team sees it."),
    )

    def __init__(self, *args: Any, projects: QuerySet[Project], **options: Any) -> None:
        super().__init__(*args, **options)
        boxes: Any = self.fields["projects"]
        boxes.queryset = projects
        boxes.widget.attrs["class"] = "govuk-checkboxes--small"
        team = User.objects.filter(memberships__role__in=[Role.TEAM, Role.HEAD_OF_DELIVERY], is_active=True)
        leads = [(str(pk), name) for pk, name in team.distinct().order_by("name", "pk").values_list("pk", "name")]
        title = f"title_{page_language()}"
        themes = [(str(pk), name) for pk, name in Theme.objects.order_by(title).values_list("pk", title)]
        choices: Any = self.fields
        choices["lead"].choices = [NO_CHANGE, (NONE, pgettext("lead of a project", "Nobody")), *leads]
        choices["theme"].choices = [NO_CHANGE, (NONE, pgettext("theme of a project", "None")), *themes]

    @property
    def changes(self) -> dict[str, Any]:
        """By column."""
        given = self.cleaned_data
        rows = {f"{name}_id": str(given[name]) for name in ("lead", "theme") if given.get(name)}
        found: dict[str, Any] = {name: None if value == NONE else int(value) for name, value in rows.items()}
        return ({"phase": given["phase"]} if given.get("phase") else {}) | found

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.changes:
            raise forms.ValidationError(_("Choose at least one change: a phase, a lead or a theme."))
        return self.cleaned_data
