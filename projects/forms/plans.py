"""What the team fills in for a delivery plan: the plan, its money, its projects, its deliverables, its changes."""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.forms.base import prepare

from ..models import Deliverable, DeliveryPlan, FundingLine, Milestone, PlanChange, PlanProject, Project, Strategy
from ..models.plans import YEAR
from ..states import ChangeKind, Status
from .parts import PartForm
from .projects import ByTitle, past_day


def by_name(field: Any, queryset: Any) -> None:
    """A choice among organisations, by name."""
    field.queryset = queryset
    field.label_from_instance = lambda organisation: str(organisation.name)


class PlanForm(PartForm):
    """A delivery plan. Once it is agreed it stays so, and its list and targets move by agreed changes alone."""

    whole = ("title",)
    paired = ("status_note", "overall", "grant_note")
    strategy = ByTitle(queryset=Strategy.objects.none(), label=gettext_lazy("Strategy"), required=False)

    class Meta:
        model = DeliveryPlan
        fields = (
            "title_en",
            "title_cy",
            "year",
            "starts",
            "ends",
            "strategy",
            "agreed_with",
            "agreed_on",
            "grant_pence",
            "grant_note_en",
            "grant_note_cy",
            "status_note_en",
            "status_note_cy",
            "overall_en",
            "overall_cy",
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "year": gettext_lazy("A financial year, like 2027-28."),
            "agreed_with": gettext_lazy("Fill this in when it is agreed. From then on every change is proposed first."),
            "grant_pence": gettext_lazy("Left empty where it is not published. That is not nought."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        by_name(self.fields["agreed_with"], Organisation.objects.choosable(self.instance.agreed_with_id).by_name())
        self.fields["agreed_with"].label = _("Agreed with")
        self.fields["strategy"].queryset = Strategy.objects.order_by("title_en")  # type: ignore[attr-defined]  # a choice
        self.fields["agreed_on"].validators.append(past_day)
        self.order_fields(self.Meta.fields)

    def clean_year(self) -> str:
        year: str = self.cleaned_data["year"].strip()
        if not re.fullmatch(YEAR, year) or int(year[5:]) != (int(year[:4]) + 1) % 100:
            raise forms.ValidationError(_("Enter a financial year, like 2027-28."))
        same = DeliveryPlan.objects.filter(year=year, is_demo=self.instance.is_demo).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("There is a plan for that year already."))
        return year

    def clean(self) -> dict[str, Any]:
        super().clean()
        known = self.cleaned_data
        if known.get("starts") and known.get("ends") and known["ends"] <= known["starts"]:
            self.add_error("ends", _("The last day must be after the first."))
        if known.get("agreed_on") and not known.get("agreed_with"):
            self.add_error("agreed_with", _("Say who it was agreed with."))
        if self.instance.is_agreed and not known.get("agreed_with") and "agreed_with" not in self.errors:
            self.add_error("agreed_with", _("It is agreed: that is not taken back."))
        return known


class FundingForm(PartForm):
    """Money of a plan."""

    paired = ("title",)

    class Meta:
        model = FundingLine
        fields = ("source", "title_en", "title_cy", "amount_pence")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        by_name(self.fields["source"], Organisation.objects.choosable(self.instance.source_id).by_name())
        self.fields["amount_pence"].help_text = _("Left empty where it is not published. That is not nought.")

    def clean_amount_pence(self) -> int | None:
        pence: int | None = self.cleaned_data["amount_pence"]
        if pence is not None and pence < 0:
            raise forms.ValidationError(_("Enter nought or more."))
        return pence

    def clean(self) -> dict[str, Any]:
        super().clean()
        known = self.cleaned_data
        if not self.errors and not known.get("source") and not known.get("title_en"):
            self.add_error("source", _("Choose where it comes from, or give it a title."))
        return known


class ListingForm(PartForm):
    """A project in the list of a plan that is not agreed yet."""

    project = ByTitle(queryset=Project.objects.none(), label=gettext_lazy("Project"))

    class Meta:
        model = PlanProject
        fields = ("project", "listed_as")
        labels: ClassVar[dict[str, Any]] = {"listed_as": gettext_lazy("Listed as")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["project"]
        else:
            self.fields["project"].queryset = addable(self.instance.plan)  # type: ignore[attr-defined]  # a choice
        prepare(self.fields["listed_as"])


def addable(plan: DeliveryPlan) -> Any:
    """The projects that a plan may take in: open, and not in its list."""
    listed = PlanProject.objects.filter(plan=plan).values("project")
    found = Project.objects.filter(is_demo=plan.is_demo).exclude(status__in=[Status.CLOSED, Status.CONTINUED])
    return found.exclude(pk__in=listed).by_title()


class DeliverableForm(PartForm):
    """A promise of a plan and what came of it. The target of an agreed plan is not asked for."""

    whole = ("title",)
    paired = ("unit", "note", "evidence")
    project = ByTitle(queryset=Project.objects.none(), label=gettext_lazy("Project"), required=False)

    class Meta:
        model = Deliverable
        fields = (
            "title_en",
            "title_cy",
            "project",
            "target",
            "actual",
            "unit_en",
            "unit_cy",
            "outcome",
            "evidence_en",
            "evidence_cy",
            "evidence_url",
            "note_en",
            "note_cy",
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plan = self.instance.plan
        listed = Project.objects.filter(listings__plan=plan) | Project.objects.filter(pk=self.instance.project_id)
        self.fields["project"].queryset = listed.distinct().by_title()  # type: ignore[attr-defined]  # a choice
        if plan.is_agreed:
            del self.fields["target"]
        if self.instance.unit_forms:  # the plural forms of its unit go with it
            del self.fields["unit_en"], self.fields["unit_cy"]
        self.order_fields(self.Meta.fields)

    def clean(self) -> dict[str, Any]:
        super().clean()
        known = self.cleaned_data
        counted = known.get("target", self.instance.target) is not None or known.get("actual") is not None
        if counted and "unit_en" in self.fields and not known.get("unit_en") and not known.get("unit_cy"):
            for name in ("unit_en", "unit_cy"):
                self.add_error(name, _("Say what the figures count."))
        return known


# --- Changes of an agreed plan --------------------------------------------------------------------
class ChangeForm(PartForm):
    """A change of an agreed plan, proposed with its reason."""

    kind: ClassVar[ChangeKind]
    whole = ("reason",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.kind = self.kind

    def choose(self, name: str, queryset: Any) -> None:
        """One thing of those that the change may be about."""
        self.fields[name] = ByTitle(queryset=queryset, label=self.fields[name].label)
        prepare(self.fields[name])
        self.order_fields(type(self).Meta.fields)  # type: ignore[attr-defined]  # each of the four below has one


class AddProjectForm(ChangeForm):
    kind = ChangeKind.ADDED

    class Meta:
        model = PlanChange
        fields = ("project", "listed_as", "reason_en", "reason_cy")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choose("project", addable(self.instance.plan))


class DropProjectForm(ChangeForm):
    kind = ChangeKind.DROPPED

    class Meta:
        model = PlanChange
        fields = ("project", "reason_en", "reason_cy")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choose("project", Project.objects.filter(listings__plan=self.instance.plan).by_title())


class MoveTargetForm(ChangeForm):
    kind = ChangeKind.TARGET

    class Meta:
        model = PlanChange
        fields = ("deliverable", "target_after", "reason_en", "reason_cy")
        help_texts: ClassVar[dict[str, Any]] = {"target_after": gettext_lazy("Left empty, it has no number.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        counted = self.instance.plan.deliverables.exclude(unit_en="").in_order()
        self.choose("deliverable", counted)

    def clean(self) -> dict[str, Any]:
        super().clean()
        deliverable = self.cleaned_data.get("deliverable")
        after = self.cleaned_data.get("target_after")
        if deliverable is not None and "target_after" not in self.errors and deliverable.target == after:
            self.add_error("target_after", _("This is the target already."))
        return self.cleaned_data


class MoveBaselineForm(ChangeForm):
    kind = ChangeKind.BASELINE

    class Meta:
        model = PlanChange
        fields = ("milestone", "day_after", "reason_en", "reason_cy")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plan = self.instance.plan
        rows = Milestone.objects.filter(project__listings__plan=plan, baseline__isnull=False, dropped_on=None)
        self.choose("milestone", rows.select_related("project").order_by("project__title_key_en", "baseline", "pk"))
        field: Any = self.fields["milestone"]
        field.label_from_instance = lambda one: f"{one.project.title}: {one.title}"
        self.fields["day_after"].required = True
        prepare(self.fields["day_after"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        milestone = self.cleaned_data.get("milestone")
        if milestone is not None and milestone.baseline == self.cleaned_data.get("day_after"):
            self.add_error("day_after", _("This is the baseline already."))
        return self.cleaned_data


class AgreeForm(PartForm):
    """Who agreed to a change, when, and where that is written."""

    class Meta:
        model = PlanChange
        fields = ("agreed_by_name", "agreed_on", "reference")
        help_texts: ClassVar[dict[str, Any]] = {
            "agreed_by_name": gettext_lazy("The person or office at Welsh Government."),
            "reference": gettext_lazy("Of the letter or message in which it was agreed."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = True
            prepare(field)
        self.fields["agreed_on"].validators.append(past_day)

    def clean(self) -> dict[str, Any]:
        day = self.cleaned_data.get("agreed_on")
        if day and day < self.instance.proposed_on:
            self.add_error("agreed_on", _("It cannot be agreed before it was proposed."))
        return self.cleaned_data
