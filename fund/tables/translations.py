"""The list of translations."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wlga_portal.kernel.tables import Column, MomentColumn, NumberColumn, PortalTable, TagColumn

from ..models import BidTranslation
from ..states.translation import TranslationStatus
from . import in_language

COLOURS = {TranslationStatus.WAITING.value: "yellow", TranslationStatus.DONE.value: "green"}


class TranslationTable(PortalTable):
    """What waits and what is done."""

    caption = _("Translations of bids")
    default_sort = "-asked"
    no_rows = _("No bid was submitted in Welsh yet.")
    title = Column(_("Bid"), accessor="submission.title", link=True)
    reference = Column(_("Reference"), accessor="submission.reference")
    lead = Column(_("Lead council"), accessor="submission.bid.lead.name")
    asked = MomentColumn(_("Sent to translation"), accessor="asked_at", order_by="asked_at")
    written = NumberColumn(_("Texts translated"))
    total = NumberColumn(_("Texts"))
    status = TagColumn(_("Status"), labels=TranslationStatus.choices, colours=COLOURS)

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s translation", "%(count)s translations", total) % {"count": f"{total:,}"}

    def render_title(self, record: BidTranslation, value: Any) -> Any:
        return in_language(value, record.submission.language)
