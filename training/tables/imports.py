"""Files of attendance, and the rows of one."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from wlga_portal.kernel.tables import Column, MomentColumn, NumberColumn, PortalTable, TagColumn

from ..models import Outcome
from ..states import ImportStatus
from ..wording import problems

IMPORT_COLOURS = {
    "reading": "yellow", "checked": "yellow", "running": "purple", "done": "green", "settled": "green",
    "undoing": "purple", "undone": "grey", "dropped": "grey", "failed": "red",
}  # fmt: skip
OUTCOME_COLOURS = {"new": "green", "matched": "green", "doubtful": "yellow", "held": "grey", "wrong": "red"}


class ImportTable(PortalTable):
    """Files, the newest first."""

    caption = _("Files of attendance")
    default_sort = "-created_at"
    row_header = "source"
    no_rows = _("No file was brought in yet.")
    created_at = MomentColumn(pgettext_lazy("import", "Sent on"), order_by="created_at")
    source = Column(_("Source"), link=True, order_by="source__name")
    filename = Column(_("File"), empty="–")
    status = TagColumn(_("Status"), labels=ImportStatus.choices, colours=IMPORT_COLOURS, order_by="status")
    total = NumberColumn(_("Rows"))

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s file", "%(count)s files", total) % {"count": f"{total:,}"}


class ImportRowTable(PortalTable):
    """The rows of one file, with what was found of each."""

    caption = _("Rows of the file")
    default_sort = "number"
    no_rows = _("No row fits.")
    number = NumberColumn(_("Row"), order_by="number")
    outcome = TagColumn(_("Result"), labels=Outcome.choices, colours=OUTCOME_COLOURS, order_by="outcome")
    who = Column(_("Name"), accessor="data.name", empty="–")
    council = Column(_("Council"), accessor="data.council", empty="–")
    course = Column(_("Course"), accessor="data.course", empty="–")
    day = Column(pgettext_lazy("column of a file", "Day of the session"), accessor="data.day", empty="–")
    problems = Column(_("What was found"), empty="–")

    def render_problems(self, record: Any, value: Any) -> Any:
        return format_html_join(" ", "{}", [(sentence,) for sentence in problems(value)]) or "–"

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s row", "%(count)s rows", total) % {"count": f"{total:,}"}
