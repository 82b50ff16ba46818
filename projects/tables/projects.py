"""The columns of lists of projects and deliverables."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from wlga_portal.kernel.components import bi, tag
from wlga_portal.kernel.tables import Column, DayColumn, PortalTable, TagColumn
from wlga_portal.kernel.wording import not_published

from ..models import Deliverable, PlanProject, Project
from ..reading import standing_shown
from ..states import Outcome, Phase, Status

PHASE_COLOURS = {"discovery": "grey", "alpha": "purple", "beta": "yellow", "live": "green"}
STATUS_COLOURS = {"active": "green", "backlog": "grey", "continued": "", "closed": "grey"}
# "not published" is no tag: it is no status
STATUSES = [(value, label) for value, label in Status.choices if value != Status.UNSTATED]
OUTCOME_COLOURS = {"met": "green", "not_met": "red"}


class YearColumn(Column):
    """Financial years, which do not break at their hyphen."""

    kind = "d"


class ConfirmedColumn(DayColumn):
    """A day that may break between its words, so that seven columns fit a tablet."""

    kind = ""


class PhaseColumn(TagColumn):
    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        super().__init__(verbose_name, labels=Phase.choices, colours=PHASE_COLOURS, **options)


class StatusColumn(TagColumn):
    """A status that no source gives reads "not published"."""

    def __init__(self, verbose_name: Any = None, **options: Any) -> None:
        super().__init__(verbose_name, labels=STATUSES, colours=STATUS_COLOURS, **options)

    def cell(self, value: Any) -> Any:
        return not_published()


def councils_of(project: Project) -> SafeString:
    """The organisations of a project, those that are our reading marked; or the number that a source gives."""
    if project.councils:
        marked = ((name, inferred_mark() if inferred else "") for name, inferred in project.councils)
        return format_html_join(", ", "{}{}", marked)
    if project.councils_stated:
        return SafeString(councils_counted(project.councils_stated))
    return not_published()


def councils_counted(number: int) -> str:
    """ "4 councils, not named"."""
    text = ngettext("%(count)s council, not named", "%(count)s councils, not named", number)
    return text % {"count": number}


def inferred_mark() -> SafeString:
    return format_html(' <span class="portal-note">({})</span>', _("not stated by the source"))


class TodayTable(PortalTable):
    """A list that speaks of a day: the page's `today`, set on the class that `for_day` makes."""

    today: date

    @classmethod
    def for_day(cls, today: date) -> type["TodayTable"]:
        return type(cls.__name__, (cls,), {"today": today, "__module__": cls.__module__})


class ProjectTable(TodayTable):
    caption = gettext_lazy("Projects")
    default_sort = "title"
    title = Column(gettext_lazy("Project"), link=True, order_by="title_key")
    plan = YearColumn(gettext_lazy("Plan"), accessor="pk", order_by="first_year")
    phase = PhaseColumn(gettext_lazy("Phase"), order_by="phase_rank")
    status = StatusColumn(gettext_lazy("Status"), order_by="status")
    confidence = Column(gettext_lazy("Delivery confidence"), accessor="pk", order_by="confidence_rank")
    confirmed = ConfirmedColumn(
        gettext_lazy("Last confirmed"), accessor="now__confirmed_on", order_by="standing__confirmed_on"
    )
    councils = Column(gettext_lazy("Councils"), accessor="pk")

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s project", "%(count)s projects", total) % {"count": f"{total:,}"}

    def render_plan(self, record: Project, value: Any) -> Any:
        return ", ".join(record.years) or record.first_year or not_published()

    def render_confidence(self, record: Project, value: Any) -> Any:
        return standing_shown(record.now, self.today)

    def render_councils(self, record: Project, value: Any) -> Any:
        return councils_of(record)


class ListingTable(TodayTable):
    """The projects of a plan, in the printed order."""

    caption = gettext_lazy("Projects in the printed order")
    row_header = "title"
    printed_ref = Column(gettext_lazy("Printed number"), empty="–")
    title = Column(gettext_lazy("Project"), accessor="project__title", link=lambda one: one.project.get_absolute_url())
    listed_as = Column(gettext_lazy("Listed as"), accessor="get_listed_as_display")
    phase = PhaseColumn(gettext_lazy("Phase"), accessor="project__phase")
    status = StatusColumn(gettext_lazy("Status"), accessor="project__status")
    confidence = Column(gettext_lazy("Delivery confidence"), accessor="pk")

    def __init__(self, data: Sequence[PlanProject] = (), **options: Any) -> None:
        if not any(one.printed_ref for one in data):
            options["exclude"] = ("printed_ref",)
        super().__init__(data, **options)

    def render_confidence(self, record: PlanProject, value: Any) -> Any:
        return standing_shown(record.project.now, self.today)


class DeliverableTable(PortalTable):
    """What a plan promised and what came of it. The row has the deliverable's anchor."""

    caption = gettext_lazy("Deliverables")
    title = Column(gettext_lazy("Deliverable"))
    target = Column(gettext_lazy("Target"), accessor="target_shown")
    actual = Column(gettext_lazy("Actual"), accessor="actual_shown")
    outcome = TagColumn(pgettext_lazy("of a deliverable", "Outcome"), labels=Outcome.choices, colours=OUTCOME_COLOURS)
    evidence = Column(gettext_lazy("Evidence"), empty="–")
    note = Column(gettext_lazy("Note"), accessor="note", empty="–")

    def __init__(self, data: Sequence[Deliverable] = (), **options: Any) -> None:
        if not any(one.evidence or one.evidence_url for one in data):
            options["exclude"] = (*options.get("exclude", ()), "evidence")
        super().__init__(data, **options)

    def render_title(self, record: Deliverable, value: Any) -> Any:
        return format_html('<span id="{}">{}</span>', record.slug, bi(record.title))

    def render_evidence(self, record: Deliverable, value: Any) -> Any:
        if not record.evidence_url:
            return bi(record.evidence) if record.evidence else "–"
        text = bi(record.evidence) if record.evidence else record.evidence_url
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.evidence_url, text)

    def render_note(self, record: Deliverable, value: Any) -> Any:
        return bi(record.note) if record.note else "–"


def slip_text(days: int) -> str:
    """ "5 days late", "2 days early" or "on time"."""
    if days > 0:
        return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}
    if days < 0:
        return ngettext("%(count)s day early", "%(count)s days early", -days) % {"count": -days}
    return _("on time")


def months_text(months: int | None) -> str | None:
    """ "18 months"."""
    if months is None:
        return None
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def phase_tag(phase: str) -> SafeString:
    """A phase as a tag, or "not published"."""
    return tag(Phase(phase).label, PHASE_COLOURS[phase]) if phase else not_published()


def status_tag(status: str) -> SafeString:
    """A status as a tag, or "not published"."""
    return not_published() if status == Status.UNSTATED else tag(Status(status).label, STATUS_COLOURS[status])
