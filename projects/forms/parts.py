"""What the team fills in for the parts of a project: milestones, risks, benefits, money, partners, what was learnt."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.roles import Role
from organisations.models import Organisation
from wlga_portal.kernel.forms import DayField, PortalModelForm
from wlga_portal.kernel.forms.base import prepare

from ..models import Benefit, Document, Gate, Lesson, Milestone, ProjectPartner, Risk
from ..models.risks import CERTAIN
from ..states import PartnerRole, RiskKind
from .projects import demand_both, past_day

LEVELS: list[tuple[int, Any]] = [
    (1, pgettext_lazy("level of a risk", "1: very low")),
    (2, pgettext_lazy("level of a risk", "2: low")),
    (3, pgettext_lazy("level of a risk", "3: medium")),
    (4, pgettext_lazy("level of a risk", "4: high")),
    (5, pgettext_lazy("level of a risk", "5: very high")),
]


def team_members(present: int | None = None) -> Any:
    """The people of the digital team, and whoever is chosen now."""
    team = User.objects.filter(memberships__role__in=[Role.TEAM, Role.HEAD_OF_DELIVERY], is_active=True)
    return (team | User.objects.filter(pk=present)).distinct().order_by("name")


class PartForm(PortalModelForm):
    """A part of a project or plan. `whole`: texts that it must have in both languages; `paired`: in both or none."""

    whole: ClassVar[tuple[str, ...]] = ()
    paired: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.whole:
            for language in ("en", "cy"):
                field = self.fields[f"{name}_{language}"]
                field.required = True
                prepare(field)

    def clean(self) -> dict[str, Any]:
        demand_both(self, *self.paired)
        return self.cleaned_data


class MilestoneForm(PartForm):
    """A milestone. A new expected day is appended with its reason; a baseline that is set is not asked for again."""

    whole = ("title",)
    paired = ("why",)
    pair_labels = {"why": gettext_lazy("Why the expected day moves")}
    expected = DayField(label=gettext_lazy("Expected on"), required=False)
    why_en = forms.CharField(required=False, max_length=500, widget=forms.Textarea)
    why_cy = forms.CharField(required=False, max_length=500, widget=forms.Textarea)

    class Meta:
        model = Milestone
        fields = ("title_en", "title_cy", "baseline", "actual", "dropped_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        row = options.get("instance") or Milestone()
        options["initial"] = {"expected": row.forecast, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        if row.baseline:
            del self.fields["baseline"]
        if row.pk is None:
            del self.fields["dropped_on"]
            self.fields["expected"].help_text = _("Left empty, it is the baseline.")
        for name in ("actual", "dropped_on"):
            if name in self.fields:
                self.fields[name].validators.append(past_day)
        self.order_fields(["title_en", "title_cy", "baseline", "expected", "why_en", "why_cy", "actual", "dropped_on"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        known = self.cleaned_data
        if not any((self.instance.baseline, known.get("baseline"), known.get("expected"), known.get("actual"))):
            if not self.errors:
                self.add_error("expected", _("Enter the baseline, the expected day or the actual day."))
        if self.instance.forecast and not known.get("expected") and "expected" not in self.errors:
            self.add_error("expected", _("Enter the day on which it is expected now."))
        if known.get("actual") and known.get("dropped_on"):
            self.add_error("dropped_on", _("It was reached: leave this empty."))
        return known


class RiskForm(PartForm):
    """A risk or an issue. An issue has happened: nobody is asked how likely it is."""

    whole = ("title",)
    paired = ("mitigation",)

    class Meta:
        model = Risk
        fields = (
            "kind",
            "title_en",
            "title_cy",
            "likelihood",
            "impact",
            "mitigation_en",
            "mitigation_cy",
            "owner",
            "raised_on",
            "review_on",
            "closed_on",
            "is_public",
        )
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect}
        help_texts: ClassVar[dict[str, Any]] = {
            "likelihood": gettext_lazy("For a risk. An issue has happened already."),
            "owner": gettext_lazy("While it is open."),
            "review_on": gettext_lazy("While it is open."),
            "closed_on": gettext_lazy("When it can no longer happen, or is dealt with."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("likelihood", "impact"):
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                choices=[("", "–"), *LEVELS],
                coerce=int,
                empty_value=None,
                required=name == "impact",
            )
            prepare(self.fields[name])
        self.fields["owner"].queryset = team_members(self.instance.owner_id)  # type: ignore[attr-defined]  # a choice
        for name in ("raised_on", "closed_on"):
            self.fields[name].validators.append(past_day)
        self.order_fields(self.Meta.fields)

    def clean(self) -> dict[str, Any]:
        super().clean()
        known = self.cleaned_data
        if known.get("kind") == RiskKind.ISSUE:
            known["likelihood"] = CERTAIN
        elif not known.get("likelihood") and "likelihood" not in self.errors:
            self.add_error("likelihood", _("Choose how likely it is."))
        if not known.get("closed_on") and "closed_on" not in self.errors:
            if not known.get("owner"):
                self.add_error("owner", _("Choose who owns it while it is open."))
            if not known.get("review_on") and "review_on" not in self.errors:
                self.add_error("review_on", _("Enter the day on which it is reviewed next."))
        elif known.get("raised_on") and known.get("closed_on") and known["closed_on"] < known["raised_on"]:
            self.add_error("closed_on", _("It cannot be closed before it was raised."))
        return known


class BenefitForm(PartForm):
    """A benefit, how it is measured and its figures."""

    whole = ("title",)
    paired = ("measure", "unit")

    class Meta:
        model = Benefit
        fields = (
            "title_en",
            "title_cy",
            "measure_en",
            "measure_cy",
            "unit_en",
            "unit_cy",
            "baseline",
            "target",
            "actual",
            "due_on",
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        known = self.cleaned_data
        figures = [known.get(name) for name in ("baseline", "target", "actual")]
        if any(figure is not None for figure in figures) and not known.get("unit_en") and not known.get("unit_cy"):
            for name in ("unit_en", "unit_cy"):
                self.add_error(name, _("Say what the figures count."))
        return known


class PartnerForm(PartForm):
    """An organisation in a project, and its role. The organisation of one that is there already stays."""

    class Meta:
        model = ProjectPartner
        fields = ("organisation", "role")
        labels: ClassVar[dict[str, Any]] = {"role": pgettext_lazy("of an organisation in a project", "Role")}
        widgets: ClassVar[dict[str, Any]] = {"role": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["organisation"]
        else:
            there = ProjectPartner.objects.filter(project=self.instance.project).values("organisation")
            field: Any = self.fields["organisation"]
            field.queryset = Organisation.objects.current().exclude(pk__in=there).by_name()
            field.label_from_instance = lambda organisation: str(organisation.name)
            field.label = _("Council or body")

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        leads = ProjectPartner.objects.filter(project=self.instance.project, role=PartnerRole.LEAD)
        if role == PartnerRole.LEAD and leads.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another organisation leads it: change that one first."))
        return role


class DocumentForm(PartForm):
    """A document: its title, and where each language's version is."""

    whole = ("title",)

    class Meta:
        model = Document
        fields = ("title_en", "title_cy", "url_en", "url_cy", "dated")
        help_texts: ClassVar[dict[str, Any]] = {
            name: gettext_lazy("An address on the web, or a page of this portal such as /en/board/.")
            for name in ("url_en", "url_cy")
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        known = self.cleaned_data
        if not self.errors and not known.get("url_en") and not known.get("url_cy"):
            self.add_error("url_en", _("Enter the address of at least one version."))
        for name in ("url_en", "url_cy"):
            address = known.get(name) or ""
            web = address.startswith(("https://", "http://"))
            here = address.startswith("/") and not address.startswith("//")
            if address and (not (web or here) or len(address.split()) != 1):
                self.add_error(name, _("Begin with https://, or with / for a page of this portal."))
        return known


class LessonForm(PartForm):
    """What was learnt."""

    whole = ("text",)

    class Meta:
        model = Lesson
        fields = ("text_en", "text_cy")


class GateForm(PartForm):
    """The assessment at the end of a phase: planned, or held with what it found."""

    paired = ("note",)

    class Meta:
        model = Gate
        fields = ("phase", "due_on", "held_on", "outcome", "note_en", "note_cy")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["held_on"].validators.append(past_day)

    def clean(self) -> dict[str, Any]:
        super().clean()
        known = self.cleaned_data
        if not known.get("due_on") and not known.get("held_on") and not self.errors:
            self.add_error("due_on", _("Enter the day for which it is planned, or on which it was held."))
        if known.get("held_on") and not known.get("outcome"):
            self.add_error("outcome", _("Choose what it found."))
        if known.get("outcome") and not known.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", _("Enter the day on which it was held."))
        return known
