"""What the team fills in about skills: a framework, its file, renamed skills and roles, and what a course teaches."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import sort_column
from wlga_portal.kernel.forms import PortalForm, PortalModelForm
from wlga_portal.kernel.scanning import demand_clean

from ..frameworks import Changes
from ..models import Course, CourseSkill, Framework, FrameworkVersion, Origin, Proficiency, SkillEntry

LARGEST = 5 * 1024 * 1024
MORE = 3  # skills that one saving adds
GONE = "0"


class FrameworkForm(PortalModelForm):
    """A framework without a version."""

    class Meta:
        model = Framework
        fields = ("title_en", "title_cy", "summary_en", "summary_cy")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("title_en", "title_cy"):
            self.fields[name].required = True


class VersionImportForm(PortalForm):
    """A file of a framework, which becomes a draft."""

    file = forms.FileField(label=_("File"), help_text=_("CSV, UTF-8, with the columns that are named below."))
    name = forms.CharField(
        label=_("Name of the version"),
        max_length=40,
        help_text=_("Such as the year, or the number that its authors gave."),
    )
    origin = forms.ChoiceField(label=_("Where it comes from"), choices=Origin.choices, widget=forms.RadioSelect)
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Who published it, where and when.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than 5 MB."))
        demand_clean(file)
        return file


class RenamesForm(PortalForm):
    """For each role and skill that a draft has and the version before had not: which of the gone ones it was."""

    marks_optional = False

    def __init__(self, *args: Any, changes: Changes, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind, new, gone in (
            ("role", changes.roles_new, changes.roles_gone),
            ("skill", changes.skills_new, changes.skills_gone),
        ):
            choices = [("", _("It is new")), *((key, title) for key, title in gone.items())]
            for key, title in new.items() if gone else ():
                self.fields[f"{kind}:{key}"] = forms.ChoiceField(label=str(title), choices=choices, required=False)

    def chosen(self, kind: str) -> dict[str, str]:
        """The key of the old one by the key of the new one."""
        marked = {name.partition(":"): value for name, value in self.cleaned_data.items() if value}
        return {key: value for (of, _colon, key), value in marked.items() if of == kind}


def skill_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The skills of the newest version of each framework that is shown, by framework."""
    versions = FrameworkVersion.objects.visible_to(None).current().values("pk")
    entries = SkillEntry.objects.filter(version__in=versions).select_related("version__framework")
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in entries.order_by("version__framework", sort_column("title")):
        groups.setdefault(str(entry.version.framework.title), []).append((str(entry.skill_id), str(entry.title)))
    return list(groups.items())


class CourseSkillsForm(PortalForm):
    """What a course teaches: a level for each skill that it has, and a few more."""

    marks_optional = False

    def __init__(self, *args: Any, course: Course, **options: Any) -> None:
        super().__init__(*args, **options)
        self.taught = list(CourseSkill.objects.filter(course=course).worded())
        for one in self.taught:
            self.fields[f"level-{one.skill_id}"] = forms.ChoiceField(
                label=str(one.skill_text),
                choices=[*Proficiency.choices, (GONE, _("Not taught any more"))],
                initial=one.level,
            )
        choices = [("", "---------"), *skill_choices()]
        for number in range(1, MORE + 1):
            names = {"number": number}
            self.fields[f"skill-{number}"] = forms.ChoiceField(
                label=_("Another skill (%(number)d)") % names, choices=choices, required=False
            )
            self.fields[f"up-to-{number}"] = forms.ChoiceField(
                label=_("Up to level (%(number)d)") % names,
                choices=[("", "---------"), *Proficiency.choices],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for number in range(1, MORE + 1):
            skill, level = data.get(f"skill-{number}"), data.get(f"up-to-{number}")
            if skill and not level:
                self.add_error(f"up-to-{number}", _("Choose up to which level it is taught."))
            if level and not skill:
                self.add_error(f"skill-{number}", _("Choose the skill."))
        return data

    def levels(self) -> dict[int, int]:
        """The level of each skill (id) that is taught."""
        data = self.cleaned_data
        more = {data[f"skill-{number}"]: data[f"up-to-{number}"] for number in range(1, MORE + 1)}
        kept = {str(one.skill_id): data[f"level-{one.skill_id}"] for one in self.taught}
        return {int(skill): int(level) for skill, level in {**kept, **more}.items() if skill and level != GONE}
