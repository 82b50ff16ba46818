"""What is asked to make projects into others."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wlga_portal.kernel.forms import NumberField, PortalForm

from ..carrying import WHOLE, Becomes, movable
from ..models import Project
from ..states import OPEN, Status
from .projects import ByTitle

STAYS = "stays"
PARTS = ("first", "second", "third")


def choices_beside(project: Project) -> QuerySet[Project]:
    """The projects that may be joined with this one: open, and of the same world."""
    found = Project.objects.filter(status__in=[*OPEN, Status.UNSTATED], is_demo=project.is_demo)
    return found.exclude(pk=project.pk).by_title()


class WhyForm(PortalForm):
    """The reason, which the team reads in the history."""

    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea,
        help_text=gettext_lazy("Kept in the history, where the team sees it."),
    )


class BecomesForm(WhyForm):
    """One later project: an existing one, or a new one with its title."""

    pair_labels = {"title": gettext_lazy("Title of the new project")}
    into = ByTitle(queryset=Project.objects.none(), label=gettext_lazy("A project that there is"), required=False)
    title_en = forms.CharField(max_length=200, required=False)
    title_cy = forms.CharField(max_length=200, required=False)
    field_order: tuple[str, ...] = ("into", "title_en", "title_cy", "why")

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, ByTitle):
                field.queryset = choices_beside(project)

    def clean(self) -> dict[str, Any]:
        title = [self.cleaned_data.get(f"title_{one}", "").strip() for one in ("en", "cy")]
        if self.cleaned_data.get("into") and any(title):
            raise forms.ValidationError(_("Choose a project that there is, or give a new title: not both."))
        if not self.cleaned_data.get("into"):
            for language, sentence in (
                ("en", _("Write the title in English.")),
                ("cy", _("Write the title in Welsh.")),
            ):
                if not self.cleaned_data.get(f"title_{language}", "").strip():
                    self.add_error(f"title_{language}", sentence)
        return self.cleaned_data

    def becomes(self) -> list[Becomes]:
        given = self.cleaned_data
        return [Becomes(given["into"], (given["title_en"].strip(), given["title_cy"].strip()))]


class SucceedForm(BecomesForm):
    """One project goes on as another."""


class MergeForm(BecomesForm):
    """Two to four projects become one."""

    other = ByTitle(queryset=Project.objects.none(), label=gettext_lazy("Merge it with"))
    third = ByTitle(queryset=Project.objects.none(), label=gettext_lazy("and with"), required=False)
    fourth = ByTitle(queryset=Project.objects.none(), label=pgettext_lazy("one more", "and with"), required=False)
    field_order = ("other", "third", "fourth", "into", "title_en", "title_cy", "why")

    def others(self) -> list[Project]:
        return [one for one in (self.cleaned_data[name] for name in ("other", "third", "fourth")) if one]

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen = [self.cleaned_data.get(name) for name in ("other", "third", "fourth", "into")]
        named = [one.pk for one in chosen if one]
        if len(set(named)) != len(named):
            raise forms.ValidationError(_("Choose each project once."))
        return self.cleaned_data


class SplitForm(WhyForm):
    """Parts of a project become projects of their own; what is given to none of them stays."""

    pair_labels = {
        "first": gettext_lazy("Title of the first new project"),
        "second": gettext_lazy("Title of the second new project"),
        "third": gettext_lazy("Title of the third new project"),
    }
    first_en = forms.CharField(max_length=200, error_messages={"required": gettext_lazy("Write the title in English.")})
    first_cy = forms.CharField(max_length=200, error_messages={"required": gettext_lazy("Write the title in Welsh.")})
    first_share = NumberField(label=gettext_lazy("Its share of the money, in per cent"), max_value=WHOLE)
    second_en = forms.CharField(max_length=200, required=False)
    second_cy = forms.CharField(max_length=200, required=False)
    second_share = NumberField(
        label=pgettext_lazy("of the second", "Its share of the money, in per cent"), max_value=WHOLE, required=False
    )
    third_en = forms.CharField(max_length=200, required=False)
    third_cy = forms.CharField(max_length=200, required=False)
    third_share = NumberField(
        label=pgettext_lazy("of the third", "Its share of the money, in per cent"), max_value=WHOLE, required=False
    )
    ends = forms.BooleanField(label=gettext_lazy("The project ends: nothing stays with it"), required=False)

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            STAYS: pgettext_lazy("of a row when a project is split", "Stays here"),
            "first": pgettext_lazy("of a row when a project is split", "Goes to the first"),
            "second": pgettext_lazy("of a row when a project is split", "Goes to the second"),
            "third": pgettext_lazy("of a row when a project is split", "Goes to the third"),
        }
        headings = {
            "deliverable": _("Deliverable"), "benefit": _("Benefit"), "milestone": _("Milestone"), "risk": _("Risk"),
        }  # fmt: skip
        self.rows: dict[str, tuple[str, int]] = {}
        for kind, found in movable([project.pk]).items():
            for row in found:
                name = f"row_{kind}_{row.pk}"
                self.rows[name] = (kind, row.pk)
                self.fields[name] = forms.ChoiceField(
                    label=f"{headings[kind]}: {row.title}", choices=list(labels.items()), initial=STAYS
                )
        self.order_fields([*(f for f in self.fields if f not in {"why", "ends"}), "ends", "why"])
        self.has_money = project.costs.exists()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for part in PARTS[1:]:
            titles = {one: (given.get(f"{part}_{one}") or "").strip() for one in ("en", "cy")}
            sentences = {"en": _("Write the title in English."), "cy": _("Write the title in Welsh.")}
            for language, sentence in sentences.items():
                if any(titles.values()) and not titles[language]:
                    self.add_error(f"{part}_{language}", sentence)
        there = {part for part in PARTS if (given.get(f"{part}_en") or "").strip()}
        for part in PARTS[1:]:
            if part not in there and given.get(f"{part}_share"):
                self.add_error(f"{part}_share", _("Give this project a title, or leave its share empty."))
        for name in self.rows:
            if given.get(name) not in {STAYS, None, *there}:
                self.add_error(name, _("There is no such project: give it a title above."))
        share = sum(given.get(f"{part}_share") or 0 for part in there)
        if share > WHOLE:
            self.add_error("first_share", _("The shares of the money are more than the whole."))
        if given.get("ends") and self.has_money and share != WHOLE:
            self.add_error("ends", _("A project that ends gives all its money away: the shares must make 100."))
        if given.get("ends") and any(given.get(name) == STAYS for name in self.rows):
            self.add_error("ends", _("A project that ends keeps nothing: say where each of its rows goes."))
        return given

    def becomes(self) -> list[Becomes]:
        given = self.cleaned_data
        return [
            Becomes(
                None,
                (given[f"{part}_en"].strip(), given[f"{part}_cy"].strip()),
                given[f"{part}_share"] or 0,
                frozenset(row for name, row in self.rows.items() if given[name] == part),
            )
            for part in PARTS
            if given[f"{part}_en"].strip()
        ]
