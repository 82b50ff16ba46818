"""Who may, where bids are alike: ask to join, say that one is separate, merge, and say that a problem is shared."""

from typing import Any

from accounts.roles import Role, roles_of
from wlga_portal.kernel.workflow import by_the_portal

from ..models import Bid, Merge
from ..querysets import COUNCIL_ROLES
from ..states import OPEN_STATUSES, Consent
from ..states.merging import MERGE, MergeStatus
from . import bid_lead_officer, fund_manage


def council_member(user: Any) -> bool:
    """Whoever works on bids for a council."""
    return roles_of(user).has(*COUNCIL_ROLES)


def statements_read(user: Any) -> bool:
    """The statements of other councils: whoever works on bids for one, and the fund manager."""
    return council_member(user) or fund_manage(user)


def interest_say(user: Any, bid: Bid) -> bool:
    """An officer or the digital lead of a council that has no part in the bid."""
    return bool(interested_councils(user, bid))


def interested_councils(user: Any, bid: Bid) -> frozenset[int]:
    """The councils for which this person may say that they have the problem too."""
    return roles_of(user).organisation_ids(Role.OFFICER, Role.DIGITAL_LEAD) - {bid.lead_id}


def authorities(merge: Merge) -> dict[int, Any]:
    """The councils and bodies that must accept: both leads, and the partners that have agreed to their part."""
    found = {}
    for bid in merge.bids:
        found[bid.lead_id] = bid.lead
        for partner in bid.partners.all():
            if partner.status in (Consent.AGREED, Consent.VOID):
                found[partner.organisation_id] = partner.organisation
    return {number: body for number, body in found.items() if number is not None}


def inside(user: Any, merge: Merge) -> frozenset[int]:
    """The bids of a merge (ids) whose texts and shares this person may read. Those of their own councils. Of the other
    only while the merge is open, or done: the one whose council proposed it; the one that was asked once its lead has
    accepted, since nobody opens another council's draft by a proposal. The fund manager reads what was sent.
    """
    own = set(
        Bid.objects.of_councils(user).filter(pk__in=(merge.first_id, merge.second_id)).values_list("pk", flat=True)
    )
    if own and (merge.is_open or merge.status == MergeStatus.MERGED):
        own.add(merge.first_id)
        if merge.status == MergeStatus.MERGED or lead_accepted(merge):
            own.add(merge.second_id)
    if fund_manage(user):
        own |= {bid.pk for bid in merge.bids if bid.latest_id and bid.status not in OPEN_STATUSES}
    return frozenset(own)


def lead_accepted(merge: Merge) -> bool:
    """Whether the council that was asked has accepted, on the terms of today or on earlier ones."""
    return any(consent.organisation_id == merge.second.lead_id for consent in merge.consents.all())


def led_by(user: Any, merge: Merge) -> frozenset[int]:
    """The authorities for which this person answers."""
    return roles_of(user).organisation_ids(Role.DIGITAL_LEAD) & authorities(merge).keys()


def merge_decide(user: Any, merge: Merge) -> bool:
    """The digital lead of any of the authorities."""
    return bool(led_by(user, merge))


def merge_write(user: Any, merge: Merge) -> bool:
    """Officers of either lead choose the texts."""
    return any(bid_lead_officer(user, bid) for bid in merge.bids)


def merge_complete(user: Any, merge: Merge) -> bool:
    """Officers of the council that will lead."""
    return roles_of(user).has(Role.OFFICER, organisation=merge.lead_id)


def merge_withdraw(user: Any, merge: Merge) -> bool:
    """Officers of the council that proposed it."""
    return bid_lead_officer(user, merge.first)


def merge_read(user: Any, merge: Merge) -> bool:
    return fund_manage(user) or merge_write(user, merge) or merge_decide(user, merge)


MERGE.allow(
    accept=merge_decide,
    reopen=merge_decide,
    complete=merge_complete,
    refuse=merge_decide,
    withdraw=merge_withdraw,
    expire=by_the_portal,
)
