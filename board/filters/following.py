"""How the register of decisions and the tracker of actions are narrowed."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import language_q
from wlga_portal.kernel.forms import PortalForm

from ..models import Action, Board, Outcome, Result
from ..states.actions import ActionStatus
from .papers import ALL


class OutcomeFilter(django_filters.FilterSet):
    """Decisions by words, board and outcome."""

    q = django_filters.CharFilter(label=_("Words of the decision"), method="search", max_length=100)
    board = django_filters.ModelChoiceFilter(
        label=_("Board"), queryset=Board.objects.none(), empty_label=ALL, field_name="item__meeting__board"
    )
    result = django_filters.ChoiceFilter(label=_("Outcome"), choices=Result.choices, empty_label=ALL)

    class Meta:
        model = Outcome
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["board"].queryset = Board.objects.visible_to(self.request.user).real_first()

    def search(self, queryset: QuerySet[Outcome], _name: str, value: str) -> QuerySet[Outcome]:
        standing = Q(edition=None) | Q(edition__withdrawn_at=None)  # what was withdrawn is found by no word of it
        return queryset.filter(
            (standing & language_q("words__icontains", value))
            | language_q("detail__icontains", value)
            | language_q("item__title__icontains", value)
        )


class ActionFilter(django_filters.FilterSet):
    """Actions by words, board and status; the overdue alone, or one's own."""

    q = django_filters.CharFilter(label=_("Words of the action"), method="search", max_length=100)
    board = django_filters.ModelChoiceFilter(
        label=_("Board"), queryset=Board.objects.none(), empty_label=ALL, field_name="item__meeting__board"
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=ActionStatus.choices, empty_label=ALL)
    only = django_filters.ChoiceFilter(
        label=_("Only"), choices=[("overdue", _("Overdue actions")), ("mine", _("My own actions"))], empty_label=ALL,
        method="narrow",
    )  # fmt: skip

    class Meta:
        model = Action
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["board"].queryset = Board.objects.visible_to(self.request.user).real_first()

    def search(self, queryset: QuerySet[Action], _name: str, value: str) -> QuerySet[Action]:
        return queryset.filter(language_q("text__icontains", value))

    def narrow(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.overdue() if value == "overdue" else queryset.owned_by(self.request.user)
