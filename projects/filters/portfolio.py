"""How the portfolio is narrowed: as the list, and by theme, lead and what asks for attention."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from wlga_portal.kernel.bilingual import page_language

from .. import rules
from ..contradictions import contradictory
from ..models import Milestone, Project, Theme
from ..querysets import NONE
from ..states import Status, oldest_fresh
from .projects import ALL, ProjectFilter

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
        self.team = rules.team(self.request.user)
        themes = Theme.objects.order_by(f"title_key_{page_language()}").values_list("slug", f"title_{page_language()}")
        self.filters["theme"].extra["choices"] = list(themes)
        if self.team:
            leads = User.objects.filter(led_projects__isnull=False).distinct().order_by("name", "pk")
            named = [(str(pk), name) for pk, name in leads.values_list("pk", "name")]
            self.filters["lead"].extra["choices"] = [NOBODY, *named]
        else:
            del self.filters["lead"]

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
