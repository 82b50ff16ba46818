"""How lists of learners and doubles are narrowed."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.forms import PortalForm

from ..models import Double, Learner, LearnerMembership
from ..states import DoubleStatus
from .sessions import ALL, ByTitleFilter


class LearnerFilter(django_filters.FilterSet):
    """Learners by name or address, by where they belong today, and those with a doubt alone."""

    words = django_filters.CharFilter(label=_("Name or address"), method="named")
    organisation = ByTitleFilter(
        label=_("Council"), queryset=Organisation.objects.none(), empty_label=ALL, method="belonging"
    )
    doubts = django_filters.ChoiceFilter(
        label=_("Doubts"),
        choices=[("on", _("Only with a doubtful double"))],
        empty_label=ALL,
        method="with_doubt",
    )

    class Meta:
        model = Learner
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["organisation"].queryset = Organisation.objects.councils().by_name()

    def named(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(
            Q(shown_name__icontains=value.strip()) | Q(addresses__email__icontains=value.strip())
        ).distinct()

    def belonging(self, queryset: Any, _name: str, value: Organisation) -> Any:
        current = LearnerMembership.objects.current().filter(organisation=value)
        return queryset.filter(pk__in=current.values("learner"))

    def with_doubt(self, queryset: Any, _name: str, _value: str) -> Any:
        return queryset.filter(doubted=True)


class DoubleFilter(django_filters.FilterSet):
    """Those that wait for a review, unless another status is asked for."""

    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[choice for choice in DoubleStatus.choices if choice[0] != DoubleStatus.OPEN],
        empty_label=pgettext_lazy("double", "Not reviewed"),
    )

    class Meta:
        model = Double
        fields: tuple[str, ...] = ()
        form = PortalForm

    def filter_queryset(self, queryset: Any) -> Any:
        narrowed = super().filter_queryset(queryset)
        return narrowed if self.form.cleaned_data.get("status") else narrowed.open()
