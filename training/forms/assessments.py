"""What people fill in about their own skills, and what their manager agrees."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from organisations.models import Organisation
from projects.forms.projects import Hinted
from wlga_portal.kernel.forms import PortalForm, WordsField

from ..filters import ByTitle
from ..gaps import Line
from ..models import OWN_LEVELS, FrameworkVersion, RoleLevel
from ..rules import STAFF_ROLES

EXAMPLE_WORDS = 150


class AssessmentStartForm(PortalForm):
    """The role against which one assesses oneself."""

    council = ByTitle(queryset=Organisation.objects.none(), label=_("For which council"), empty_label=None)
    step = forms.ChoiceField(label=_("Role and level"), help_text=_("Your own, or the one that you are aiming for."))

    def __init__(self, *args: Any, councils: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        council: Any = self.fields["council"]
        council.queryset = Organisation.objects.filter(pk__in=[one.pk for one in councils]).by_name()
        if len(councils) == 1:
            council.widget, council.initial = forms.HiddenInput(), councils[0].pk
        versions = FrameworkVersion.objects.visible_to(None).current().values("pk")
        levels = RoleLevel.objects.filter(entry__family__version__in=versions, skills__isnull=False).distinct()
        groups: dict[str, list[tuple[str, str]]] = {}
        ordered = levels.order_by(
            "entry__family__version__framework", "entry__family__position", "entry__position", "position"
        )
        for step in ordered.select_related("entry__family__version__framework"):
            entry = step.entry
            group = f"{entry.family.version.framework.title}: {entry.family.title}"
            label = str(step.title) if step.title == entry.title else f"{entry.title}: {step.title}"
            groups.setdefault(group, []).append((str(step.pk), label))
        field: Any = self.fields["step"]
        field.choices = [("", "---------"), *groups.items()]


class AnswersForm(PortalForm):
    """One's own level of each skill, told by what one can do; and an example, for oneself and the manager."""

    marks_optional = False

    def __init__(self, *args: Any, lines: Iterable[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        for line in lines:
            answer = line.answer
            described = {level.level: str(level.description) for level in line.entry.levels.all()}
            self.fields[f"level-{answer.pk}"] = forms.ChoiceField(
                label=line.entry.title,
                help_text=_("Asked for: %(level)s") % {"level": line.asked_label},
                choices=[(level, Hinted(str(label), described.get(level, ""))) for level, label in OWN_LEVELS],
                initial=answer.own_level,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"example-{answer.pk}"] = WordsField(
                words=EXAMPLE_WORDS,
                label=_("An example from your work: %(skill)s") % {"skill": line.entry.title},
                help_text=_("If you like. You and your manager read it."),
                initial=answer.example,
                required=False,
            )

    def answers(self) -> dict[int, tuple[int | None, str]]:
        """The own level and the example of each answer (id)."""
        found = {}
        for name in self.cleaned_data:
            stem, _dash, number = name.partition("-")
            if stem == "level":
                level, example = self.cleaned_data[name], self.cleaned_data[f"example-{number}"]
                found[int(number)] = (int(level) if level else None, example)
        return found


class Person(forms.ModelChoiceField):
    """A choice among people, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class ShareForm(PortalForm):
    """To which manager an assessment goes: somebody of the same council."""

    manager = Person(
        queryset=User.objects.none(),
        label=_("Your manager"),
        help_text=_("Who manages you. They see your levels and examples, and nobody else does."),
    )

    def __init__(self, *args: Any, council: Organisation, by: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        members = Membership.objects.current().filter(organisation=council, role__in=STAFF_ROLES)
        people = User.objects.filter(pk__in=members.values("user"), is_active=True).exclude(pk=by.pk)
        field: Any = self.fields["manager"]
        field.queryset = people.filter(demo_slug__isnull=not by.is_demo).order_by("name", "pk")


class AgreeForm(PortalForm):
    """The manager's level of each skill, and why where it is another than the person's own."""

    marks_optional = False

    def __init__(self, *args: Any, lines: Iterable[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        self.own: dict[int, int | None] = {}
        for line in lines:
            answer = line.answer
            self.own[answer.pk] = answer.own_level
            said = {"own": line.level_label, "asked": line.asked_label}
            self.fields[f"level-{answer.pk}"] = forms.ChoiceField(
                label=line.entry.title,
                help_text=_("Says: %(own)s. Asked for: %(asked)s.") % said,
                choices=OWN_LEVELS,
                initial=answer.own_level,
            )
            self.fields[f"note-{answer.pk}"] = forms.CharField(
                label=_("Why, if your level is another: %(skill)s") % {"skill": line.entry.title},
                max_length=500,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for number, own in self.own.items():
            level = data.get(f"level-{number}")
            if level and int(level) != own and not data.get(f"note-{number}"):
                self.add_error(f"note-{number}", _("Say why your level is not the person’s own."))
        return data

    def levels(self) -> dict[int, tuple[int, str]]:
        data = self.cleaned_data
        return {number: (int(data[f"level-{number}"]), data[f"note-{number}"]) for number in self.own}


class ReturnForm(PortalForm):
    """Why a manager gives an assessment back."""

    why = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea, help_text=_("The person reads it."))
