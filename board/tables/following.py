"""The register of decisions and the tracker of actions."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.components import bi
from wlga_portal.kernel.tables import Column, DayColumn, PortalTable, TagColumn

from ..models import Action, Outcome, Result
from ..models.outcomes import COLOURS as RESULT_COLOURS
from ..wording import unmarked


def named(colours: dict[Any, str]) -> dict[str, str]:
    return {str(key): colour for key, colour in colours.items()}


class OutcomeTable(PortalTable):
    """Decisions, the latest first."""

    caption = _("Register of decisions")
    default_sort = "-meeting"
    no_rows = _("There are no decisions to show.")
    words = Column(_("Decision"), link=True)
    result = TagColumn(_("Outcome"), labels=Result.choices, colours=named(RESULT_COLOURS), order_by="result")
    meeting = DayColumn(_("Meeting"), accessor="item.meeting.date", order_by="item__meeting__date")
    item = Column(_("Item"), accessor="item.title")
    board = Column(_("Board"), accessor="item.meeting.board.name", order_by="item__meeting__board__name_key")

    def render_words(self, record: Outcome, value: Any) -> Any:
        shown = bi(unmarked(record.read))
        if not record.item.meeting.board.is_demo:
            return shown
        return format_html("{} {}", shown, gettext("(demonstration)"))

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s decision", "%(count)s decisions", total) % {"count": total}


class ActionTable(PortalTable):
    """Actions, what is overdue first."""

    caption = _("Actions")
    no_rows = _("There are no actions to show.")
    text = Column(_("Action"), link=True)
    owner = Column(_("Owner"))
    due = DayColumn(_("Due"), order_by="due")
    status = Column(_("Status"), order_by="status")
    meeting = DayColumn(_("Meeting"), accessor="item.meeting.date", order_by="item__meeting__date")
    board = Column(_("Board"), accessor="item.meeting.board.name", order_by="item__meeting__board__name_key")

    def render_text(self, record: Action, value: Any) -> Any:
        if not record.item.meeting.board.is_demo:
            return bi(value)
        return format_html("{} {}", bi(value), gettext("(demonstration)"))

    def render_owner(self, record: Action, value: Any) -> str:
        return str(record.owner)

    def render_status(self, record: Action, value: Any) -> SafeString:
        return record.tag

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s action", "%(count)s actions", total) % {"count": total}
