"""The register of what was withdrawn."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.components import bi
from wlga_portal.kernel.tables import Column, DayColumn, PortalTable

from ..models import Withdrawal
from ..wording import withdrawn_place


class WithdrawalTable(PortalTable):
    """Which edition of which paper, when, why, and the hash of what was there; never its title."""

    caption = _("Withdrawn editions")
    default_sort = "-decided"
    no_rows = _("No edition was withdrawn.")
    place = Column(_("What was withdrawn"), accessor="pk", link=True)
    decided = DayColumn(_("Withdrawn on"), accessor="decided_at", order_by="decided_at")
    reason = Column(_("Reason"))
    sha256 = Column(_("Hash (SHA-256)"), accessor="edition.sha256")

    def render_place(self, record: Withdrawal, value: Any) -> Any:
        place = withdrawn_place(record.edition)
        return format_html("{} {}", place, gettext("(demonstration)")) if record.is_demo else place

    def render_reason(self, record: Withdrawal, value: Any) -> Any:
        return bi(record.reason)

    def render_sha256(self, record: Withdrawal, value: Any) -> Any:
        return format_html('<code class="board-hash">{}</code>', value)

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s edition", "%(count)s editions", total) % {"count": total}
