"""What a council says to a similar bid: its own is separate, or it wants to join; and what it lets others see."""

from typing import Any

from django.utils.translation import gettext as _

from fund import emails
from fund.models import Bid, Interest, JoinRequest, SeparateReason
from fund.states import TAKING_PART
from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused


def separate_say(*, bid: Bid, other: Bid, reason: str, by: Any) -> SeparateReason:
    """Say in a sentence why the bid is another problem than `other`; said again, the new sentence stands."""
    with audited(by=by, why="said why the bid is separate"):
        row, _made = SeparateReason.objects.update_or_create(
            bid=bid, other=other, defaults={"reason": reason, "said_by": by}
        )
    return row


def join_ask(*, bid: Bid, organisation: Organisation, message: str, by: Any) -> JoinRequest:
    """Ask the lead of `bid` to let a council join: its officers get the message, and invite. Raises Refused where the
    council has a part in it already."""
    with audited(by=by, why="asked to join the bid"):
        bid.lock()
        if has_part(bid, organisation):
            raise Refused(_("%(council)s has a part in this bid already.") % {"council": organisation.name})
        row, _made = JoinRequest.objects.update_or_create(
            bid=bid, organisation=organisation, defaults={"message": message, "asked_by": by}
        )
        emails.tell_of_join_request(row)
    return row


def has_part(bid: Bid, organisation: Organisation) -> bool:
    """Whether it leads the bid, or was asked or has agreed to be a partner."""
    joined = bid.partners.filter(organisation=organisation, status__in=TAKING_PART)
    return bid.lead_id == organisation.pk or joined.exists()


def statement_save(*, bid: Bid, public_keys: list[str], draft_shown: bool, by: Any) -> Bid:
    """What other councils may see: the title of the draft, and which answers once it is sent. What was sent before
    keeps the choice of its day."""
    with audited(by=by, why="what other councils may see changed"):
        row = bid.lock()
        row.public_keys, row.draft_shown = sorted(public_keys), draft_shown
        row.save()
    return row


def interest_say(*, bid: Bid, organisation: Organisation, joining: str, comment: str, by: Any) -> Interest:
    """“We have this problem too”, with a comment and whether the council would join. Raises Refused for the bid's own
    councils. The caller has asked the clock."""
    with audited(by=by, why="said that the council has the problem too"):
        bid.lock()
        if has_part(bid, organisation):
            raise Refused(_("%(council)s has a part in this bid already.") % {"council": organisation.name})
        row, made = Interest.objects.update_or_create(
            bid=bid, organisation=organisation, defaults={"joining": joining, "comment": comment, "said_by": by}
        )
        if made:
            emails.tell_of_interest(row)
    return row


def interest_remove(*, interest: Interest, by: Any) -> None:
    """Take it back; the history keeps that it was said."""
    with audited(by=by, why="took back that the council has the problem too"):
        interest.delete()
