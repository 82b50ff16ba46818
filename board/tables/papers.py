"""Lists of papers."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.components import bi, tag
from wlga_portal.kernel.tables import Column, DayColumn, NumberColumn, PortalTable, TagColumn

from ..models import Paper, PaperKind, Purpose
from ..states import PaperStatus

COLOURS = {
    PaperStatus.DRAFT: "grey",
    PaperStatus.REVIEW: "yellow",
    PaperStatus.RETURNED: "orange",
    PaperStatus.CLEARED: "green",
    PaperStatus.TRANSLATION: "purple",
    PaperStatus.PUBLISHED: "",
    PaperStatus.SUPERSEDED: "grey",
}


def status_tag(paper: Paper) -> SafeString:
    return tag(PaperStatus(paper.status).label, COLOURS[PaperStatus(paper.status)])


def work_url(paper: Paper) -> str:
    return reverse("board:paper_work", kwargs={"slug": paper.slug})


class PaperColumns(PortalTable):
    """What lists of papers share."""

    def render_title(self, record: Paper, value: Any) -> Any:
        if not record.board.is_demo:
            return bi(value)
        return format_html("{} {}", bi(value), gettext("(demonstration)"))

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s paper", "%(count)s papers", total) % {"count": total}


class PaperTable(PaperColumns):
    """What is published."""

    caption = _("Papers")
    default_sort = "-dated"
    no_rows = _("There are no papers to show.")
    title = Column(_("Paper"), accessor="said", link=True, order_by="title_key")
    board = Column(_("Board"), accessor="board.name", order_by="board__name_key")
    meeting = DayColumn(_("Meeting"), accessor="meeting.date", order_by="meeting__date", empty=_("none"))
    kind = TagColumn(_("Kind"), labels=PaperKind.choices, order_by="kind")
    purpose = TagColumn(_("Purpose"), labels=Purpose.choices, order_by="purpose")
    edition = NumberColumn(_("Edition"), accessor="edition_number", order_by="edition_number")
    dated = DayColumn(_("Date"), accessor="day", order_by="day")


class WorkTable(PaperColumns):
    """What is being written, for those who work on it."""

    caption = _("Papers in preparation")
    no_rows = _("No paper is in preparation.")
    title = Column(_("Paper"), link=work_url, order_by="title_key")
    board = Column(_("Board"), accessor="board.name", order_by="board__name_key")
    meeting = DayColumn(_("Meeting"), accessor="meeting.date", order_by="meeting__date", empty=_("none"))
    purpose = TagColumn(_("Purpose"), labels=Purpose.choices, order_by="purpose")
    authors = Column(_("Authors"), accessor="pk")
    edition = NumberColumn(_("Edition"), accessor="edition_number", order_by="edition_number", empty=_("none yet"))
    status = TagColumn(
        _("Status"), labels=PaperStatus.choices, colours={str(key): colour for key, colour in COLOURS.items()},
        order_by="status",
    )  # fmt: skip

    def render_authors(self, record: Paper, value: Any) -> Any:
        return ", ".join(str(credit) for credit in record.named_authors) or gettext("nobody yet")
