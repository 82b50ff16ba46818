"""Fields that the board's forms share: a time of the clock, somebody by name."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from wlga_portal.kernel.forms import MomentField

OWNERS = (Role.SECRETARIAT, Role.AUTHOR, Role.TEAM, Role.HEAD_OF_DELIVERY, Role.FUND_MANAGER)


class ClockField(forms.TimeField):
    """A time as people write it: 09:30, 9.30 or 2:30pm."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Enter a time, like 09:30 or 2:30pm.")}

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return MomentField().time_of(value) if value.strip() else None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if hasattr(value, "hour") else value


class ByName(forms.ModelChoiceField):
    """A choice among people or things, by what they are called in the page's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


def with_roles(*roles: Role, also: int | None = None) -> Any:
    """Everybody who is in one of the roles today, and the one of this id."""
    current = Membership.objects.current().filter(role__in=roles)
    held = Q(pk__in=current.values("user"), is_active=True)
    return User.objects.filter(held | Q(pk=also) if also else held).order_by("name", "pk")


def owner_field(label: Any) -> ByName:
    return ByName(User.objects.none(), label=label, required=False, empty_label=_("Nobody yet"))
