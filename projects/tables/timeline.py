"""The timeline as a table: what is drawn, in words."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from wlga_portal.kernel.components import bi
from wlga_portal.kernel.tables import Column, DayColumn, PortalTable

from ..models import Milestone
from .projects import slip_text


class TimelineTable(PortalTable):
    """The milestones of the portfolio, project by project."""

    caption = gettext_lazy("Milestones")
    row_header = "title"
    no_rows = gettext_lazy("No milestone has a day yet.")
    project = Column(gettext_lazy("Project"), accessor="project__title")
    title = Column(gettext_lazy("Milestone"))
    baseline = DayColumn(gettext_lazy("Baseline"), empty="–")
    forecast = DayColumn(gettext_lazy("Forecast"), empty="–")
    actual = DayColumn(gettext_lazy("Actual"), empty="–")
    slip = Column(gettext_lazy("Against the baseline"), accessor="slip_days", empty="–")

    def render_project(self, record: Milestone, value: Any) -> Any:
        link = '<a class="govuk-link" href="{}">{}</a>'
        return format_html(link, record.project.get_absolute_url(), bi(record.project.title))

    def render_slip(self, record: Milestone, value: int | None) -> str:
        return "–" if value is None else slip_text(value)
