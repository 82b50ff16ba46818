"""Making one bid of two: proposed, accepted by each authority, its texts chosen, done; or not, and both stay."""

import functools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund import emails, rules
from fund.clock import Closed, closed_bid
from fund.merging import lead_pence, terms_of
from fund.models import Bid, Merge, MergeConsent, MergeText, StageKind, TextChoice
from fund.problems import problem_store
from fund.rules import merging as rules_merging
from fund.states import BidStatus
from fund.states.merging import MergeStatus
from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.wording import moment
from wlga_portal.kernel.workflow import Refused, advance

from .merged_bid import one_bid
from .submissions import Incomplete, gaps_of, submission_make

MERGEABLE = (BidStatus.DRAFT, BidStatus.WITHDRAWN, BidStatus.SUBMITTED)
OPEN_FOR = timedelta(days=14)


class TermsChanged(Refused):
    """The shares are not those that were read."""


def last_moment(bid: Bid) -> datetime | None:
    """Until when two bids of this round may be merged: the end of its sift, or of the stage before it that there is."""
    for kind in (StageKind.SIFT, StageKind.INTEREST, StageKind.STATEMENTS):
        stage = bid.round.stage(kind)
        if stage is not None:
            return stage.closes_at
    return None


def closed_merge(first: Bid, second: Bid, at: datetime) -> str:
    """Why these two cannot be merged at this moment; '' when they can."""
    if first.round_id != second.round_id or first.stage != second.stage:
        return _("Only bids of one round and one stage can be merged.")
    if any(bid.is_historic or bid.status not in MERGEABLE for bid in (first, second)):
        return _("A bid that is decided, merged or of the past cannot be merged.")
    last = last_moment(first)
    if last is None or at > last:
        return _("It is too late to merge bids of this round.")
    if {first.status, second.status} != {BidStatus.SUBMITTED}:
        return closed_bid(first, at)  # what comes of them is still to be sent
    return ""


def merge_propose(
    *, first: Bid, second: Bid, lead: Organisation, message: str, by: Any, at: datetime | None = None
) -> Merge:
    """Propose to make one bid of two. Raises Refused: not possible now, or one of them has an open proposal."""
    at = at or timezone.now()
    with audited(by=by, why="merge proposed"):
        for bid in sorted((first, second), key=lambda one: one.pk):
            bid.lock()
        if not rules.bid_lead_officer(by, first):
            raise Refused(_("Only an officer of the lead council proposes a merge."))
        demand_possible(first, second, at)
        if any(Merge.objects.of_bid(bid).open().exists() for bid in (first, second)):
            raise Refused(_("One of the two bids has an open proposal to merge. Answer that first."))
        if lead.pk not in (first.lead_id, second.lead_id):
            raise Refused(_("One of the two lead councils leads the one bid."))
        last = last_moment(first) or at
        merge = Merge.objects.create(
            first=first,
            second=second,
            lead=lead,
            message=message,
            proposed_by=by,
            expires_at=min(at + OPEN_FOR, last),
        )
        emails.ask_to_merge(merge)
    return merge


def demand_possible(first: Bid, second: Bid, at: datetime) -> None:
    reason = closed_merge(first, second, at)
    if reason:
        raise Closed(reason)
    for bid in (first, second):
        if (lead_pence(bid) or 0) < 0:
            text = _("The shares of the partners in %(reference)s are more than the amount asked for.")
            raise Refused(text % {"reference": bid.reference})


def locked(merge: Merge, at: datetime) -> Merge:
    """The merge and its two bids, locked in one order, as they are now. Raises Closed when its time is over."""
    Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    for pk in sorted((merge.first_id, merge.second_id)):
        Bid.objects.select_for_update(of=("self",)).get(pk=pk)
    row = Merge.objects.with_page().get(pk=merge.pk)
    if row.is_open and at > row.expires_at:
        raise Closed(_("The proposal ran out on %(moment)s.") % {"moment": moment(row.expires_at)})
    return row


def missing(merge: Merge) -> list[Organisation]:
    """The authorities that have not accepted these terms."""
    terms = terms_of(merge)
    given = {consent.organisation_id for consent in merge.consents.all() if consent.terms == terms}
    return [body for number, body in rules_merging.authorities(merge).items() if number not in given]


