"""What an organisation is awarded and what is paid to it, by year: on its page, as a chart, a table and a file."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import roles_of
from organisations.models import Organisation
from training.years import Year
from wlga_portal.kernel.charts import Chart, Series, grouped_bars
from wlga_portal.kernel.panels import Panel, shared_panel
from wlga_portal.kernel.wording import pounds

from .models import Award, AwardShare, Payment
from .querysets import COUNCIL_ROLES


@dataclass(frozen=True, slots=True)
class Money:
    """Its shares of awards, and what was paid for awards of which it is the lead, by plan year (1 April)."""

    shares: list[AwardShare]
    awarded: Counter[Year]
    paid: Counter[Year]

    @property
    def years(self) -> list[Year]:
        return sorted({*self.awarded, *self.paid})


def money_of(organisation: Organisation, user: Any) -> Money:
    """What everybody may read; to its own people also what is invented for the demonstration. Two queries."""
    seen = Award.objects.accepted()
    seen = seen.filter(pk__in=Award.objects.public()) | seen.filter(pk__in=Award.objects.of_councils(user))
    held = AwardShare.objects.filter(award__in=seen, organisation=organisation).order_by("-award__awarded_on", "pk")
    shares = list(held.select_related("award__bid__round", "award__bid__topic"))
    led = [share.award_id for share in shares if share.award.bid.lead_id == organisation.pk]
    awarded: Counter[Year] = Counter()
    paid: Counter[Year] = Counter()
    for share in shares:
        awarded[Year.of(share.award.awarded_on)] += share.amount_pence
    for payment in Payment.objects.filter(award__in=led) if led else ():
        paid[Year.of(payment.paid_on)] += payment.amount_pence
    return Money(shares, awarded, paid)


def chart_of(money: Money, csv_url: str = "") -> Chart:
    """A bar of what was awarded and one of what was paid, for each year in which there was either."""
    series = [
        Series(_("Awarded"), [money.awarded[year] for year in money.years]),
        Series(_("Paid"), [money.paid[year] for year in money.years]),
    ]
    labels = [str(year) for year in money.years]
    return grouped_bars(_("Money by year"), labels, series, say=pounds, csv_url=csv_url, header=_("Year"))


def own_councils(user: Any) -> Hashable:
    """Readers of the same councils see the same of a council's bids and awards."""
    return user.is_authenticated, frozenset(roles_of(user).organisation_ids(*COUNCIL_ROLES))


@shared_panel("organisations.organisation", order=42, reader=own_councils)
def money_panel(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """Awards and money; of a council of which nothing is published, the panel says so."""
    money = money_of(organisation, request.user)
    if not money.shares and not organisation.is_council:
        return None
    csv_url = reverse("fund:council_money", kwargs={"slug": organisation.slug})
    context = {
        "shares": money.shares,
        "chart": chart_of(money, csv_url) if money.shares else None,
        "invented": any(share.award.bid.round.is_demo for share in money.shares),
    }
    return Panel(_("Awards and money received"), "fund/panel_money.html", context)
