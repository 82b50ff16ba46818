"""The columns of the kept pages."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.tables import Column, MomentColumn, PortalTable, TagColumn

from ..models import Snapshot
from ..states import Kept


class SnapshotTable(PortalTable):
    """Kept pages, each under the title that it had."""

    caption = gettext_lazy("Kept pages")
    no_rows = gettext_lazy("No page is kept yet.")
    title = Column(gettext_lazy("Page"), accessor="said", link=True)
    kind = TagColumn(gettext_lazy("What it is about"), labels=Kept.choices)
    moment = MomentColumn(gettext_lazy("As it was on"))
    at = MomentColumn(gettext_lazy("Kept on"))

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s kept page", "%(count)s kept pages", total) % {"count": f"{total:,}"}

    def render_title(self, record: Snapshot, value: Any) -> str:
        return str(value["title"][page_language()])