def merge_accept(*, merge: Merge, terms: str, by: Any, at: datetime | None = None) -> Merge:
    """Accept for the councils of which this person is the digital lead, on the terms that they read. When the last one
    has, the merge is accepted. Raises Refused."""
    at = at or timezone.now()
    with audited(by=by, why="merge accepted"):
        row = locked(merge, at)
        demand_possible(row.first, row.second, at)
        if terms != terms_of(row):
            raise TermsChanged(_("The shares changed while you were reading. Read them again."))
        if row.status != MergeStatus.PROPOSED:
            return advance(row, "accept", by=by)  # refused with its sentence
        own = rules_merging.led_by(by, row)
        if own and row.second_id not in rules_merging.inside(by, row) and row.second.lead_id not in own:
            text = _("%(council)s answers first: until it accepts, its shares and texts are its own.")
            raise Refused(text % {"council": row.second.lead})
        for number in own:
            said = {"terms": terms, "decided_at": at, "decided_by": by}
            MergeConsent.objects.update_or_create(merge=row, organisation_id=number, defaults=said)
        row = Merge.objects.with_page().get(pk=row.pk)
        if not own or not missing(row):
            row = advance(row, "accept", by=by)
            emails.tell_of_merge(row, "fund.merge_accepted", by=by)
    return row


def merge_refuse(*, merge: Merge, why: str, by: Any, at: datetime | None = None) -> Merge:
    """Refuse with a reason: both bids stay as they were."""
    with audited(by=by, why=why):
        row = advance(locked(merge, at or timezone.now()), "refuse", by=by, why=why)
        emails.tell_of_merge(row, "fund.merge_refused", by=by, why=why)
    return row


def merge_withdraw(*, merge: Merge, by: Any, why: str = "") -> Merge:
    """Take the proposal back."""
    return advance(merge, "withdraw", by=by, why=why)


def merges_expire(at: datetime | None = None) -> int:
    """Those whose time is over run out; gives how many. Nobody could have accepted them since."""
    over = Merge.objects.open().filter(expires_at__lt=at or timezone.now())
    for merge in over:
        advance(merge, "expire", by=None)
    return len(over)


def text_choose(*, merge: Merge, key: str, choice: str, text: str, by: Any, at: datetime | None = None) -> MergeText:
    """Choose a text of the one bid, or word it anew. Raises Refused once the merge is over."""
    with audited(by=by, why="text of the merged bid chosen"):
        row = locked(merge, at or timezone.now())
        if not row.is_open:
            raise Refused(_("The merge is over: its texts stay as they are."))
        wording = text if choice == TextChoice.NEW else ""
        chosen, _made = MergeText.objects.update_or_create(
            merge=row, key=key, defaults={"choice": choice, "text": wording}
        )
    return chosen


def merge_complete(*, merge: Merge, by: Any, at: datetime | None = None) -> Bid:
    """Make the one bid: the texts as chosen, the shares added up, one lead. Both old bids stay, readable, and point to
    it. Of two that were sent comes one that is sent. Raises Refused; then nothing is written.

    Where a share changed since it was accepted, all are asked again.
    """
    at = at or timezone.now()
    with audited(by=by, why="bids merged"):
        row = locked(merge, at)
        demand_possible(row.first, row.second, at)
        changed = row.status == MergeStatus.ACCEPTED and bool(missing(row))
        if changed:
            ask_again(row)
        else:
            sent = all(bid.status == BidStatus.SUBMITTED for bid in row.bids)
            made = one_bid(row, by=by, at=at)
            for bid in row.bids:
                advance(bid, "merge", by=by, why=f"{made.reference}", also=functools.partial(into, made))
            row = advance(row, "complete", by=by, also=functools.partial(result_in, made))
            if sent:
                send(made, by=by, at=at)
            problem_store(made)
            emails.tell_of_merge(row, "fund.merge_done", by=by)
    if changed:
        raise TermsChanged(_("A share changed since the merge was accepted. The councils were asked again."))
    return made


def ask_again(merge: Merge) -> None:
    """A share changed: what was accepted no longer holds."""
    leads = [consent.decided_by for consent in merge.consents.select_related("decided_by")]
    advance(merge, "reopen", by=leads[0] if leads else None)
    emails.ask_to_merge(merge)


def into(made: Bid, old: Bid) -> None:
    old.merged_into = made


def result_in(made: Bid, merge: Merge) -> None:
    merge.result = made


def send(made: Bid, *, by: Any, at: datetime) -> None:
    """Two that were sent are one that is sent: complete, frozen with its hash. Raises Incomplete."""

    def freeze(row: Bid) -> None:
        gaps = gaps_of(row)
        if gaps:
            raise Incomplete(gaps)
        row.latest = submission_make(row, by=by, at=at)

    advance(made, "send_merged", by=by, also=freeze)
