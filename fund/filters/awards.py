"""How the public lists of awards and learning are narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import language_q, page_language
from wlga_portal.kernel.forms import PortalForm

from ..models import Award, Learning, LearningKind
from ..querysets.awards import waiting
from ..states.awards import AwardStatus
from . import choice


class AwardFilter(django_filters.FilterSet):
    """Awards by words of the title, year, council."""

    q = django_filters.CharFilter(label=_("Words of the title"), field_name="bid__title", lookup_expr="icontains")
    year = choice(_("Year"), field_name="bid__round__year")
    council = choice(_("Council"), method="of_council")

    class Meta:
        model = Award
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        years = self.queryset.order_by().values_list("bid__round__year", flat=True).distinct()
        self.filters["year"].extra["choices"] = [(year, year) for year in sorted(years)]
        councils = Organisation.objects.councils().by_name().values_list("pk", f"name_{page_language()}")
        self.filters["council"].extra["choices"] = list(councils)

    def of_council(self, queryset: QuerySet[Award], _name: str, value: str) -> QuerySet[Award]:
        return queryset.filter(shares__organisation=int(value))


class OwnAwardFilter(AwardFilter):
    """The awards of one's councils, or all of them, by status too, and by what waits for the fund manager."""

    status = choice(_("Status"))
    waits = choice(_("Waits for the fund manager"), method="that_waits")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["status"].extra["choices"] = AwardStatus.choices
        self.filters["waits"].extra["choices"] = [
            ("claims", _("Claims to check or pay")),
            ("reports", _("Reports to read")),
            ("variations", _("Changes to answer")),
        ]

    def that_waits(self, queryset: QuerySet[Award], _name: str, value: str) -> QuerySet[Award]:
        return queryset.filter(pk__in=waiting()[value].values("award"))


class LearningFilter(django_filters.FilterSet):
    """Learning by words and kind."""

    q = django_filters.CharFilter(label=_("Words"), method="search", max_length=100)
    kind = choice(_("Kind"))

    class Meta:
        model = Learning
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["kind"].extra["choices"] = LearningKind.choices

    def search(self, queryset: QuerySet[Learning], _name: str, value: str) -> QuerySet[Learning]:
        return queryset.filter(language_q("title__icontains", value) | language_q("summary__icontains", value))
