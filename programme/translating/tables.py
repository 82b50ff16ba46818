"""The worklist as a list."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from wlga_portal.kernel.components import bi
from wlga_portal.kernel.tables import Column, DayColumn, NumberColumn, PortalTable, TagColumn

from .actions import short
from .texts import COLOURS, Direction, Entry, State


class TextTable(PortalTable):
    """One text a line; its beginning leads to both sides."""

    caption = _("Texts to translate")
    no_rows = _("Nothing waits for a translator here.")
    text = Column(_("Text"), accessor="said", link=True)
    place = Column(_("Where it stands"), accessor="label", order_by="place")
    area = Column(pgettext_lazy("of the portal", "Area"), order_by="area")
    state = TagColumn(_("State"), labels=State.choices, colours=COLOURS, order_by="state")
    to = Column(_("Direction"), accessor="target")
    words = NumberColumn(_("Words"), order_by="words")
    since = DayColumn(_("Waiting since"), order_by="since")

    def render_text(self, record: Entry, value: str) -> Any:
        return format_html('<span lang="{}">{}</span>', record.source, short(value, 90))

    def render_place(self, record: Entry, value: Any) -> Any:
        if not record.place:
            return value
        return format_html("{}: {}", bi(record.place), value)

    def render_to(self, record: Entry, value: str) -> Any:
        return Direction(value).label

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s text", "%(count)s texts", total) % {"count": f"{total:,}"}
