"""What is decided about bids."""

from typing import Any

from django.utils.translation import gettext as _

from fund.models import Bid, StageKind
from wlga_portal.kernel.workflow import Refused, advance


def invite_to_propose(*, bid: Bid, by: Any, why: str = "") -> Bid:
    """Move a submitted statement on to the proposal stage: its councils answer the questions of that stage next.

    The statement stays as it was sent. Raises Refused for what is a proposal already.
    """

    def move(row: Bid) -> None:
        if row.stage != StageKind.STATEMENTS:
            raise Refused(_("This bid is a proposal already."))
        row.stage = StageKind.PROPOSALS

    return advance(bid, "invite", by=by, why=why, also=move)
