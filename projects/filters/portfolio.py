"""How the portfolio is narrowed: as the list, and by theme, lead and what asks for attention."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from wlga_portal.kernel.bilingual import page_language

from ..contradictions import contradictory
from ..models import Milestone, Project, Theme
from ..querysets import NONE
from ..states import Status, oldest_fresh
from .projects import ALL, ProjectFilter, choices

OVERDUE, STALE, AGAINST = "overdue", "stale", "contradiction"
NOBODY = (NONE, pgettext_lazy("lead of a project", "Nobody"))


class PortfolioFilter(ProjectFilter):
    """Of several things that ask for attention, a project has all that are chosen. Leads are for the team alone."""

    theme = django_filters.ChoiceFilter(
        label=_("Strategy theme"), empty_label=ALL, choices=(), field_name="theme__slug"
    )
    lead = django_filters.ChoiceFilter(label=_("Lead"), empty_label=ALL, choices=(), method="led_by")
    attention = django_filters.MultipleChoiceFilter(
        label=_("Asks for attention"),
        choices=[
            (OVERDUE, _("A milestone is overdue")),
            (STALE, _("Its status waits to be confirmed")),
            (AGAINST, _("Green, but its facts say otherwise")),
        ],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        method="asking",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.team:
            self.filters["lead"].extra["choices"].insert(0, NOBODY)
        else:
            del self.filters["lead"]

    def sources(self) -> dict[str, QuerySet[Any]]:
        found, language = super().sources(), page_language()
        found["theme"] = choices(Theme.objects.all(), "slug", f"title_{language}", f"title_key_{language}")
        if self.team:
            found["lead"] = choices(
                User.objects.filter(Exists(Project.objects.filter(lead=OuterRef("pk")))), "pk", "name", "name"
            )
        return found

    def led_by(self, queryset: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        return queryset.filter(lead=None if value == NONE else int(value))

    def asking(self, queryset: QuerySet[Project], _name: str, values: list[str]) -> QuerySet[Project]:
        for value in values:
            queryset = queryset.filter(self.conditions()[value])
        return queryset

    def conditions(self) -> dict[str, Q]:
        """A milestone is overdue when its expected day is past and it is neither reached nor dropped."""
        past = Q(forecast__lt=self.today) | Q(forecast=None, baseline__lt=self.today)
        late = Milestone.objects.filter(past, project=OuterRef("pk"), actual=None, dropped_on=None)
        unconfirmed = Q(standing=None) | Q(standing__confirmed_on__lt=oldest_fresh(self.today))
        return {
            OVERDUE: Q(Exists(late)),
            STALE: Q(status=Status.ACTIVE) & unconfirmed,
            AGAINST: contradictory(self.today, team=self.team),
        }
