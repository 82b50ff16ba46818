"""Setting up a board: its name and days, its seats, their substitutes, its standing items."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import Role
from organisations.models import Organisation
from wlga_portal.kernel.forms import PortalModelForm, TextArea

from ..models import Board, Person, RoleKind, Seat, StandingItem, Substitute
from .fields import ByName, with_roles


def both_sides(form: Any, name: str, sentence: Any) -> None:
    """The text has both sides, or the missing side says so."""
    for language in ("en", "cy"):
        if not form.cleaned_data.get(f"{name}_{language}") and f"{name}_{language}" not in form.errors:
            form.add_error(f"{name}_{language}", sentence)


IN_BOTH = _("Enter it in both languages.")


class BoardForm(PortalModelForm):
    """A board: what it is called and for, its quorum, and the working days that its papers take."""

    class Meta:
        model = Board
        fields = [
            "name_en", "name_cy", "remit_en", "remit_cy", "note_en", "note_cy", "quorum",
            "clear_days", "translation_days", "clearance_days", "draft_days",
        ]  # fmt: skip
        help_texts = {
            "remit_en": _("One task on each line."),
            "remit_cy": _("One task on each line."),
            "quorum": _("How many members with a vote a meeting needs."),
            "clear_days": _("Neither the day of publication nor the day of the meeting counts."),
            "translation_days": _("Between clearance and publication."),
            "clearance_days": _("Between the draft and its clearance."),
            "draft_days": _("From the beginning of the draft until it is sent to review."),
        }
        widgets = {name: TextArea({"rows": "2"}) for name in ("note_en", "note_cy")}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        both_sides(self, "name", IN_BOTH)
        for name in ("clear_days", "translation_days", "clearance_days", "draft_days"):
            if (data.get(name) or 0) > 60:
                self.add_error(name, _("At most 60 working days."))
        if data.get("quorum") == 0:
            self.add_error("quorum", _("A quorum is at least one, or none is set."))
        return data


class WhoForm(PortalModelForm):
    """A person: somebody with an account, or a name."""

    user = ByName(
        User.objects.none(),
        label=_("Person with an account"),
        required=False,
        empty_label=_("Nobody with an account"),
        help_text=_("Board members of the portal. Who has no account is named below."),
    )
    public_name = forms.CharField(label=_("Name, without an account"), max_length=120, required=False)
    style_en = forms.CharField(label=_("Style (English)"), max_length=30, required=False)
    style_cy = forms.CharField(label=_("Style (Welsh)"), max_length=30, required=False)
    pair_labels = {"style": _("Style, like Cllr")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:  # a seat stays its holder's: another person gets a seat of their own
            for name in ("user", "public_name", "style_en", "style_cy"):
                del self.fields[name]
            return
        field: Any = self.fields["user"]
        field.queryset = with_roles(Role.BOARD_MEMBER)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "user" in self.fields and bool(data.get("user")) == bool(data.get("public_name")):
            self.add_error("user", _("Choose a person or enter a name: one of the two."))
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day is not before the first."))
        return data

    def who(self) -> dict[str, Any] | None:
        """What `actions.person_of` takes; None where the person stays."""
        if "user" not in self.fields:
            return None
        said = self.cleaned_data
        if said["user"]:
            return {"user": said["user"]}
        return {"name": said["public_name"], "style": (said["style_en"], said["style_cy"])}

    def person(self) -> Person | None:
        """The person that is meant, where the portal knows them already."""
        if self.instance.pk:
            return Person.objects.get(pk=self.instance.person_id)
        said = self.cleaned_data
        if said.get("user"):
            return Person.objects.filter(user=said["user"]).first()
        return Person.objects.filter(public_name=said.get("public_name") or None).first()


class SeatForm(WhoForm):
    """A seat: who, as what, from where, from when until when."""

    role_kind = forms.ChoiceField(label=_("Kind of seat"), choices=RoleKind.choices, widget=forms.RadioSelect)
    organisation = ByName(
        Organisation.objects.none(), label=_("Held from"), required=False, empty_label=pgettext_lazy("filter", "None")
    )
    represents = ByName(
        Organisation.objects.none(), label=_("Speaks for"), required=False, empty_label=pgettext_lazy("filter", "None")
    )

    class Meta:
        model = Seat
        fields = [
            "user", "public_name", "style_en", "style_cy", "role_en", "role_cy", "role_kind", "votes", "organisation",
            "represents", "starts", "ends",
        ]  # fmt: skip
        help_texts = {"role_en": _("As it is shown."), "role_cy": _("As it is shown.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("organisation", "represents"):
            field: Any = self.fields[name]
            field.queryset = Organisation.objects.choosable(getattr(self.instance, f"{name}_id")).by_name()
        self.fields["starts"].required = not self.instance.is_historic

    def clean(self) -> dict[str, Any]:
        """Both sides of the role; one chair at a time, and nobody twice."""
        data = super().clean()
        both_sides(self, "role", IN_BOTH)
        if self.errors:
            return data
        others = self.instance.board.seats.exclude(pk=self.instance.pk)
        if data["ends"]:
            others = others.exclude(starts__gt=data["ends"])
        if data["starts"]:
            others = others.exclude(ends__lt=data["starts"])
        person = self.person()
        if person is not None and others.filter(person=person).exists():
            self.add_error(None, _("This person has a seat on the board in that time already."))
        if data["role_kind"] == RoleKind.CHAIR and others.filter(role_kind=RoleKind.CHAIR).exists():
            self.add_error("role_kind", _("The board has a chair in that time already."))
        return data


class SubstituteForm(WhoForm):
    """Who may come for the holder of a seat, and in which time."""

    class Meta:
        model = Substitute
        fields = ["user", "public_name", "style_en", "style_cy", "starts", "ends"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        person = None if self.errors else self.person()
        if person is None:
            return data
        others = self.instance.seat.substitutes.exclude(pk=self.instance.pk).filter(person=person)
        if data["ends"]:
            others = others.exclude(starts__gt=data["ends"])
        others = others.exclude(ends__lt=data["starts"])
        if others.exists():
            self.add_error(None, _("This person is a substitute for the seat in that time already."))
        return data


class StandingForm(PortalModelForm):
    """An item that each agenda of the board begins or ends with."""

    class Meta:
        model = StandingItem
        fields = ["title_en", "title_cy", "kind", "minutes", "oral", "at_end"]
        widgets = {"kind": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        both_sides(self, "title", IN_BOTH)
        return data
