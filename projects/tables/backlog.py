"""The columns of the backlog and of what was decided about it."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wlga_portal.kernel.components import bi, tag
from wlga_portal.kernel.tables import Column, DayColumn, TagColumn
from wlga_portal.kernel.wording import day

from ..models import BacklogReview, Project
from ..states import BacklogDecision
from .projects import PhaseColumn, TodayTable

DECISION_COLOURS = {"keep": "grey", "start": "green", "drop": "red", "dated": ""}


class BacklogTable(TodayTable):
    """What waits, the item to be looked at first at the top."""

    caption = gettext_lazy("Projects in the backlog")
    no_rows = gettext_lazy("Nothing waits in the backlog.")
    title = Column(gettext_lazy("Project"), link=True)
    phase = PhaseColumn(gettext_lazy("Phase"))
    review_on = Column(gettext_lazy("To be reviewed on"), accessor="pk")
    decision = TagColumn(
        gettext_lazy("Last decision"), labels=BacklogDecision.choices, colours=DECISION_COLOURS, empty="–"
    )
    decided_on = DayColumn(gettext_lazy("Decided on"), empty="–")

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s project", "%(count)s projects", total) % {"count": f"{total:,}"}

    def render_review_on(self, record: Project, value: Any) -> SafeString | str:
        when = record.review_on  # type: ignore[attr-defined]  # by `in_backlog`
        if when is None:
            return tag(_("No day of review yet"), "orange")
        return format_html("{} {}", day(when), tag(_("Overdue"), "red")) if when <= self.today else day(when)


class ReviewTable(TodayTable):
    """What was decided, newest first."""

    caption = gettext_lazy("What was decided about the backlog")
    no_rows = gettext_lazy("Nothing was decided yet.")
    row_header = "project"
    decided_on = DayColumn(gettext_lazy("Decided on"))
    project = Column(
        gettext_lazy("Project"), accessor="project__title", link=lambda one: one.project.get_absolute_url()
    )
    decision = TagColumn(gettext_lazy("Decision"), labels=BacklogDecision.choices, colours=DECISION_COLOURS)
    reason = Column(gettext_lazy("Reason"), accessor="reason", empty="–")
    meeting = Column(gettext_lazy("Meeting"), accessor="meeting", empty="–")
    review_on = DayColumn(gettext_lazy("To be reviewed on"), empty="–")

    def render_reason(self, record: BacklogReview, value: Any) -> Any:
        return bi(record.reason) if record.reason else "–"

    def render_meeting(self, record: BacklogReview, value: Any) -> Any:
        return bi(record.meeting) if record.meeting else "–"
