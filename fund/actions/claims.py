"""Claims in arrears: their transactions, certifying, sending, approving, paying."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.emails import awards as emails
from fund.models import Award, Claim, Payment, Transaction
from fund.states.awards import ClaimStatus
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.wording import day, pounds
from wlga_portal.kernel.workflow import Refused, advance


def claim_start(form: Any, *, award: Award, by: Any) -> Claim:
    """Begin a claim. Raises Refused while the award is not open, or where its period has not ended or has been claimed
    for already."""
    with audited(by=by, why="claim begun"):
        award = award.lock()
        if not award.is_open:
            raise Refused(_("The award is not open."))
        claim: Claim = form.save(commit=False)
        claim.award, claim.number = award, award.claims.count() + 1
        demand_period(claim)
        claim.save()
    return claim


def demand_period(claim: Claim) -> None:
    """Raise Refused where the period of a claim has not ended, or another claim of its award has a day of it."""
    if claim.period_to > timezone.localdate():
        raise Refused(_("A claim is made in arrears: its period has ended."))
    others = Claim.objects.filter(award=claim.award_id).exclude(pk=claim.pk)
    other = others.filter(period_from__lte=claim.period_to, period_to__gte=claim.period_from).order_by("number").first()
    if other:
        words = {"number": other.number, "first": day(other.period_from), "last": day(other.period_to)}
        raise Refused(_("Claim %(number)s is for some of these days already: %(first)s to %(last)s.") % words)


def claim_period(form: Any, *, claim: Claim, by: Any) -> Claim:
    """Change the period of a claim; one that was certified is to be certified again. Raises Refused once it is sent,
    where something in it was paid for outside the period, or as for a claim that is begun."""
    with audited(by=by, why="period of the claim changed"):
        claim.award.lock()
        demand_open(claim)
        row: Claim = form.save(commit=False)
        demand_period(row)
        if row.transactions.exclude(paid_on__range=(row.period_from, row.period_to)).exists():
            raise Refused(_("Something in the claim was not paid for in that period: take it out first."))
        row.certified_at, row.certified_by, row.certified_as = None, None, ""
        row.save()
    return row


def transaction_add(form: Any, *, claim: Claim, by: Any) -> Transaction:
    """Add what was paid for. A claim that was certified is to be certified again. Raises Refused once it is sent."""
    with audited(by=by, why="transaction added"):
        claim = demand_open(claim)
        transaction: Transaction = form.save(commit=False)
        transaction.claim = claim
        if not claim.period_from <= transaction.paid_on <= claim.period_to:
            raise Refused(_("It was not paid for in the period of the claim."))
        transaction.save()
        uncertify(claim)
    return transaction


def transaction_remove(*, transaction: Transaction, by: Any) -> None:
    """Take a transaction out again. Raises Refused once the claim is sent."""
    with audited(by=by, why="transaction removed"):
        uncertify(demand_open(transaction.claim))
        transaction.delete()


def demand_open(claim: Claim) -> Claim:
    claim = claim.lock()
    if not claim.is_open:
        raise Refused(_("The claim was sent: nothing in it changes."))
    return claim


def uncertify(claim: Claim) -> None:
    if claim.certified_at:
        claim.certified_at, claim.certified_by, claim.certified_as = None, None, ""
        claim.save()


def claim_certify(*, claim: Claim, name: str, by: Any, at: datetime | None = None) -> Claim:
    """The lead's section 151 officer (or who acts for them) certifies the claim at the end of the year."""
    from fund.rules.awards import claim_certify as may

    with audited(by=by, why="claim certified"):
        claim = demand_open(claim)
        if not may(by, claim) or not claim.is_year_end:
            raise Refused(_("Only the claim at the end of the year is certified, by the council’s finance approver."))
        claim.certified_at, claim.certified_by, claim.certified_as = at or timezone.now(), by, name
        claim.save()
    return claim


def claim_submit(*, claim: Claim, by: Any) -> Claim:
    """Send a claim. Raises Refused where it is empty, not certified, or comes to more than is left of the award."""

    def demand(row: Claim) -> None:
        if not row.amount_pence:
            raise Refused(_("The claim has no transaction."))
        if row.is_year_end and not row.certified_at:
            raise Refused(_("The section 151 officer has not certified this claim yet."))
        if row.amount_pence > left_of(row.award, but=row):
            raise Refused(
                _("The claim comes to more than is left of the award: %(left)s.")
                % {"left": pounds(left_of(row.award, but=row))}
            )

    with audited(by=by, why="claim sent"):
        claim.award.lock()
        done = advance(claim, "submit", by=by, also=demand)
        emails.tell_managers(done.award, "fund.claim_sent", url=done)
    return done


def left_of(award: Award, *, but: Claim | None = None) -> int:
    """What of an award is not claimed yet, in pence; a claim counts from when it is sent."""
    open_ones = [ClaimStatus.DRAFT, ClaimStatus.RETURNED]
    claims = award.claims.exclude(status__in=open_ones).prefetch_related("transactions")
    return award.amount_pence - sum(one.amount_pence for one in claims if but is None or one.pk != but.pk)


def claim_move(*, claim: Claim, event: str, why: str, by: Any) -> Claim:
    """Approve a claim, or return it for changes with the reason."""
    with audited(by=by, why=why or event):
        done = advance(claim, event, by=by, why=why)
        if event == "send_back":
            uncertify(done)
            emails.tell_council(done.award, "fund.claim_returned", why=why, url=done)
    return done


def claim_pay(*, claim: Claim, paid_on: date, reference: str, by: Any, at: datetime | None = None) -> Payment:
    """Record that an approved claim was paid. Raises Refused before the lead and every partner have agreed."""
    made: list[Payment] = []

    def write(row: Claim) -> None:
        award = row.award
        if award.shares.filter(agreed_at=None).exists() or not award.is_open:
            raise Refused(_("Nothing is paid before the lead has accepted and every partner has agreed."))
        if paid_on > timezone.localdate():
            raise Refused(_("The day of the payment has not come yet."))
        paid = sum(one.amount_pence for one in award.payments.all())
        if paid + row.amount_pence > award.amount_pence:
            left = {"left": pounds(award.amount_pence - paid)}
            raise Refused(_("The claim comes to more than is left of the award: %(left)s.") % left)
        made.append(
            Payment.objects.create(
                award=award,
                claim=row,
                amount_pence=row.amount_pence,
                paid_on=paid_on,
                reference=reference,
                by=by,
                at=at or timezone.now(),
            )
        )

    with audited(by=by, why="payment recorded"):
        claim.award.lock()
        done = advance(claim, "pay", by=by, also=write)
        emails.tell_council(done.award, "fund.claim_paid", url=done)
    return made[0]
