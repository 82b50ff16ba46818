"""The columns of lists of awards."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wlga_portal.kernel.components import bi
from wlga_portal.kernel.tables import Column, DayColumn, MoneyColumn, PortalTable, TagColumn

from ..models import Award, Learning, LearningKind
from ..states.awards import AWARD_COLOURS, AwardStatus
from . import in_language


class AwardTable(PortalTable):
    """Awards, for who has a share in them and for the fund manager."""

    caption = _("Awards")
    default_sort = "-awarded"
    no_rows = _("No award yet.")
    title = Column(_("Bid"), accessor="bid.title", link=True, order_by="bid__title")
    reference = Column(_("Reference"), accessor="bid.reference", order_by="bid__reference")
    lead = Column(_("Lead council"), accessor="bid.lead.name", order_by="bid__lead__name_key")
    topic = Column(_("Topic"), accessor="bid.topic.name", order_by="bid__topic__name_key")
    amount = MoneyColumn(_("Amount awarded"), accessor="amount_pence", order_by="amount_pence")
    paid = MoneyColumn(_("Paid"), accessor="paid_pence", order_by="paid_pence")
    awarded = DayColumn(_("Awarded on"), accessor="awarded_on", order_by="awarded_on")
    status = TagColumn(_("Status"), labels=AwardStatus.choices, colours=AWARD_COLOURS, order_by="status")

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s award", "%(count)s awards", total) % {"count": f"{total:,}"}

    def render_title(self, record: Award, value: Any) -> Any:
        return in_language(value, record.bid.language)


class SharedTable(PortalTable):
    """Awards as everybody reads them."""

    caption = _("Awards")
    default_sort = "-awarded"
    no_rows = _("No award is published yet.")
    title = Column(_("Bid"), accessor="bid.title", link=lambda award: award.shown_url, order_by="bid__title")
    year = Column(_("Year"), accessor="bid.round.year", order_by="bid__round__year")
    topic = Column(_("Topic"), accessor="bid.topic.name", order_by="bid__topic__name_key")
    councils = Column(_("Councils and partners"), accessor="pk")
    amount = MoneyColumn(_("Amount awarded"), accessor="amount_pence", order_by="amount_pence")
    awarded = DayColumn(_("Awarded on"), accessor="awarded_on", order_by="awarded_on")

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s award", "%(count)s awards", total) % {"count": f"{total:,}"}

    def render_title(self, record: Award, value: Any) -> Any:
        return in_language(value, record.bid.language)

    def render_councils(self, record: Award, value: Any) -> Any:
        return format_html_join(", ", "{}", ((bi(share.organisation.name),) for share in record.shares.all()))


class LearningTable(PortalTable):
    """The library of learning."""

    caption = _("What was learned")
    default_sort = "-published"
    no_rows = _("Nothing is published yet.")
    title = Column(_("Title"), order_by="title_key")
    summary = Column(_("In short"))
    kind = TagColumn(_("Kind"), labels=LearningKind.choices, order_by="kind")
    council = Column(_("Lead council"), accessor="award.bid.lead.name")
    topic = Column(_("Topic"), accessor="award.bid.topic.name")
    published = DayColumn(_("Published"), accessor="published_on", order_by="published_on")

    def render_title(self, record: Learning, value: Any) -> Any:
        if not record.link:
            return bi(value)
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.link, bi(value))
