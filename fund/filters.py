"""How lists of bids are narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.forms import PortalForm

from .forms import ByName
from .models import Bid, Round, Topic
from .querysets import RoundQuerySet
from .states import SENT_STATUSES, BidStatus

ALL = pgettext_lazy("filter", "All")


class ByNameFilter(django_filters.ModelChoiceFilter):
    field_class = ByName


class TopicChoice(ByName):
    """Topics of several rounds may have the same name, so each says its year."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.round.year})"


class TopicFilter(django_filters.ModelChoiceFilter):
    field_class = TopicChoice


class BidFilter(django_filters.FilterSet):
    """Bids by words of their titles, round, topic and council."""

    q = django_filters.CharFilter(label=_("Words of the title or reference"), method="search", max_length=100)
    round = ByNameFilter(label=_("Round"), queryset=Round.objects.none(), empty_label=ALL)
    topic = TopicFilter(label=_("Topic"), queryset=Topic.objects.none(), empty_label=ALL)
    council = ByNameFilter(
        label=_("Council"), queryset=Organisation.objects.none(), empty_label=ALL, method="of_council"
    )

    class Meta:
        model = Bid
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rounds = self.rounds().newest_first()
        topics = Topic.objects.filter(round__in=self.rounds()).select_related("round")
        self.filters["round"].queryset = rounds
        self.filters["topic"].queryset = topics.order_by("-round__year", "order")
        self.filters["council"].queryset = Organisation.objects.councils().by_name()

    def rounds(self) -> RoundQuerySet:
        """The rounds whose bids this list may hold."""
        visible: RoundQuerySet = Round.objects.visible_to(self.request.user)
        return visible.filter(is_demo=False)

    def search(self, queryset: QuerySet[Bid], _name: str, value: str) -> QuerySet[Bid]:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(label_en__icontains=value)
            | Q(label_cy__icontains=value)
            | Q(reference__icontains=value)
        )

    def of_council(self, queryset: QuerySet[Bid], _name: str, value: Organisation) -> QuerySet[Bid]:
        narrowed: QuerySet[Bid] = queryset.of_organisation(value)  # type: ignore[attr-defined]  # a BidQuerySet
        return narrowed


class SentFilter(BidFilter):
    """The fund manager's: by status too, and all by what was sent, not by what was written since."""

    topic = TopicFilter(label=_("Topic"), queryset=Topic.objects.none(), empty_label=ALL, field_name="latest__topic")
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        empty_label=ALL,
        choices=[(status.value, status.label) for status in BidStatus if status in SENT_STATUSES],
        widget=forms.Select,
    )

    def rounds(self) -> RoundQuerySet:
        visible: RoundQuerySet = Round.objects.visible_to(self.request.user)
        return visible.filter(is_historic=False)

    def search(self, queryset: QuerySet[Bid], _name: str, value: str) -> QuerySet[Bid]:
        return queryset.filter(Q(latest__title__icontains=value) | Q(reference__icontains=value))

    def of_council(self, queryset: QuerySet[Bid], _name: str, value: Organisation) -> QuerySet[Bid]:
        return queryset.filter(Q(lead=value) | Q(latest__snapshot__partners__contains=[{"slug": value.slug_en}]))
