"""Lists of learners and of those who may be one person."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from wlga_portal.kernel.components import bi, tag
from wlga_portal.kernel.tables import Column, MomentColumn, NumberColumn, PortalTable, TagColumn

from ..models import Reason
from ..states import DoubleStatus

DOUBLE_COLOURS = {"open": "yellow", "same": "green", "different": "grey"}


class LearnerTable(PortalTable):
    """Learners as a coordinator or the team sees them."""

    caption = _("Learners")
    default_sort = "name"
    no_rows = _("No learner fits.")
    name = Column(_("Name"), accessor="shown_name", link=True, order_by="shown_name")
    councils = Column(_("Belongs to"), accessor="pk")
    opportunities = NumberColumn(_("Learning opportunities"), order_by="opportunities")

    def render_name(self, record: Any, value: Any) -> Any:
        marks = []
        if record.is_demo:
            marks.append(tag(pgettext("learner", "Demonstration"), "orange"))
        if record.doubted:
            marks.append(tag(pgettext("learner", "Doubtful double"), "yellow"))
        return format_html_join(" ", "{}", [(part,) for part in (str(record), *marks)])

    def render_councils(self, record: Any, value: Any) -> Any:
        current = [one for one in record.memberships.all() if one.is_current]
        return format_html_join(", ", "{}", [(bi(one.organisation.name),) for one in current]) or "–"

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s learner", "%(count)s learners", total) % {"count": f"{total:,}"}


class DoubleTable(PortalTable):
    """Pairs who may be one person."""

    caption = _("Doubtful doubles")
    default_sort = "-found_at"
    no_rows = _("There is no pair to review.")
    pair = Column(_("Learners"), accessor="pk", link=True)
    reason = Column(_("Why they may be one person"), order_by="reason")
    found_at = MomentColumn(pgettext_lazy("double", "Found"), order_by="found_at")
    status = TagColumn(_("Status"), labels=DoubleStatus.choices, colours=DOUBLE_COLOURS, order_by="status")

    reasons = dict(Reason.choices)

    def render_pair(self, record: Any, value: Any) -> Any:
        return format_html("{} – {}", record.first, record.second)

    def render_reason(self, record: Any, value: Any) -> Any:
        return self.reasons[value]

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s pair", "%(count)s pairs", total) % {"count": f"{total:,}"}
