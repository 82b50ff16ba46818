"""What two bids are worth together: who holds how much in each, and in the one that is made of them."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from organisations.models import Organisation

from .models import Bid, Merge, Partner
from .states import TAKING_PART


@dataclass(frozen=True, slots=True)
class Part:
    """What an organisation has in a bid. `pence` None: not given, which is not 0."""

    organisation: Organisation
    pence: int | None
    roles: tuple[str, ...] = ()


def plus(one: int | None, other: int | None) -> int | None:
    """The sum of what is given; None of nothing given."""
    return other if one is None else one if other is None else one + other


def partners_of(bid: Bid) -> list[Partner]:
    """Those who take part or are asked to; whoever declined has no part."""
    return [partner for partner in bid.partners.all() if partner.status in TAKING_PART]


def lead_pence(bid: Bid) -> int | None:
    """What is left of the amount for the lead, when every share is taken off; None where no amount is given.

    Below 0 where the shares are more than the amount.
    """
    if bid.amount_pence is None:
        return None
    return bid.amount_pence - sum(partner.share_pence or 0 for partner in partners_of(bid))


def parts_of(bid: Bid) -> list[Part]:
    """The lead with what is left for it, then the partners with their shares."""
    lead: Any = bid.lead  # bid_made_here_has_one_lead
    shares = [Part(one.organisation, one.share_pence, (one.role,) if one.role else ()) for one in partners_of(bid)]
    return [Part(lead, lead_pence(bid)), *shares]


def parts_together(merge: Merge) -> list[Part]:
    """Of each organisation what it holds in both, the new lead first: shares add up, none is lost."""
    together: dict[int, Part] = {merge.lead_id: Part(merge.lead, None)}
    for bid in merge.bids:
        for part in parts_of(bid):
            held = together.get(part.organisation.pk, Part(part.organisation, None))
            roles = tuple(dict.fromkeys((*held.roles, *part.roles)))
            together[part.organisation.pk] = Part(part.organisation, plus(held.pence, part.pence), roles)
    return list(together.values())


def amount_together(merge: Merge) -> int | None:
    return plus(merge.first.amount_pence, merge.second.amount_pence)


def terms_of(merge: Merge) -> str:
    """The hash of what an authority accepts: who leads, the amount, and each one's share."""
    said = {
        "lead": merge.lead_id,
        "amount": amount_together(merge),
        "shares": sorted((part.organisation.pk, part.pence) for part in parts_together(merge)),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
