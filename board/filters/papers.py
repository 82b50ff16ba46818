"""How lists of papers are narrowed."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import language_q
from wlga_portal.kernel.forms import PortalForm

from ..models import Board, Paper, PaperKind, Passage, Purpose
from ..states import FROZEN, PaperStatus

ALL = pgettext_lazy("filter", "All")


class PaperFilter(django_filters.FilterSet):
    """Papers by words of their title, board, kind and purpose."""

    q = django_filters.CharFilter(label=_("Words of the title"), method="search", max_length=100)
    board = django_filters.ModelChoiceFilter(label=_("Board"), queryset=Board.objects.none(), empty_label=ALL)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=PaperKind.choices, empty_label=ALL)
    purpose = django_filters.ChoiceFilter(label=_("Purpose"), choices=Purpose.choices, empty_label=ALL)

    class Meta:
        model = Paper
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["board"].queryset = Board.objects.visible_to(self.request.user).real_first()

    def search(self, queryset: QuerySet[Paper], _name: str, value: str) -> QuerySet[Paper]:
        """By what is published: the words of a correction that is being written find nothing yet."""
        front = Passage.objects.filter(paper=OuterRef("pk"), anchor="", text__icontains=value)
        frozen = Q(status__in=[*FROZEN])
        return queryset.filter(frozen & language_q("title__icontains", value) | ~frozen & Exists(front))


class WorkFilter(PaperFilter):
    """For those who work on papers, by the words as they are written; and by status."""

    def search(self, queryset: QuerySet[Paper], _name: str, value: str) -> QuerySet[Paper]:
        return queryset.filter(language_q("title__icontains", value))

    status = django_filters.ChoiceFilter(label=_("Status"), choices=PaperStatus.choices, empty_label=ALL)
