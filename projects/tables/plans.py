"""The tables of delivery plans: the list of them, their money, their changes, both plans beside each other."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from wlga_portal.kernel.components import bi
from wlga_portal.kernel.tables import Column, DayColumn, MoneyColumn, NumberColumn, PortalTable, TagColumn
from wlga_portal.kernel.wording import day

from ..agreed import Row
from ..models import FundingLine, PlanChange
from ..states import ChangeKind, ChangeStatus
from .parts import PartTable
from .projects import YearColumn

CHANGE_COLOURS = {"proposed": "yellow", "agreed": "green", "refused": "red", "withdrawn": "grey"}


class PlanTable(PortalTable):
    caption = gettext_lazy("Delivery plans")
    title = Column(gettext_lazy("Delivery plan"), link=True)
    year = YearColumn(gettext_lazy("Year"))
    agreed_with = Column(gettext_lazy("Agreed with"), accessor="agreed_with__name")
    agreed_on = DayColumn(gettext_lazy("Agreed on"))
    grant = MoneyColumn(gettext_lazy("Grant"), accessor="grant_pence")
    projects = NumberColumn(gettext_lazy("Projects"), accessor="project_count")


class FundingTable(PartTable):
    """Money of a plan."""

    edit = "funding_edit"
    caption = gettext_lazy("Funding")
    no_rows = gettext_lazy("No funding lines yet.")
    source = Column(pgettext_lazy("of money", "From"), accessor="pk")
    amount_pence = MoneyColumn(gettext_lazy("Amount"))

    def render_source(self, record: FundingLine, value: Any) -> SafeString:
        names = [bi(text) for text in (record.source.name if record.source else "", record.title) if text]
        return format_html_join(": ", "{}", ((name,) for name in names))


class ChangeTable(PortalTable):
    """Changes of an agreed plan, newest first."""

    caption = gettext_lazy("Changes of the agreed plan")
    thing = Column(gettext_lazy("Change"), accessor="pk", link=True)
    status = TagColumn(gettext_lazy("Status"), labels=ChangeStatus.choices, colours=CHANGE_COLOURS)
    proposed_on = DayColumn(gettext_lazy("Proposed on"))
    agreed_on = DayColumn(gettext_lazy("Agreed on"), empty="–")

    def render_thing(self, record: PlanChange, value: Any) -> SafeString:
        return format_html("{}: {}", ChangeKind(record.kind).label, bi(record.thing.title))


class BothRows(PortalTable):
    """One thing in both plans, with the changes that moved it."""

    title = Column(gettext_lazy("Title"), link=lambda row: row.url)
    first = Column(gettext_lazy("As first agreed"))
    now = Column(gettext_lazy("As it is now"))
    changes = Column(gettext_lazy("By which change"), accessor="changes")

    def render_changes(self, record: Row, value: Any) -> SafeString | str:
        """What was agreed, and when."""
        links = (
            (change.get_absolute_url(), ChangeKind(change.kind).label, day(change.agreed_on))
            for change in record.changes
        )
        return format_html_join(", ", '<a class="govuk-link" href="{}">{}, {}</a>', links) or "–"


class ListedRows(BothRows):
    caption = gettext_lazy("Projects in both plans")

    def render_first(self, record: Row, value: Any) -> str:
        return listed(record.first)

    def render_now(self, record: Row, value: Any) -> str:
        return listed(record.now)


def listed(value: Any) -> str:
    return _("in the plan") if value else pgettext("of a project", "not in the plan")


class TargetRows(BothRows):
    """A target without a number says so."""

    caption = gettext_lazy("Targets in both plans")
    first = Column(gettext_lazy("As first agreed"), empty=pgettext_lazy("of a target", "no number"))
    now = Column(gettext_lazy("As it is now"), empty=pgettext_lazy("of a target", "no number"))


class BaselineRows(BothRows):
    caption = gettext_lazy("Milestone baselines that moved")
    first = DayColumn(gettext_lazy("As first agreed"))
    now = DayColumn(gettext_lazy("As it is now"))
