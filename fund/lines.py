"""Single lines of a page that join several things, each text in its language and each organisation a link."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wlga_portal.kernel.components import bi
from wlga_portal.kernel.wording import day, not_published, pounds

from .models import Bid, Partner, Round, StatedProcess


def bodies_line(partners: Iterable[Partner]) -> SafeString:
    """Organisations as links; "not published" where there is none."""
    pairs = [(one.organisation.get_absolute_url(), bi(one.organisation.name)) for one in partners]
    return format_html_join(", ", '<a class="govuk-link" href="{}">{}</a>', pairs) if pairs else not_published()


def topic_line(bid: Bid) -> SafeString:
    """The topic, and whether it is our reading."""
    if not bid.topic_inferred:
        return format_html("{}", bi(bid.topic.name))
    note = _("our reading: the source does not state the topic of this bid")
    return format_html('{} <span class="portal-none">({})</span>', bi(bid.topic.name), note)


def lead_line(bid: Bid) -> SafeString:
    return format_html("{}", bi(bid.lead.name)) if bid.lead else not_published()


def amount_line(bid: Bid) -> SafeString:
    """The amount; one that is not given is never 0."""
    if bid.amount_pence is None:
        return not_published(_("amount not published") if bid.is_historic else _("not given"))
    return format_html("{}", pounds(bid.amount_pence))


def source_line(one_round: Round) -> SafeString:
    """Where what is said of the round comes from, and of what day."""
    if not one_round.source_date:
        return format_html("{}", bi(one_round.source))
    return format_html("{}, {}", bi(one_round.source), day(one_round.source_date))


def expected_line(process: StatedProcess) -> str:
    """How many statements were expected, in the words of the source."""
    return _("expected: %(words)s") % {"words": process.statements_expected_words}
