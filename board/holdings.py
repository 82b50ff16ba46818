"""What the board holds on a bid: its actions, as far as they are open to everybody."""

from collections.abc import Iterator
from typing import Any

from fund.disclosure import holding
from fund.models import Bid

from .models import Action


@holding("board-actions")
def board_actions(bid: Bid) -> Iterator[dict[str, Any]]:
    """Those of restricted items are the board's own: whoever answers a request asks its secretariat."""
    for action in Action.objects.visible_to(None).filter(bid=bid).with_place().order_by("pk"):
        yield {
            "id": action.pk,
            "meeting": str(action.item.meeting),
            "text_en": action.text.en,
            "text_cy": action.text.cy,
            "owner": str(action.owner),
            "due": action.due,
            "status": action.status,
            "done_on": action.done_on,
        }
