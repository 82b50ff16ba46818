"""Awards with their shares, and what follows them."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.roles import Role
from fund.actions import awards, claims, decisions
from fund.models import (
    Award,
    AwardShare,
    Claim,
    Instalment,
    Learning,
    MonitoringReport,
    Payment,
    QuarterlyReturn,
    ReportReminder,
    Transaction,
    Variation,
    VariationShare,
)
from fund.models.submissions import digest

from .fund import PartnerFactory
from .fund_assessing import DecisionFactory, GovernmentAgreementFactory, closed_round, sent
from .people import person

AMOUNT = 10_000_00


def awarded(*, amount: int = AMOUNT, partner_pence: int | None = 2_000_00, **fields: Any) -> Award:
    """Offered: decided and applied as on the pages; one partner with a share, unless it is None."""
    one_round = fields.pop("one_round", None) or closed_round(stage="panel", is_demo=fields.pop("is_demo", False))
    said = fields.pop("decision", {})
    bid = sent(one_round, stage="proposals", **fields)
    manager = person(Role.FUND_MANAGER, **({"demo_slug": f"manager-{bid.pk}"} if one_round.is_demo else {}))
    if partner_pence is not None:
        lead = person(Role.DIGITAL_LEAD)
        body = lead.memberships.get().organisation
        decided = {"decided_at": timezone.now(), "decided_by": lead}
        PartnerFactory(bid=bid, organisation=body, status="agreed", share_pence=partner_pence, **decided)
    DecisionFactory(bid=bid, stage="panel", outcome="award", amount_pence=amount, **said)
    GovernmentAgreementFactory(round=one_round)
    decisions.decisions_apply(one_round=one_round, stage="panel", by=manager)
    return Award.objects.get(bid=bid)


def accepted(**fields: Any) -> Award:
    """Accepted by the lead; the partner has agreed to its share."""
    award = awarded(**fields)
    lead = person(Role.DIGITAL_LEAD, organisation=award.bid.lead)
    award = awards.award_accept(award=award, by=lead)
    for share in award.shares.filter(agreed_at=None):
        awards.share_agree(share=share, by=person(Role.DIGITAL_LEAD, organisation=share.organisation))
    return Award.objects.get(pk=award.pk)


class AwardFactory(DjangoModelFactory[Award]):
    class Meta:
        model = Award
        skip_postgeneration_save = True

    bid = factory.LazyFunction(lambda: sent(stage="proposals"))
    decision = factory.LazyAttribute(
        lambda award: DecisionFactory(bid=award.bid, stage="panel", outcome="award", amount_pence=AMOUNT)
    )
    amount_pence = AMOUNT
    awarded_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def whole(award: Award, _create: bool, _given: Any, **_more: Any) -> None:  # type: ignore[misc]  # as factory_boy calls it
        AwardShare.objects.create(award=award, organisation=award.bid.lead, amount_pence=award.amount_pence)


class AwardShareFactory(DjangoModelFactory[AwardShare]):
    class Meta:
        model = AwardShare

    award = factory.SubFactory(AwardFactory)
    organisation = factory.LazyFunction(lambda: person(Role.DIGITAL_LEAD).memberships.get().organisation)
    amount_pence = 0


class InstalmentFactory(DjangoModelFactory[Instalment]):
    class Meta:
        model = Instalment

    award = factory.SubFactory(AwardFactory)
    due_on = factory.LazyFunction(timezone.localdate)
    amount_pence = 1_000_00


def last_claimed() -> date:
    """The last day of a claim's two months: yesterday, or the 20 March before in the first months of a financial year,
    so that what lies 80 days before it is of its year on any day."""
    yesterday = timezone.localdate() - timedelta(days=1)
    march = date(yesterday.year, 3, 20)
    return march if timedelta(0) <= yesterday - march < timedelta(days=100) else yesterday


class ClaimFactory(DjangoModelFactory[Claim]):
    class Meta:
        model = Claim

    award = factory.LazyFunction(lambda: accepted(partner_pence=None))
    number = 1
    period_from = factory.LazyAttribute(lambda claim: last_claimed() - timedelta(days=58 + claim.number))
    period_to = factory.LazyAttribute(  # the first is of two months, each later one of a day before it
        lambda claim: claim.period_from if claim.number > 1 else last_claimed()
    )


class TransactionFactory(DjangoModelFactory[Transaction]):
    class Meta:
        model = Transaction

    claim = factory.SubFactory(ClaimFactory)
    paid_on = factory.LazyAttribute(lambda one: one.claim.period_to - timedelta(days=9))
    supplier = "A company"
    description = "Research"
    amount_pence = 1_000_00


def approved(**fields: Any) -> Claim:
    """A claim of one transaction that is approved."""
    claim = TransactionFactory(**{f"claim__{key}": value for key, value in fields.items()}).claim
    claims.claim_submit(claim=claim, by=person(Role.OFFICER, organisation=claim.award.bid.lead))
    return claims.claim_move(claim=claim, event="approve", why="", by=person(Role.FUND_MANAGER))


class PaymentFactory(DjangoModelFactory[Payment]):
    class Meta:
        model = Payment

    claim = factory.LazyFunction(approved)
    award = factory.SelfAttribute("claim.award")
    amount_pence = factory.SelfAttribute("claim.amount_pence")
    paid_on = factory.LazyFunction(timezone.localdate)
    reference = "BACS 1"
    by = factory.LazyFunction(lambda: person(Role.FUND_MANAGER))
    at = factory.LazyFunction(timezone.now)


class MonitoringReportFactory(DjangoModelFactory[MonitoringReport]):
    class Meta:
        model = MonitoringReport

    award = factory.LazyFunction(lambda: accepted(partner_pence=None))
    due_on = factory.LazyFunction(timezone.localdate)


class ReportReminderFactory(DjangoModelFactory[ReportReminder]):
    class Meta:
        model = ReportReminder

    report = factory.SubFactory(MonitoringReportFactory)
    days = -14
    sent_at = factory.LazyFunction(timezone.now)


class VariationFactory(DjangoModelFactory[Variation]):
    class Meta:
        model = Variation

    award = factory.LazyFunction(lambda: accepted(partner_pence=None))
    reason = "More people want it."
    old_amount_pence = factory.SelfAttribute("award.amount_pence")
    new_amount_pence = factory.SelfAttribute("award.amount_pence")
    old_conditions = ""
    new_conditions = "Share what you learn."
    asked_by = factory.SelfAttribute("award.bid.started_by")
    asked_at = factory.LazyFunction(timezone.now)


class VariationShareFactory(DjangoModelFactory[VariationShare]):
    class Meta:
        model = VariationShare

    variation = factory.SubFactory(VariationFactory)
    organisation = factory.SelfAttribute("variation.award.bid.lead")
    old_pence = AMOUNT
    new_pence = AMOUNT


class LearningFactory(DjangoModelFactory[Learning]):
    class Meta:
        model = Learning

    award = factory.LazyFunction(lambda: accepted(partner_pence=None))
    title_en = "Ask early"
    title_cy = "Gofynnwch yn gynnar"
    summary_en = "People told us at once."
    summary_cy = "Dywedodd pobl wrthym ar unwaith."


class QuarterlyReturnFactory(DjangoModelFactory[QuarterlyReturn]):
    class Meta:
        model = QuarterlyReturn

    year = 2026
    quarter = 3
    content = factory.LazyFunction(list)
    sha256 = factory.LazyAttribute(lambda sent: digest({"rows": sent.content}))
    by = factory.LazyFunction(lambda: person(Role.FUND_MANAGER))
    sent_at = factory.LazyFunction(timezone.now)
