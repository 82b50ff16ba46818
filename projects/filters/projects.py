"""How the list of projects is narrowed."""

from typing import Any

import django_filters
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import language_q, page_language
from wlga_portal.kernel.forms import PortalForm

from .. import rules
from ..models import Project
from ..querysets import NONE, UNCONFIRMED
from ..states import Confidence, Phase, Status

ALL = pgettext_lazy("filter", "All")
NOT_PUBLISHED = pgettext_lazy("filter", "Not published")


def choices(rows: QuerySet[Any], choice: str, said: str, place: str) -> QuerySet[Any]:
    """These rows as choices of a filter."""
    found: QuerySet[Any] = rows.order_by().annotate(choice=Cast(choice, TextField()), said=F(said), place=F(place))
    return found


def asked_at_once(sources: dict[str, QuerySet[Any]]) -> dict[str, list[tuple[str, str]]]:
    """The choices of several filters, each in its order. One query for all."""
    asked = [
        rows.annotate(filter=Value(name)).values_list("filter", "place", "choice", "said")
        for name, rows in sources.items()
    ]
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in sources}
    for name, _place, choice, said in sorted(asked[0].union(*asked[1:], all=True)):
        found[name].append((choice, said))
    return found


class FilterForm(PortalForm):
    """Nothing in a filter is required, so nothing says that it is optional."""

    marks_optional = False


class ProjectFilter(django_filters.FilterSet):
    """Projects by words, plan, phase, confidence, status and council.

    The demonstration's projects show only where its own plan is asked for. The request carries `past` (the day of which
    the page speaks) and `plans` (those that this person may see).
    """

    q = django_filters.CharFilter(label=_("Words of the title or aim"), method="search", max_length=100)
    plan = django_filters.ChoiceFilter(
        label=_("Delivery plan"), empty_label=ALL, choices=(), field_name="listings__plan__slug_en"
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
    council = django_filters.ChoiceFilter(
        label=_("Council"), empty_label=ALL, choices=(), field_name="partners__organisation__slug_en"
    )

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()
        form = FilterForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.plans, self.team = self.request.past.today, self.request.plans, rules.team(self.request.user)
        self.filters["plan"].extra["choices"] = [(plan.slug_en, str(plan.title)) for plan in self.plans]
        for name, found in asked_at_once(self.sources()).items():
            self.filters[name].extra["choices"] = found

    def sources(self) -> dict[str, QuerySet[Any]]:
        """Where the choices of filters come from: each row with its `choice`, `said` and `place` in the order."""
        language = page_language()
        councils = Organisation.objects.councils()
        return {"council": choices(councils, "slug_en", f"name_{language}", f"name_key_{language}")}

    def filter_queryset(self, queryset: QuerySet[Project]) -> QuerySet[Project]:
        asked = self.form.cleaned_data.get("plan")
        found: QuerySet[Project] = super().filter_queryset(queryset)
        return (
            found if any(plan.is_demo and plan.slug_en == asked for plan in self.plans) else found.filter(is_demo=False)
        )

    def search(self, queryset: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        return queryset.filter(language_q("title__icontains", value) | language_q("aim__icontains", value))

    def in_phase(self, queryset: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        return queryset.filter(phase="" if value == NONE else value)

    def reading(self, queryset: Any, _name: str, value: str) -> QuerySet[Project]:
        found: QuerySet[Project] = queryset.reading(value, self.today)
        return found
