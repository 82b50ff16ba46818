"""Giving bids to assessors, by hand or balanced, and what assessors say to that."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from fund.clock import closed_bid
from fund.emails import assessing as emails
from fund.models import Assessment, Bid, Round
from fund.models.assessments import SCORED_OF
from fund.rules.assessing import free_of_conflict
from fund.states import BidStatus
from fund.states.assessing import FREE_STATUSES, HELD_STATUSES
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused, advance


def assessors_for(one_round: Round) -> list[User]:
    """Who may be asked to score in this round: assessors of today, the invented ones only in an invented round."""
    held = User.objects.filter(pk__in=current_assessors(), is_active=True).order_by("name", "pk")
    return [user for user in held if user.is_demo == one_round.is_demo]


def current_assessors() -> Any:
    from accounts.models import Membership

    return Membership.objects.current().filter(role=Role.ASSESSOR).values("user")


def stage_of(bid: Bid) -> str:
    """What the bid is scored for as it stands: the sift for a statement, the panel for a proposal."""
    return str({str(written): scored for written, scored in SCORED_OF.items()}[bid.stage])


def bids_to_score(one_round: Round, stage: str) -> list[Bid]:
    """The submitted bids of the round that are scored at this stage, by their reference."""
    written = [kind for kind, scored in SCORED_OF.items() if scored == stage]
    bids = one_round.bids.filter(status=BidStatus.SUBMITTED, stage__in=written, is_historic=False)
    return list(bids.select_related("round", "lead").prefetch_related("round__stages").order_by("reference"))


def assessment_assign(*, bid: Bid, assessor: Any, by: Any, at: datetime | None = None) -> Assessment:
    """Give a submitted bid to an assessor. Raises Refused where they have a part in it, hold it already or said no to
    a conflict, where it is not submitted, and while its councils can still take it back."""
    at = at or timezone.now()
    with audited(by=by, why="assessor assigned"):
        bid = bid.lock()
        if bid.status != BidStatus.SUBMITTED or bid.latest is None:
            raise Refused(_("Only a submitted bid is scored."))
        if not closed_bid(bid, at):
            raise Refused(_("The bid can still be changed by its councils: it is assigned once the stage has closed."))
        if not free_of_conflict(assessor, bid):
            raise Refused(
                _("%(person)s has a part in %(bid)s and cannot score it.") % {"person": assessor, "bid": bid.reference}
            )
        stage = stage_of(bid)
        kept = Assessment.objects.filter(bid=bid, assessor=assessor, stage=stage).first()
        if kept is None:
            kept = Assessment.objects.create(
                bid=bid, assessor=assessor, stage=stage, submission=bid.latest, assigned_by=by, assigned_at=at
            )
        elif kept.status in FREE_STATUSES:
            kept = advance(kept, "assign_again", by=by, also=lambda row: renew(row, by, at))
        else:
            raise Refused(_("%(person)s has this bid already.") % {"person": assessor})
        emails.tell_assessor(kept)
    return kept


def renew(row: Assessment, by: Any, at: datetime) -> None:
    row.assigned_by, row.assigned_at = by, at
    if row.bid.latest is not None:
        row.submission = row.bid.latest


@dataclass
class Balance:
    """What a balanced assignment did: the assessments made, and the bids that still lack assessors."""

    made: list[Assessment] = field(default_factory=list)
    short: list[Bid] = field(default_factory=list)


def assessments_balance(*, one_round: Round, stage: str, each: int, by: Any, at: datetime | None = None) -> Balance:
    """Give every bid of the stage `each` assessors, always those with the least to do who have no part in it.

    Bids with the fewest free assessors are served first. Nobody who declined or was taken off a bid gets it again.
    """
    at, done = at or timezone.now(), Balance()
    with audited(by=by, why="assessors assigned by load"):
        Round.objects.select_for_update(no_key=True).get(pk=one_round.pk)
        bids, people = bids_to_score(one_round, stage), assessors_for(one_round)
        held = Assessment.objects.filter(bid__round=one_round, stage=stage)
        load = Counter(held.filter(status__in=HELD_STATUSES).values_list("assessor", flat=True))
        pairs = set(held.values_list("bid", "assessor"))
        have = Counter(held.filter(status__in=HELD_STATUSES).values_list("bid", flat=True))
        free = {bid: [one for one in people if (bid.pk, one.pk) not in pairs] for bid in bids}
        free = {bid: [one for one in some if free_of_conflict(one, bid)] for bid, some in free.items()}
        for bid in sorted(bids, key=lambda bid: (len(free[bid]), bid.reference)):
            for assessor in least_loaded(free[bid], load, each - have[bid.pk]):
                done.made.append(assessment_assign(bid=bid, assessor=assessor, by=by, at=at))
                load[assessor.pk] += 1
                have[bid.pk] += 1
            if have[bid.pk] < each:
                done.short.append(bid)
    return done


def least_loaded(people: Iterable[User], load: Counter[int], wanted: int) -> list[User]:
    return sorted(people, key=lambda person: (load[person.pk], person.name, person.pk))[: max(0, wanted)]


def assessment_remove(*, assessment: Assessment, by: Any, why: str = "") -> Assessment:
    """Take a bid back from an assessor who has not handed in. Raises Refused."""
    with audited(by=by, why=why or "bid taken back from the assessor"):
        return advance(assessment, "remove", by=by, why=why)


def assessment_leave(*, assessment: Assessment, event: str, by: Any, why: str) -> Assessment:
    """The assessor declares a conflict or declines, with the reason; the fund manager is told. Raises Refused."""
    if event not in {"declare", "decline"}:
        raise ValueError(f"an assessor does not leave by {event}")
    with audited(by=by, why=why):
        left = advance(assessment, event, by=by, why=why)
        emails.tell_manager(left, why)
    return left
