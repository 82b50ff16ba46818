"""How lists of bids are narrowed. Choices are pairs of key and name: whole rows would cost more than the list."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import PortalForm

from ..models import Bid, Round, Topic
from ..querysets import RoundQuerySet
from ..states import SENT_STATUSES, BidStatus

ALL = pgettext_lazy("filter", "All")


def choice(label: Any, **options: Any) -> django_filters.ChoiceFilter:
    """A choice whose names are in the page's language; `BidFilter` fills it."""
    return django_filters.ChoiceFilter(label=label, empty_label=ALL, choices=(), **options)


class BidFilter(django_filters.FilterSet):
    """Bids by words of their titles, round, topic and council."""

    q = django_filters.CharFilter(label=_("Words of the title or reference"), method="search", max_length=100)
    round = choice(_("Round"))
    topic = choice(_("Topic"))
    council = choice(_("Council"), method="of_council")

    class Meta:
        model = Bid
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        name = f"name_{page_language()}"
        councils = Organisation.objects.councils().by_name()
        self.filters["round"].extra["choices"] = list(self.rounds().newest_first().values_list("pk", name))
        self.filters["topic"].extra["choices"] = list(self.topics(name))
        self.filters["council"].extra["choices"] = list(councils.values_list("pk", name))

    def rounds(self) -> RoundQuerySet:
        """The rounds whose bids this list may hold."""
        visible: RoundQuerySet = Round.objects.visible_to(self.request.user)
        return visible.filter(is_demo=False)

    def topics(self, name: str) -> Iterator[tuple[int, str]]:
        """Topics of several rounds may have the same name, so each says its year."""
        topics = Topic.objects.filter(round__in=self.rounds()).order_by("-round__year", "order")
        return ((pk, f"{text} ({year})") for pk, text, year in topics.values_list("pk", name, "round__year"))

    def search(self, queryset: QuerySet[Bid], _name: str, value: str) -> QuerySet[Bid]:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(label_en__icontains=value)
            | Q(label_cy__icontains=value)
            | Q(reference__icontains=value)
        )

    def of_council(self, queryset: QuerySet[Bid], _name: str, value: str) -> QuerySet[Bid]:
        narrowed: QuerySet[Bid] = queryset.of_organisation(value)  # type: ignore[attr-defined]  # a BidQuerySet
        return narrowed


class SentFilter(BidFilter):
    """The fund manager's: by status too, and all by what was sent, not by what was written since."""

    topic = choice(_("Topic"), field_name="latest__topic")
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        empty_label=ALL,
        choices=[(status.value, status.label) for status in BidStatus if status in SENT_STATUSES],
    )

    def rounds(self) -> RoundQuerySet:
        visible: RoundQuerySet = Round.objects.visible_to(self.request.user)
        return visible.filter(is_historic=False)

    def search(self, queryset: QuerySet[Bid], _name: str, value: str) -> QuerySet[Bid]:
        return queryset.filter(Q(latest__title__icontains=value) | Q(reference__icontains=value))

    def of_council(self, queryset: QuerySet[Bid], _name: str, value: str) -> QuerySet[Bid]:
        """It led the bid, or the snapshot names it as a partner."""
        slug = Organisation.objects.values_list("slug_en", flat=True).get(pk=value)
        return queryset.filter(Q(lead=value) | Q(latest__snapshot__partners__contains=[{"slug": slug}]))
