"""How the directory is narrowed."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.forms import PortalForm

from .models import Organisation, Region
from .querysets import OrganisationQuerySet


class CouncilFilterForm(PortalForm):
    """Nothing in a filter must be filled in, so nothing says so."""

    marks_optional = False


class CouncilFilter(django_filters.FilterSet):
    """Councils by words of their names, and by region."""

    q = django_filters.CharFilter(label=_("Name, in Welsh or English"), method="search", max_length=100)
    region = django_filters.ChoiceFilter(
        label=_("Region"), choices=Region.choices, empty_label=pgettext_lazy("filter", "All")
    )

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()
        form = CouncilFilterForm

    def search(self, queryset: OrganisationQuerySet, _name: str, value: str) -> OrganisationQuerySet:
        return queryset.matching(value)
