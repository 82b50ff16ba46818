"""Building an agenda and the forward work programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import Role
from wlga_portal.kernel.forms import PortalForm, PortalModelForm, TextArea

from ..models import AgendaItem, Board, Meeting, Person, PlannedItem, Purpose
from .boards import IN_BOTH, both_sides
from .fields import OWNERS, ByName, owner_field, with_roles

NOBODY = pgettext_lazy("presenter", "Nobody named")


def presenters(board: Board) -> list[tuple[str, Any]]:
    """Who may present: people with a part in the board's work, and members without an account."""
    users = with_roles(*OWNERS, Role.BOARD_MEMBER)
    people = Person.objects.filter(seats__board=board, user=None).distinct().order_by("public_name")
    return [
        ("", NOBODY),
        *((f"user-{user.pk}", str(user)) for user in users),
        *((f"person-{person.pk}", str(person)) for person in people),
    ]


class RestrictedForm(PortalModelForm):
    """What an item and a planned item share: both languages of the title, and of the reason of a restriction."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        both_sides(self, "title", IN_BOTH)
        if data.get("restricted"):
            both_sides(self, "reason", _("Say in both languages why the item is restricted."))
        return data


class ItemForm(RestrictedForm):
    """An item of an agenda."""

    kind = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, widget=forms.RadioSelect)
    presented_by = forms.ChoiceField(label=_("Presenter"), required=False)
    owner = owner_field(pgettext_lazy("of an item", "Owner"))

    class Meta:
        model = AgendaItem
        fields = [
            "title_en", "title_cy", "kind", "minutes", "presented_by", "owner", "oral", "restricted",
            "reason_en", "reason_cy",
        ]  # fmt: skip
        help_texts = {
            "restricted": _("The public sees its title and the reason, and nothing else."),
            "minutes": _("How long the item takes."),
        }
        widgets = {name: TextArea({"rows": "2"}) for name in ("reason_en", "reason_cy")}

    def __init__(self, *args: Any, board: Board, **options: Any) -> None:
        super().__init__(*args, **options)
        owner: Any = self.fields["owner"]
        owner.queryset = with_roles(*OWNERS, also=self.instance.owner_id)
        choice: Any = self.fields["presented_by"]
        choice.choices = presenters(board)
        presenter = self.instance.presenter
        if presenter is not None:
            key = f"user-{presenter.user_id}" if presenter.user_id else f"person-{presenter.pk}"
            self.initial["presented_by"] = key
            if key not in dict(choice.choices):
                choice.choices = [*choice.choices, (key, str(presenter))]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("minutes") == 0:
            self.add_error("minutes", _("An item takes at least a minute."))
        return data

    def presenter(self) -> Person | None:
        """The person that was chosen; made where a user has not been one so far."""
        kind, _dash, number = self.cleaned_data["presented_by"].partition("-")
        if kind == "user":
            return Person.objects.get_or_create(user=User.objects.get(pk=number))[0]
        return Person.objects.get(pk=number) if kind else None


class PlannedForm(RestrictedForm):
    """An item of the forward work programme."""

    kind = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, widget=forms.RadioSelect)
    owner = owner_field(pgettext_lazy("of an item", "Owner"))
    meeting = ByName(
        Meeting.objects.none(),
        label=_("Planned to the meeting"),
        required=False,
        empty_label=_("To no meeting yet"),
    )

    class Meta:
        model = PlannedItem
        fields = [
            "title_en", "title_cy", "kind", "about_en", "about_cy", "owner", "meeting", "restricted",
            "reason_en", "reason_cy",
        ]  # fmt: skip
        help_texts = {"restricted": _("The public sees its title and the reason, and nothing else.")}
        widgets = {name: TextArea({"rows": "3"}) for name in ("about_en", "about_cy", "reason_en", "reason_cy")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        owner: Any = self.fields["owner"]
        owner.queryset = with_roles(*OWNERS, also=self.instance.owner_id)
        if self.instance.pk:  # from then on it is moved, with a reason
            del self.fields["meeting"]
        else:
            field: Any = self.fields["meeting"]
            field.queryset = coming_of(self.instance.board)


def coming_of(board: Board, *, without: Meeting | None = None) -> Any:
    """The meetings to which an item of this board may go."""
    coming = Meeting.objects.coming().filter(board=board)
    return coming.exclude(pk=without.pk) if without else coming


class ToMeetingForm(PortalForm):
    """To which meeting, and why."""

    meeting = ByName(Meeting.objects.none(), label=_("To the meeting"), empty_label=None)
    why = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=1000)

    def __init__(self, *args: Any, board: Board, now: Meeting | None, may_wait: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["meeting"]
        field.queryset = coming_of(board, without=now)
        if may_wait and now is not None:
            field.required, field.empty_label = False, _("To no meeting yet")
