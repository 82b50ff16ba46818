"""How the rows of a file are narrowed."""

import django_filters
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalForm

from ..models import ImportRow, Outcome
from .sessions import ALL


class ImportRowFilter(django_filters.FilterSet):
    """By what was found."""

    outcome = django_filters.ChoiceFilter(label=_("Result"), choices=Outcome.choices, empty_label=ALL)

    class Meta:
        model = ImportRow
        fields: tuple[str, ...] = ()
        form = PortalForm
