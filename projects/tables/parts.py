"""The tables of a project's page: its milestones, risks, benefits, costs and partners."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Self

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from wlga_portal.kernel.components import bi, confidence, tag
from wlga_portal.kernel.tables import ActionColumn, Column, DayColumn, MoneyColumn, PortalTable, TagColumn
from wlga_portal.kernel.wording import not_published, pounds

from ..models import Benefit, Milestone, ProjectPartner, Risk
from ..states import PartnerRole, RiskKind
from .projects import inferred_mark, slip_text

KIND_COLOURS = {"risk": "grey", "issue": "orange"}


class PartTable(PortalTable):
    """Rows of a section of a project's or plan's page. `edit`: the page that changes a row, for those who write.

    `shown`: what the page shows, with `writes` and `to(name, **parts)` (`sections.base.Shown`, or a plan's).
    """

    edit = ""
    shown: Any
    change = ActionColumn(gettext_lazy("Change"), accessor="pk")

    @classmethod
    def for_page(cls, shown: Any, rows: Sequence[Any]) -> Self:
        table = cls(rows, sequence=("...", "change"), exclude=() if shown.writes and cls.edit else ("change",))
        table.shown = shown
        return table

    def render_change(self, record: Any, value: Any) -> SafeString:
        return format_html(
            '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
            self.shown.to(self.edit, number=record.pk),
            _("Change"),
            self.named(record),
        )

    def named(self, record: Any) -> str:
        """What a row is called, for those who hear the link alone."""
        return str(record)


class MilestoneTable(PartTable):
    """Milestones: as first agreed, as expected now, as it happened."""

    edit = "milestone_edit"
    caption = gettext_lazy("Milestones")
    no_rows = gettext_lazy("No milestones yet.")
    title = Column(gettext_lazy("Milestone"))
    baseline = DayColumn(gettext_lazy("Baseline"), empty="–")
    forecast = DayColumn(gettext_lazy("Forecast"), empty="–")
    actual = DayColumn(gettext_lazy("Actual"), empty="–")
    slip = Column(gettext_lazy("Against the baseline"), accessor="slip_days", empty="–")

    def render_title(self, record: Milestone, value: Any) -> SafeString:
        mark: SafeString | str = ""
        if record.dropped_on:
            mark = tag(_("No longer planned"), "grey")
        elif record.overdue(self.shown.today):
            mark = tag(pgettext("of a milestone", "Overdue"), "red")
        return format_html("{} {}", bi(record.title), mark) if mark else format_html("{}", bi(record.title))

    def render_slip(self, record: Milestone, value: int | None) -> str:
        return "–" if value is None else slip_text(value)


class RiskTable(PartTable):
    """Risks and issues. Who owns each is for the team."""

    edit = "risk_edit"
    caption = gettext_lazy("Risks and issues")
    no_rows = gettext_lazy("No open risks or issues.")
    row_header = "title"
    title = Column(gettext_lazy("Title"))
    kind = TagColumn(gettext_lazy("Kind"), labels=RiskKind.choices, colours=KIND_COLOURS)
    rating = Column(pgettext_lazy("of a risk", "Rating"))
    mitigation = Column(gettext_lazy("What is done about it"), empty="–")
    owner = Column(gettext_lazy("Owner"), empty="–")
    review_on = DayColumn(gettext_lazy("Review"), empty="–")

    @classmethod
    def for_page(cls, shown: Any, rows: Sequence[Any]) -> Self:
        hidden = [*(() if shown.team else ("owner",)), *(() if shown.writes and cls.edit else ("change",))]
        table = cls(rows, sequence=("...", "change"), exclude=hidden)
        table.shown = shown
        return table

    def render_title(self, record: Risk, value: Any) -> SafeString:
        private = "" if record.is_public or not self.shown.team else tag(_("Team only"), "grey")
        return format_html("{} {}", bi(record.title), private)

    def render_rating(self, record: Risk, value: str) -> SafeString:
        figures = "" if record.kind == RiskKind.ISSUE else f" ({record.likelihood} × {record.impact})"
        return format_html("{}{}", confidence(value), figures)

    def render_mitigation(self, record: Risk, value: Any) -> Any:
        return bi(record.mitigation) if record.mitigation else "–"

    def render_review_on(self, record: Risk, value: Any) -> SafeString:
        drawn = self.base_columns["review_on"].drawer()(value)
        late = tag(pgettext("of a risk", "Overdue"), "red") if record.overdue(self.shown.today) else ""
        return format_html("{} {}", SafeString(drawn), late)


def figure(value: Decimal | None, unit: Any) -> str | SafeString:
    """A figure with its unit: "12.5 minutes"; None reads "not published"."""
    if value is None:
        return not_published()
    shown = f"{value.normalize():,f}"
    return f"{shown} {unit}"


class BenefitTable(PartTable):
    """Benefits, as they were, as they should be and as they are."""

    edit = "benefit_edit"
    caption = gettext_lazy("Benefits")
    no_rows = gettext_lazy("No benefits yet.")
    title = Column(gettext_lazy("Benefit"))
    baseline = Column(pgettext_lazy("of a benefit", "Before"))
    target = Column(gettext_lazy("Target"))
    actual = Column(gettext_lazy("Actual"))
    due_on = DayColumn(gettext_lazy("Expected by"), empty="–")

    def render_title(self, record: Benefit, value: Any) -> SafeString:
        if not record.measure:
            return format_html("{}", bi(record.title))
        return format_html('{}<br><span class="portal-none">{}</span>', bi(record.title), bi(record.measure))

    def render_baseline(self, record: Benefit, value: Decimal | None) -> str | SafeString:
        return figure(value, record.unit)

    def render_target(self, record: Benefit, value: Decimal | None) -> str | SafeString:
        return figure(value, record.unit)

    def render_actual(self, record: Benefit, value: Decimal | None) -> str | SafeString:
        return figure(value, record.unit)


class CostTable(PortalTable):
    """What a project costs, year by year."""

    caption = gettext_lazy("Budget and spend")
    no_rows = gettext_lazy("No figures yet.")
    row_header = "year"
    year = Column(gettext_lazy("Year"))
    baseline = MoneyColumn(gettext_lazy("Baseline"))
    forecast = MoneyColumn(gettext_lazy("Forecast"))
    actual = MoneyColumn(gettext_lazy("Actual"))
    variance = MoneyColumn(gettext_lazy("Against the baseline"), empty="–")

    def render_year(self, record: Any, value: str) -> str:
        return value or _("Whole life")

    def render_variance(self, record: Any, value: int | None) -> str:
        """ "£500 more (10.0 %)"."""
        if value is None:
            return "–"
        if value == 0:
            return pgettext("of a cost", "as planned")
        share = f" ({percent(abs(value) / record.baseline)})" if record.baseline else ""
        template = pgettext("of a cost", "%(amount)s more") if value > 0 else pgettext("of a cost", "%(amount)s less")
        return template % {"amount": pounds(abs(value))} + share


class FigureTable(PartTable):
    """Each figure of the costs by itself, for those who change them."""

    edit = "cost_edit"
    caption = gettext_lazy("Each figure")
    year = Column(gettext_lazy("Year"))
    kind = Column(gettext_lazy("Kind"), accessor="get_kind_display")
    amount_pence = MoneyColumn(gettext_lazy("Amount"))
    narrative = Column(gettext_lazy("Explanation"), empty="–")

    def render_narrative(self, record: Any, value: Any) -> Any:
        return bi(record.narrative) if record.narrative else "–"

    def named(self, record: Any) -> str:
        return f"{record.year}, {record.get_kind_display()}"


def percent(share: float) -> str:
    """A share as "12.5%", in Welsh "12.5%" too."""
    return f"{share * 100:.1f}%"


class PartnerTable(PartTable):
    """The organisations of a project with their roles; what is our reading says so."""

    edit = "partner_edit"
    caption = gettext_lazy("Councils and partners")
    organisation = Column(
        gettext_lazy("Council or body"),
        accessor="organisation__name",
        link=lambda part: part.organisation.get_absolute_url(),
    )
    role = Column(gettext_lazy("Role"), accessor="get_role_display")

    def render_role(self, record: ProjectPartner, value: str) -> SafeString:
        role = PartnerRole(record.role).label
        return format_html("{}{}", role, inferred_mark() if record.inferred else "")

    def named(self, record: ProjectPartner) -> str:
        return str(record.organisation.name)
