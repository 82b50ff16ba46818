"""How the people of an organisation are narrowed."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.forms import PortalForm

from .models import Membership, State
from .roles import Role

ALL = pgettext_lazy("filter", "All")


class MembershipFilterForm(PortalForm):
    """Nothing in a filter must be filled in, so nothing says so."""

    marks_optional = False


class MembershipFilter(django_filters.FilterSet):
    """Roles by the person's name or address, by role, and by where today stands."""

    q = django_filters.CharFilter(label=_("Name or address"), method="search", max_length=100)
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.choices, empty_label=pgettext_lazy("filter", "All")
    )
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a role", "Dates"),
        choices=State.choices,
        empty_label=ALL,
        method="dated",
    )

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()
        form = MembershipFilterForm

    def search(self, queryset: QuerySet[Membership], _name: str, value: str) -> QuerySet[Membership]:
        return queryset.filter(Q(user__name__icontains=value) | Q(user__email__icontains=value))

    def dated(self, queryset: QuerySet[Membership], _name: str, value: str) -> QuerySet[Membership]:
        narrowed = {State.CURRENT: "current", State.FUTURE: "to_come", State.PAST: "ended"}[State(value)]
        rows: QuerySet[Membership] = getattr(queryset, narrowed)()
        return rows
