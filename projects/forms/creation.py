"""What the team fills in to begin a project."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..models import DeliveryPlan, Project, Theme
from ..states import Status
from .parts import PartForm, team_members
from .projects import ByTitle, days_in_order, demand_both

BEGINNINGS = [
    (Status.ACTIVE.value, pgettext_lazy("beginning of a project", "Work starts now")),
    (Status.BACKLOG.value, pgettext_lazy("beginning of a project", "It waits in the backlog")),
]


class ProjectNewForm(PartForm):
    """A new project. In a plan that is agreed already it is proposed, with a reason; otherwise it is listed at once."""

    whole = ("title", "aim")
    pair_labels = {"reason": gettext_lazy("Reason for adding it to an agreed plan")}
    plan = ByTitle(
        queryset=DeliveryPlan.objects.none(),
        label=gettext_lazy("Delivery plan"),
        required=False,
        help_text=gettext_lazy("In a plan that is agreed already the project is proposed, until that is agreed too."),
    )
    reason_en = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)
    reason_cy = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)
    status = forms.ChoiceField(label=gettext_lazy("Beginning"), choices=BEGINNINGS, widget=forms.RadioSelect)
    theme = ByTitle(queryset=Theme.objects.none(), label=gettext_lazy("Strategy theme"), required=False)

    class Meta:
        model = Project
        fields = ("title_en", "title_cy", "aim_en", "aim_cy", "phase", "lead", "theme", "starts_on", "ends_on")

    def __init__(self, *args: Any, user: Any = None, **options: Any) -> None:
        options["initial"] = {"status": Status.ACTIVE.value, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        querysets = {
            "lead": team_members(),
            "theme": Theme.objects.order_by("title_key_en"),
            "plan": DeliveryPlan.objects.visible_to(user).filter(ends__gte=timezone.localdate()).newest_first(),
        }
        for name, queryset in querysets.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # a choice among rows
        first, last = self.Meta.fields[:4], self.Meta.fields[4:]
        self.order_fields([*first, "status", "plan", "reason_en", "reason_cy", *last])

    def clean(self) -> dict[str, Any]:
        super().clean()
        days_in_order(self)
        known = self.cleaned_data
        plan = known.get("plan")
        if plan is not None and plan.is_agreed and not known.get("reason_en") and not known.get("reason_cy"):
            for name in ("reason_en", "reason_cy"):
                self.add_error(name, _("This plan is agreed: say why it changes."))
        demand_both(self, "reason")
        return known
