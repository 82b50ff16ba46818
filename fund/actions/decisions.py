"""What the panel agrees, what is decided, applying all decisions of a stage together, and looking at one again."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.emails import assessing as emails
from fund.letters import draft_letter
from fund.models import Bid, Decision, GovernmentAgreement, Moderation, Review, Round, StageKind
from fund.panel import Panel, panel_of
from fund.states import BidStatus
from fund.states.assessing import DecisionStatus, Outcome
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import save_version
from wlga_portal.kernel.wording import pounds
from wlga_portal.kernel.workflow import Refused, advance

from .assessments import bids_to_score


def invite_to_propose(*, bid: Bid, by: Any, why: str = "") -> Bid:
    """Move a submitted statement on to the proposal stage: its councils answer the questions of that stage next.

    The statement stays as it was sent. Raises Refused for what is a proposal already.
    """

    def move(row: Bid) -> None:
        if row.stage != StageKind.STATEMENTS:
            raise Refused(_("This bid is a proposal already."))
        row.stage = StageKind.PROPOSALS

    return advance(bid, "invite", by=by, why=why, also=move)


def moderation_record(
    *, bid: Bid, stage: str, hundredths: int | None, reason: str, by: Any, at: datetime | None = None
) -> Moderation:
    """What the panel agreed about the score of a bid, and why. Raises Refused once the bid is decided."""
    with audited(by=by, why=reason):
        if bid.lock().status != BidStatus.SUBMITTED:
            raise Refused(_("This bid is decided already."))
        return Moderation.objects.create(
            bid=bid, stage=stage, hundredths=hundredths, reason=reason, by=by, at=at or timezone.now()
        )


def decision_save(form: Any, *, bid: Bid, stage: str, by: Any) -> Decision:
    """Keep a pending decision; its letter is drafted where none is written. Raises Refused, or Clash."""
    with audited(by=by, why="decision written"):
        if bid.lock().status != BidStatus.SUBMITTED:
            raise Refused(_("This bid is decided already."))
        if form.instance.pk:
            decision: Decision = save_version(form, by=by, why="decision written")
        else:
            decision = form.save(commit=False)
            decision.bid, decision.stage, decision.language = bid, stage, bid.language
            decision.save()
        if not decision.letter:
            decision.letter = draft_letter(decision)
            decision.save()
    return decision


def agreement_record(
    *, one_round: Round, name: str, agreed_on: date, reference: str, by: Any, at: datetime | None = None
) -> GovernmentAgreement:
    """That Welsh Government agrees to the awards of a round."""
    with audited(by=by, why="agreement of Welsh Government recorded"):
        return GovernmentAgreement.objects.create(
            round=one_round, name=name, agreed_on=agreed_on, reference=reference, by=by, at=at or timezone.now()
        )


def reasons_against(one_round: Round, stage: str) -> list[str]:
    """Why the decisions of a stage cannot be applied yet: a sentence each; [] where they can."""
    pending = {one.bid_id: one for one in pending_of(one_round, stage)}
    waiting = [bid.reference for bid in bids_to_score(one_round, stage) if bid.pk not in pending]
    found = []
    if not pending:
        found.append(_("No decision is pending."))
    if waiting:
        found.append(_("These bids are not decided yet: %(bids)s.") % {"bids": ", ".join(waiting)})
    if stage == StageKind.PANEL and not one_round.agreements.exists():
        found.append(_("The agreement of Welsh Government is not recorded yet."))
    awards = sum(one.amount_pence or 0 for one in pending.values())
    left = budget_left(one_round)
    if left is not None and awards > left:
        words = {"awards": pounds(awards), "left": pounds(left)}
        found.append(_("The awards come to %(awards)s; the budget has %(left)s left.") % words)
    return found


def pending_of(one_round: Round, stage: str) -> list[Decision]:
    rows = Decision.objects.filter(bid__round=one_round, stage=stage, status=DecisionStatus.PENDING)
    return list(rows.select_related("bid__round", "bid__lead").order_by("bid__reference"))


def budget_left(one_round: Round) -> int | None:
    """What of the budget is not awarded yet, in pence; None where the budget is not given."""
    if one_round.budget_pence is None:
        return None
    return one_round.budget_pence - one_round.awarded_pence


def decisions_apply(*, one_round: Round, stage: str, by: Any, at: datetime | None = None) -> list[Decision]:
    """Apply all pending decisions of a stage together: bids move, letters go. All of it, or nothing.

    Raises Refused with every reason against it.
    """
    at = at or timezone.now()
    with audited(by=by, why="decisions applied together"):
        one_round = Round.objects.select_for_update(no_key=True).get(pk=one_round.pk)
        reasons = reasons_against(one_round, stage)
        if reasons:
            raise Refused(" ".join(reasons))
        panel = panel_of(one_round, stage)
        return [decision_apply(one, panel, by, at) for one in pending_of(one_round, stage)]


def decision_apply(decision: Decision, panel: Panel, by: Any, at: datetime) -> Decision:
    """Freeze one decision with where its bid stood, move the bid, tell its council."""

    def freeze(row: Decision) -> None:
        row.standing, row.applied_at, row.applied_by = panel.standing_of(row.bid), at, by

    done = advance(decision, "apply", by=by, also=freeze)
    if done.outcome == Outcome.INVITE:
        invite_to_propose(bid=done.bid, by=by)
    else:
        advance(done.bid, done.outcome, by=by)
    for follow in FOLLOWS.get(Outcome(done.outcome), ()):
        follow(done, by, at)
    emails.tell_decision(done)
    return done


# what else happens when a decision is applied, by its outcome: (decision, by, at)
FOLLOWS: dict[Outcome, tuple[Callable[[Decision, Any, datetime], None], ...]] = {}


def review_ask(*, decision: Decision, reason: str, by: Any, at: datetime | None = None) -> Review:
    """A council asks that the decision on its bid is looked at again. Raises Refused where it has asked already."""
    from fund.rules import assessing as rules

    with audited(by=by, why=reason):
        decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        if not rules.review_ask(by, decision) or decision.status != DecisionStatus.APPLIED:
            raise Refused(_("A review of this decision cannot be asked for."))
        review = Review.objects.create(decision=decision, reason=reason, asked_by=by, asked_at=at or timezone.now())
        emails.ask_review(review)
    return review


def review_answer(*, review: Review, event: str, answer: str, by: Any, at: datetime | None = None) -> Review:
    """Let the decision stand (`keep`), or decide the bid again (`overturn`): it is submitted again and waits for a new
    decision; the old one and its letter stay as they were. Raises Refused."""
    at = at or timezone.now()

    def write(row: Review) -> None:
        row.answer, row.answered_at = answer, at
        if event == "overturn":
            advance(row.decision, "overturn", by=by, why=answer)
            advance(row.decision.bid, "reopen", by=by, why=answer)

    with audited(by=by, why=answer):
        done = advance(review, event, by=by, why=answer, also=write)
        emails.tell_review(done)
    return done
