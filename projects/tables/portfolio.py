"""The columns of the portfolio: those of the list, and more that a reader may choose."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wlga_portal.kernel.tables import Column, DayColumn
from wlga_portal.kernel.wording import not_published

from ..models import Project
from .projects import ProjectTable, TodayTable

FOR_THE_TEAM = frozenset({"lead"})


class PortfolioTable(ProjectTable):
    """`for_columns` leaves the columns that were chosen, in their own order; the title always stays."""

    usual: tuple[str, ...] = ("title", "plan", "phase", "status", "confidence", "confirmed", "councils")
    lead = Column(
        gettext_lazy("Lead"),
        accessor="lead__name",
        order_by="lead__name",
        empty=pgettext_lazy("lead of a project", "Nobody"),
    )
    theme = Column(gettext_lazy("Strategy theme"), accessor="theme__title", order_by="theme__title_key")
    starts = DayColumn(pgettext_lazy("of a project", "Starts"), accessor="starts_on", order_by="starts_on")
    ends = DayColumn(pgettext_lazy("of a project", "Ends"), accessor="ends_on", order_by="ends_on")
    following = Column(gettext_lazy("Next milestone"), accessor="pk")

    @classmethod
    def offered(cls, *, team: bool) -> list[tuple[str, Any]]:
        """The columns that may be chosen, with their headings."""
        return [
            (name, column.verbose_name)
            for name, column in cls.base_columns.items()
            if name != "title" and (team or name not in FOR_THE_TEAM)
        ]

    @classmethod
    def chosen(cls, asked: Collection[str], *, team: bool) -> list[str]:
        """Those of the columns asked for that there are for this reader; the usual ones where none is."""
        known = {name for name, _heading in cls.offered(team=team)}
        return [name for name in cls.base_columns if name in known and name in asked] or [*cls.usual[1:]]

    @classmethod
    def for_columns(cls, today: date, columns: Collection[str]) -> type[TodayTable]:
        left = {name: None for name in cls.base_columns if name not in columns and name != "title"}
        return type(cls.__name__, (cls,), {"today": today, "__module__": cls.__module__, **left})

    def render_following(self, record: Project, value: Any) -> Any:
        return record.following or not_published(_("none"))
