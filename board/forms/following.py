"""What is typed in of actions: what is to be done, who owns it, what shows that it was done."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from fund.models import Bid
from organisations.models import Organisation
from projects.models import Deliverable, PlanChange, Project, StatusUpdate
from training.models import Course
from wlga_portal.kernel.forms import PortalModelForm, TextArea
from wlga_portal.kernel.wording import day

from ..models import Action, Evidence, Meeting, Outcome, Person
from ..wording import unmarked
from .day import needs_one, seats_of

USER, PERSON = "user", "person"


def owner_key(person: Person) -> str:
    """The value of somebody in the list: the same whether or not they own something already."""
    return f"{USER}-{person.user_id}" if person.user_id else f"{PERSON}-{person.pk}"


class OwnerField(forms.ChoiceField):
    """A member of the board, or anybody with a role on the portal. Gives the `Person`."""

    def fill(self, meeting: Meeting, owner: Person | None = None) -> None:
        seated = [seat.person for seat in seats_of(meeting)]
        if owner is not None and owner not in seated:
            seated.append(owner)
        users = Membership.objects.current().filter(user__is_active=True).values("user")
        taken = [person.user_id for person in seated if person.user_id]
        others = User.objects.filter(pk__in=users).exclude(pk__in=taken).order_by("name", "pk")
        self.choices = [
            ("", _("Choose")),
            (_("Members of the board"), [(owner_key(one), str(one)) for one in seated]),
            (_("People of the portal"), [(f"{USER}-{one.pk}", str(one)) for one in others]),
        ]

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        kind, _sep, number = str(said).partition("-")
        if not number:
            return None
        if kind == PERSON:
            return Person.objects.get(pk=number)
        return Person.objects.filter(user_id=number).first() or Person(user_id=int(number))


class ActionForm(PortalModelForm):
    """An action of an item: its words, owner, day, and what it belongs to."""

    owner = OwnerField(label=_("Owner"))
    projects = forms.ModelMultipleChoiceField(
        Project.objects.none(), label=_("Projects"), required=False, widget=forms.SelectMultiple(attrs={"size": "6"})
    )

    class Meta:
        model = Action
        fields = ["text_en", "text_cy", "due", "outcome", "bid", "course", "organisation"]

    def __init__(self, *args: Any, meeting: Meeting, item: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        for language in ("en", "cy"):
            fields[f"text_{language}"].required = False
            fields[f"text_{language}"].widget = TextArea({"rows": "3"})
        owner = self.instance.owner if self.instance.pk else None
        fields["owner"].fill(meeting, owner)
        demo = meeting.board.is_demo
        fields["outcome"].queryset = item.outcomes.of_agenda()
        fields["outcome"].label = _("From the decision")
        fields["outcome"].label_from_instance = outcome_label
        fields["projects"].queryset = Project.objects.visible_to(user).filter(is_demo=demo).by_title()
        fields["bid"].queryset = Bid.objects.visible_to(user).filter(round__is_demo=demo).order_by("-pk")
        fields["course"].queryset = Course.objects.filter(is_demo=demo).order_by("title_key_en")
        fields["organisation"].queryset = Organisation.objects.choosable(self.instance.organisation_id).by_name()
        for name in ("outcome", "bid", "course", "organisation"):
            fields[name].empty_label = _("None")
        if owner is not None:
            self.initial["owner"] = owner_key(owner)
            self.initial["projects"] = list(self.instance.projects.values_list("project", flat=True))
        self.order_fields(["text_en", "text_cy", "owner", "due", "outcome", "projects"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        needs_one(self, "text", _("Action"))
        return data

    def owner_saved(self) -> Person:
        """The owner, whose row is written where this is their first part in the board's business."""
        owner: Person = self.cleaned_data["owner"]
        if owner._state.adding:
            owner.save()
        return owner


def outcome_label(outcome: Outcome) -> str:
    return f"{outcome.get_result_display()}: {str(unmarked(outcome.read))[:80]}"


class EvidenceForm(PortalModelForm):
    """What the owner says, and what shows it; the choices come from the projects of the action."""

    class Meta:
        model = Evidence
        fields = ["text_en", "text_cy", "change", "update", "deliverable", "link"]

    def __init__(self, *args: Any, action: Action, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        projects = Project.objects.visible_to(user).filter(pk__in=action.projects.values("project"))
        for language in ("en", "cy"):
            fields[f"text_{language}"].required = False
            fields[f"text_{language}"].widget = TextArea({"rows": "3"})
        found: dict[str, Any] = {
            "change": PlanChange.objects.visible_to(user)
            .filter(Q(project__in=projects) | Q(deliverable__project__in=projects) | Q(milestone__project__in=projects))
            .order_by("-proposed_on", "-pk"),
            "update": StatusUpdate.objects.filter(project__in=projects).select_related("project").order_by("-for_date"),
            "deliverable": Deliverable.objects.filter(project__in=projects).order_by("plan", "position"),
        }
        for name, queryset in found.items():
            fields[name].queryset = queryset
            fields[name].empty_label = _("None")
            if not queryset.exists():
                del fields[name]
        if "update" in fields:
            fields["update"].label_from_instance = lambda one: f"{one.project}, {day(one.for_date)}"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        needs_one(self, "text", _("What was done"))
        return data

    def shown(self) -> dict[str, Any]:
        """What shows it, for the action."""
        return {
            name: self.cleaned_data[name] for name in ("change", "update", "deliverable", "link") if name in self.fields
        }
