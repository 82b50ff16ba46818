"""How the list of projects is narrowed."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import language_q
from wlga_portal.kernel.forms import PortalForm

from ..forms import ByTitle
from ..models import DeliveryPlan, Project
from ..querysets import NONE, UNCONFIRMED
from ..states import Confidence, Phase, Status

ALL = pgettext_lazy("filter", "All")
NOT_PUBLISHED = pgettext_lazy("filter", "Not published")


class ByName(django_filters.fields.ModelChoiceField):
    """A choice among organisations, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class ByTitleFilter(django_filters.ModelChoiceFilter):
    field_class = ByTitle


class ByNameFilter(django_filters.ModelChoiceFilter):
    field_class = ByName


class FilterForm(PortalForm):
    """Nothing in a filter is required, so nothing says that it is optional."""

    marks_optional = False


class ProjectFilter(django_filters.FilterSet):
    """Projects by words, plan, phase, confidence, status and council.

    The demonstration's projects show only where its own plan is asked for. `today` is the day of which the page speaks.
    """

    q = django_filters.CharFilter(label=_("Words of the title or aim"), method="search", max_length=100)
    plan = ByTitleFilter(
        label=_("Delivery plan"),
        queryset=DeliveryPlan.objects.none(),
        to_field_name="slug_en",
        empty_label=ALL,
        method="of_plan",
    )
    phase = django_filters.ChoiceFilter(
        label=_("Phase"), empty_label=ALL, choices=[*Phase.choices, (NONE, NOT_PUBLISHED)], method="in_phase"
    )
    confidence = django_filters.ChoiceFilter(
        label=_("Delivery confidence"),
        empty_label=ALL,
        choices=[
            *Confidence.choices,
            (UNCONFIRMED, pgettext_lazy("delivery confidence", "Unconfirmed")),
            (NONE, NOT_PUBLISHED),
        ],
        method="reading",
    )
    status = django_filters.ChoiceFilter(label=_("Status"), empty_label=ALL, choices=Status.choices)
    council = ByNameFilter(
        label=_("Council"),
        queryset=Organisation.objects.none(),
        to_field_name="slug_en",
        empty_label=ALL,
        method="of_council",
    )

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()
        form = FilterForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = self.request.past.today
        self.filters["plan"].queryset = DeliveryPlan.objects.visible_to(self.request.user).newest_first()
        self.filters["council"].queryset = Organisation.objects.councils().by_name()

    def filter_queryset(self, queryset: QuerySet[Project]) -> QuerySet[Project]:
        plan = self.form.cleaned_data.get("plan")
        found: QuerySet[Project] = super().filter_queryset(queryset)
        return found if plan is not None and plan.is_demo else found.filter(is_demo=False)

    def search(self, queryset: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        return queryset.filter(language_q("title__icontains", value) | language_q("aim__icontains", value))

    def of_plan(self, queryset: QuerySet[Project], _name: str, value: DeliveryPlan) -> QuerySet[Project]:
        return queryset.filter(listings__plan=value)

    def in_phase(self, queryset: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        return queryset.filter(phase="" if value == NONE else value)

    def reading(self, queryset: Any, _name: str, value: str) -> QuerySet[Project]:
        found: QuerySet[Project] = queryset.reading(value, self.today)
        return found

    def of_council(self, queryset: QuerySet[Project], _name: str, value: Organisation) -> QuerySet[Project]:
        return queryset.filter(Q(partners__organisation=value))
