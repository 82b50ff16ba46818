"""The columns of lists of bids."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.components import bi
from wlga_portal.kernel.tables import Column, MomentColumn, MoneyColumn, NumberColumn, PortalTable, TagColumn
from wlga_portal.kernel.wording import not_published

from ..models import Bid
from ..similar.scoring import FOUND
from ..states import COLOURS, BidStatus


def heading_of(bid: Bid) -> Any:
    """The heading in the language that it is written in."""
    return in_language(bid.heading, bid.heading_lang)


def in_language(text: str, language: str) -> str:
    """A text in a span with its language where that is not the page's."""
    return text if language == page_language() else format_html('<span lang="{}">{}</span>', language, text)


class BidColumns(PortalTable):
    """What every list of bids counts and how it draws a title."""

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s bid", "%(count)s bids", total) % {"count": f"{total:,}"}

    def render_title(self, record: Bid, value: Any) -> Any:
        return heading_of(record)


class BidTable(BidColumns):
    """The public list: what is published of each bid."""

    caption = _("Bids")
    default_sort = "-round"
    no_rows = _("No bid matches.")
    title = Column(_("Bid"), accessor="heading", link=True)
    round = Column(_("Round"), accessor="round.year", order_by="round__year")
    topic = Column(_("Topic"), accessor="topic.name", order_by="topic__name_key")
    councils = Column(_("Councils and partners"), accessor="pk")
    lead = Column(_("Lead council"), accessor="lead.name")
    amount = MoneyColumn(_("Amount"), accessor="amount_pence", empty=_("amount not published"), order_by="amount_pence")
    status = TagColumn(_("Status"), labels=BidStatus.choices, colours=COLOURS)

    def render_topic(self, record: Bid, value: Any) -> Any:
        if not record.topic_inferred:
            return bi(value)
        return format_html('{} <span class="portal-none">({})</span>', bi(value), gettext("our reading"))

    def render_councils(self, record: Bid, value: Any) -> Any:
        """Those that the source names as partners; a possible one is not among them."""
        named = [partner.organisation.name for partner in record.partners.all() if not partner.possible]
        return format_html_join(", ", "{}", ((bi(name),) for name in named)) if named else not_published()


class OwnTable(BidColumns):
    """The bids of a person's councils."""

    caption = _("Your councils’ bids")
    default_sort = "-reference"
    no_rows = _("Your councils have no bid yet.")
    title = Column(_("Bid"), accessor="heading", link=True)
    reference = Column(_("Reference"), order_by="reference")
    round = Column(_("Round"), accessor="round.name")
    topic = Column(_("Topic"), accessor="topic.name")
    lead = Column(_("Lead council"), accessor="lead.name")
    received = MomentColumn(_("Received"), accessor="latest.received_at", empty=_("not submitted"))
    status = TagColumn(_("Status"), labels=BidStatus.choices, colours=COLOURS)


def sent_url(bid: Bid) -> str:
    """The page of the latest submission, without asking the database for the bid again."""
    number = bid.latest.number if bid.latest else 0
    return reverse("fund:submission_page", kwargs={"slug": bid.slug, "number": number})


def near_url(bid: Bid) -> str:
    return sent_url(bid) if bid.latest else bid.get_absolute_url()


def near_name(bid: Bid) -> Any:
    return bid.reference or heading_of(bid)


class SentTable(BidColumns):
    """What was submitted, for the fund manager: each row says what the latest submission says."""

    caption = _("Submitted bids")
    default_sort = "-received"
    no_rows = _("No bid was submitted yet.")
    title = Column(_("Bid"), accessor="latest.title", link=sent_url, order_by="latest__title")
    reference = Column(_("Reference"), order_by="reference")
    topic = Column(_("Topic"), accessor="latest.topic.name", order_by="latest__topic__name_key")
    lead = Column(_("Lead council"), accessor="lead.name", order_by="lead__name_key")
    amount = MoneyColumn(
        _("Amount"), accessor="latest.amount_pence", empty=_("not given"), order_by="latest__amount_pence"
    )
    received = MomentColumn(_("Received"), accessor="latest.received_at", order_by="latest__received_at")
    status = TagColumn(_("Status"), labels=BidStatus.choices, colours=COLOURS)
    similar = Column(_("Similar bids"), accessor="pk")
    interested = NumberColumn(_("Councils with the problem too"), order_by="interested")

    def render_similar(self, record: Bid, value: Any) -> Any:
        """Each of the similar bids by its reference; one of the past by its heading. The page of the bid says why."""
        near = [one.other for one in record.likenesses.all() if one.other.status != BidStatus.WITHDRAWN][:FOUND]
        if not near:
            return gettext("none found")
        pairs = [(near_url(bid), near_name(bid)) for bid in near]
        links = format_html_join(", ", '<a class="govuk-link" href="{}">{}</a>', pairs)
        why = reverse("fund:similar_page", kwargs={"slug": record.slug})
        return format_html('{} (<a class="govuk-link" href="{}">{}</a>)', links, why, gettext("why"))

    def render_title(self, record: Bid, value: Any) -> Any:
        return in_language(value, record.latest.language if record.latest else page_language())
