"""What of the fund happened lately: for everybody, and for those whose council is in a bid."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wlga_portal.kernel.news import NEWEST, News, happened, happened_to

from .models import Award, Bid, Happening

MOST = 30  # of the happenings of one's own bids
OWN_HAPPENINGS = """fund_happening AS told JOIN fund_bid AS bid ON bid.id = told.bid_id
    WHERE told.at > %(since)s AND told.by_id IS DISTINCT FROM %(person)s AND EXISTS (
        SELECT 1 FROM accounts_membership AS own
        WHERE own.user_id = %(person)s AND (own.organisation_id = bid.lead_id OR EXISTS (
            SELECT 1 FROM fund_partner AS partner
            WHERE partner.bid_id = bid.id AND partner.organisation_id = own.organisation_id)))"""


@happened
def awards_accepted() -> Iterator[News]:
    """The newest awards that their councils accepted."""
    taken = Award.objects.shown().accepted().filter(accepted_at__isnull=False)
    for award in taken.select_related("bid__lead", "bid__round").order_by("-accepted_at")[:NEWEST]:
        if award.accepted_at is not None:
            text = _("Award accepted: %(bid)s") % {"bid": award.bid.reference}
            yield News(award.accepted_at, text, award.shown_url, str(award.bid.round.name))


@happened_to(where=OWN_HAPPENINGS)
def own_bids(user: Any, since: datetime) -> Iterator[News]:
    """What others did to the bids of one's own councils."""
    told = Happening.objects.filter(at__gt=since, bid__in=Bid.objects.of_councils(user)).exclude(by=user)
    for one in told.select_related("bid")[:MOST]:
        words = {"what": one.label, "title": one.bid.title}
        text = pgettext("what happened to a bid", "%(what)s: %(title)s") % words
        yield News(one.at, text, one.bid.get_absolute_url(), str(one.about))
