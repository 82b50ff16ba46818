"""How merges are read."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accounts.roles import Role, roles_of

from ..states.merging import OPEN_MERGES

if TYPE_CHECKING:
    from ..models import Merge


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges: known to the councils of both bids, and to the fund manager where both were sent; to nobody else."""

    def visible_to(self, user: Any) -> "MergeQuerySet":
        from ..models import Bid

        own = Bid.objects.of_councils(user).values("pk")
        seen = Q(first__in=own) | Q(second__in=own) | Q(result__in=own)
        if roles_of(user).has(Role.FUND_MANAGER):
            sent = Bid.objects.visible_to(user).values("pk")
            seen |= Q(first__in=sent, second__in=sent)
        return self.filter(seen)

    def open(self) -> "MergeQuerySet":
        return self.filter(status__in=OPEN_MERGES)

    def of_bid(self, bid: Any) -> "MergeQuerySet":
        """Those in which the bid has a part, or from which it came."""
        return self.filter(Q(first=bid) | Q(second=bid) | Q(result=bid))

    def with_page(self) -> "MergeQuerySet":
        bids = [f"{side}__{name}" for side in ("first", "second") for name in ("round", "lead", "topic", "latest")]
        related = self.select_related("lead", "result", *bids)
        return related.prefetch_related(
            "consents__organisation", "first__partners__organisation", "second__partners__organisation", "texts",
            "first__round__stages",
        )  # fmt: skip
