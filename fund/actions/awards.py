"""Making an award of a decision, accepting it, agreeing to a share, planning its payments, changing and closing it."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.emails import awards as emails
from fund.models import Award, AwardShare, Decision, Instalment, Learning
from fund.states import TAKING_PART
from fund.states.assessing import Outcome
from fund.states.awards import ClaimStatus, ReportStatus, VariationStatus
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused, advance

from .decisions import FOLLOWS


def award_make(decision: Decision, _by: Any, at: datetime) -> None:
    """The award of an applied decision, shared as the bid said: each partner its share, the lead what is left.

    Where the shares that the partners asked for come to more than is awarded, they are cut in proportion.
    """
    bid, amount = decision.bid, decision.amount_pence or 0
    award = Award.objects.create(
        bid=bid,
        decision=decision,
        amount_pence=amount,
        conditions=decision.conditions,
        awarded_on=timezone.localdate(at),
    )
    joined = [one for one in bid.partners.all() if one.status in TAKING_PART]
    asked = {one.organisation_id: one.share_pence for one in joined if one.share_pence}
    whole = max(sum(asked.values()), amount)
    shares = {body: share * amount // whole for body, share in asked.items()}
    if bid.lead_id is not None:
        shares = {bid.lead_id: amount - sum(shares.values()), **shares}
    for body, share in shares.items():
        AwardShare.objects.create(award=award, organisation_id=body, amount_pence=share)
    emails.offer(award)


FOLLOWS[Outcome.AWARD] = (award_make,)


def award_accept(*, award: Award, by: Any, at: datetime | None = None) -> Award:
    """The lead accepts: amount, conditions and its own share. Raises Refused."""
    at = at or timezone.now()

    def write(row: Award) -> None:
        row.accepted_at, row.accepted_by = at, by
        for share in row.shares.filter(organisation=row.bid.lead_id):
            share.agreed_at, share.agreed_by = at, by
            share.save()

    with audited(by=by, why="award accepted"):
        done = advance(award, "accept", by=by, also=write)
        emails.tell_managers(done, "fund.award_accepted")
    return done


def award_turn_down(*, award: Award, by: Any, why: str) -> Award:
    """The lead does not take the award; the money is free again."""
    with audited(by=by, why=why):
        done = advance(award, "turn_down", by=by, why=why)
        emails.tell_managers(done, "fund.award_turned_down", why=why)
    return done


def share_agree(*, share: AwardShare, by: Any, at: datetime | None = None) -> AwardShare:
    """A partner agrees to its share of the award. Raises Refused where it has agreed, or the award is not open."""
    with audited(by=by, why="share of the award agreed"):
        award = share.award.lock()
        row = AwardShare.objects.select_for_update(of=("self",)).get(pk=share.pk)
        if row.agreed_at or not award.is_open:
            raise Refused(_("This share cannot be agreed to now."))
        row.agreed_at, row.agreed_by = at or timezone.now(), by
        row.save()
    return row


def instalment_add(*, award: Award, due_on: date, amount_pence: int, by: Any) -> Instalment:
    """Plan a payment. Raises Refused where the plan would pass the award, or that day has one."""
    with audited(by=by, why="payment planned"):
        award = award.lock()
        planned = list(award.instalments.all())
        if sum(one.amount_pence for one in planned) + amount_pence > award.amount_pence:
            raise Refused(_("The schedule would come to more than the award."))
        if any(one.due_on == due_on for one in planned):
            raise Refused(_("A payment is planned for that day already."))
        return Instalment.objects.create(award=award, due_on=due_on, amount_pence=amount_pence)


def instalment_remove(*, instalment: Instalment, by: Any) -> None:
    """Take a planned payment out of the schedule."""
    with audited(by=by, why="planned payment taken out"):
        instalment.award.lock()
        instalment.delete()


def reasons_to_stay_open(award: Award) -> list[str]:
    """Why an award cannot be closed yet, a sentence each."""
    found = []
    if award.claims.exclude(status=ClaimStatus.PAID).exists():
        found.append(_("Not every claim is paid."))
    if award.reports.exclude(status=ReportStatus.ACCEPTED).exists():
        found.append(_("Not every report is accepted."))
    if not award.learnings.filter(published_on__isnull=False).exists():
        found.append(_("Nothing of what was learned is published."))
    if award.variations.filter(status=VariationStatus.ASKED).exists():
        found.append(_("A change is asked for and not answered."))
    return found


def award_close(*, award: Award, by: Any) -> Award:
    """Close an award: claims paid, reports accepted, learning published. Raises Refused with the reasons."""

    def demand(row: Award) -> None:
        reasons = reasons_to_stay_open(row)
        if reasons:
            raise Refused(" ".join(reasons))

    return advance(award, "close", by=by, also=demand)


def learning_save(form: Any, *, award: Award, publish: bool, by: Any) -> Learning:
    """Keep what was learned, and publish it where both languages are there. Raises Refused."""
    with audited(by=by, why="learning published" if publish else "learning written"):
        learning: Learning = form.save(commit=False)
        learning.award = award
        if publish:
            if learning.title.missing or learning.summary.missing:
                raise Refused(_("It is published in Welsh and in English: one of them is missing."))
            learning.published_on = learning.published_on or timezone.localdate()
        learning.save()
    return learning
