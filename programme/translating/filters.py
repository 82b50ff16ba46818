"""How the worklist is narrowed."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.forms.dates import DayField

from .kinds import AREAS
from .texts import Direction, State, Worklist

STATES = [("waiting", _("All that waits")), *State.choices]


class DayFilter(django_filters.Filter):
    field_class = DayField


class TextFilter(django_filters.FilterSet):
    """Texts by words, area, state, direction, number of words, and the days since when they have waited."""

    q = django_filters.CharFilter(label=_("Words of the text"), max_length=100)
    area = django_filters.ChoiceFilter(
        label=pgettext_lazy("of the portal", "Area"), choices=list(AREAS.items()), empty_label=_("Every area")
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES[1:], empty_label=STATES[0][1])
    to = django_filters.ChoiceFilter(label=_("Direction"), choices=Direction.choices, empty_label=_("Both directions"))
    least = django_filters.NumberFilter(label=_("At least so many words"), min_value=0)
    most = django_filters.NumberFilter(label=_("At most so many words"), min_value=0)
    since = DayFilter(label=_("Waiting since, at the earliest"))
    until = DayFilter(label=_("Waiting since, at the latest"))

    class Meta:
        fields: tuple[str, ...] = ()
        form = PortalForm

    def filter_queryset(self, queryset: Any) -> Worklist:
        rows: Worklist = queryset
        return rows.narrowed(dict(self.form.cleaned_data))
