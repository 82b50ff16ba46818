"""What a proposal lacks beside its answers: costs, commitments of money, agreement between the two."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from fund.models import Bid, StageKind
from fund.models.costs import Funding
from fund.states import Consent
from wlga_portal.kernel.wording import pounds


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing before the bid can be submitted, and where to mend it."""

    text: str
    url: str


def cost_gaps(bid: Bid) -> Iterator[Gap]:
    """A proposal says what the fund is to pay; who spends takes part; match funding is what the partners bear."""
    lines = list(bid.costs.all())
    url = reverse("fund:cost_list", kwargs={"slug": bid.slug})
    asked = bid.stage == StageKind.PROPOSALS and bid.cost_categories().exists()
    if asked and not any(line.funding == Funding.FUND for line in lines):
        yield Gap(_("No costs are given that the fund is to pay."), url)
    partners = {partner.organisation_id: partner for partner in bid.partners.select_related("organisation")}
    match: dict[int, int] = defaultdict(int)
    for line in lines:
        match[line.organisation_id] += line.amount_pence if line.funding == Funding.MATCH else 0
    for organisation in sorted(match.keys() - partners.keys() - {bid.lead_id}):
        name = next(line.organisation.name for line in lines if line.organisation_id == organisation)
        yield Gap(_("There are costs of %(partner)s, which is not in the bid.") % {"partner": name}, url)
    for partner in partners.values():
        share, borne = partner.share_pence or 0, match[partner.organisation_id]
        if asked and share != borne:
            text = _("The match funding of %(partner)s in the costs is %(borne)s, but its share is %(share)s.")
            values = {"partner": partner.organisation.name, "borne": pounds(borne), "share": pounds(share)}
            yield Gap(text % values, url)


def commitment_gaps(bid: Bid, at: datetime) -> Iterator[Gap]:
    """At the stage of proposals each share of money is committed, unless the round lets that follow."""
    due = bid.round.commitments_due_at
    if bid.stage != StageKind.PROPOSALS or (due is not None and at <= due):
        return
    committed = set(
        bid.partners.filter(commitments__voided_at=None, commitments__isnull=False).values_list("pk", flat=True)
    )
    url = reverse("fund:partner_list", kwargs={"slug": bid.slug})
    for partner in bid.partners.select_related("organisation"):
        if partner.share_pence and partner.pk not in committed and partner.status != Consent.DECLINED:
            yield Gap(
                _("%(partner)s has not committed its share of money.") % {"partner": partner.organisation.name}, url
            )
