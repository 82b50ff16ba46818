"""Claims in arrears with what was spent, and payments."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import ExtractMonth, ExtractYear, Floor
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.querysets.awards import OfAwardQuerySet
from fund.states.awards import CLAIM, CLAIM_COLOURS, CLAIM_OPEN, ClaimStatus
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from .awards import Award
from .bids import HELD

OPEN = "('draft', 'returned')"


def financial_year(column: str) -> Floor:
    """The calendar year in which the financial year (April to March) of a day begins."""
    months = ExtractYear(column) * 12 + ExtractMonth(column) - 4
    return Floor(months / Value(12.0))


SAME_YEAR = Exact(financial_year("period_from"), financial_year("period_to"))


@tracked()
class Claim(WorkflowModel):
    """What a council claims for work done, after it was paid for: its amount is the sum of its transactions. The one at
    the end of the financial year is certified by the section 151 officer of the lead before it is sent."""

    workflow = CLAIM
    status = CLAIM.field()
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField(editable=False)
    period_from = models.DateField(_("First day of the period"))
    period_to = models.DateField(_("Last day of the period"))
    is_year_end = models.BooleanField(_("This is the claim at the end of the financial year"), default=False)
    certified_at = models.DateTimeField(null=True, blank=True, editable=False)
    certified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    certified_as = models.CharField(_("Name and post of the section 151 officer"), max_length=200, blank=True)

    objects = OfAwardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["award", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CLAIM.constraint("claim_status_known"),
            models.UniqueConstraint(name="claim_numbered_once", fields=["award", "number"]),
            ExclusionConstraint(
                name="claim_periods_apart",
                expressions=[
                    ("award", RangeOperators.EQUAL),
                    (
                        Func(F("period_from"), F("period_to"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(name="claim_period_in_order", condition=Q(period_to__gte=F("period_from"))),
            models.CheckConstraint(name="claim_within_a_financial_year", condition=SAME_YEAR),
            models.CheckConstraint(
                name="claim_to_the_end_of_march_is_the_year_end",
                condition=~Q(period_to__month=3, period_to__day=31) | Q(is_year_end=True),
            ),
            models.CheckConstraint(
                name="claim_certified_when_and_by_whom",
                condition=Q(certified_at=None, certified_by=None, certified_as="")
                | Q(certified_at__isnull=False, certified_by__isnull=False) & ~Q(certified_as=""),
            ),
            models.CheckConstraint(
                name="claim_at_the_year_end_is_certified",
                condition=Q(is_year_end=False) | Q(status__in=sorted(CLAIM_OPEN)) | Q(certified_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award.bid.reference}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("fund:claim_page", kwargs={"slug": self.award.bid.slug, "number": self.number})

    @property
    def status_colour(self) -> str:
        return CLAIM_COLOURS[ClaimStatus(self.status)]

    @property
    def is_open(self) -> bool:
        return self.status in CLAIM_OPEN

    @property
    def awaits_certificate(self) -> bool:
        return self.is_year_end and self.certified_at is None

    @property
    def amount_pence(self) -> int:
        """The sum of its transactions: counted, never typed."""
        return sum(one.amount_pence for one in self.transactions.all())


@tracked()
class Transaction(models.Model):
    """One thing that was paid for, net of VAT that can be recovered; it stands once its claim is sent."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="transactions")
    paid_on = models.DateField(_("Paid on"))
    supplier = models.CharField(_("To whom"), max_length=200)
    description = models.CharField(_("For what"), max_length=300)
    amount_pence = models.BigIntegerField(_("Amount, net of recoverable VAT"))

    class Meta:
        ordering: ClassVar[list[str]] = ["claim", "paid_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="transaction_above_nothing", condition=Q(amount_pence__gt=0)),
            models.CheckConstraint(name="transaction_says_what_for", condition=~Q(supplier="") & ~Q(description="")),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="of_an_open_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF NOT EXISTS (SELECT FROM fund_claim c WHERE c.id = NEW.claim_id AND c.status IN {OPEN}) THEN
                    RAISE EXCEPTION 'the claim was sent' {HELD} 'transaction_of_an_open_claim'; END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="stays_in_a_claim_that_was_sent",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"""
                IF NOT EXISTS (SELECT FROM fund_claim c WHERE c.id = OLD.claim_id AND c.status IN {OPEN}) THEN
                    RAISE EXCEPTION 'the claim was sent' {HELD} 'transaction_of_an_open_claim'; END IF;
                RETURN OLD;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.amount_pence}"


@append_only
class Payment(models.Model):
    """Money that was paid for a claim: the amount of the claim, once it is approved, to an award that is accepted and
    to whose shares everybody has agreed. All payments stay within the award."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="payments")
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="payment")
    amount_pence = models.BigIntegerField(_("Amount"))
    paid_on = models.DateField(_("Paid on"))
    reference = models.CharField(_("Reference of the payment"), max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["award", "paid_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="payment_has_its_reference", condition=~Q(reference="")),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="proven",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                DECLARE most bigint;
                BEGIN
                SELECT a.amount_pence INTO most FROM fund_award a
                    WHERE a.id = NEW.award_id AND a.status = 'accepted' FOR NO KEY UPDATE;
                IF most IS NULL OR EXISTS
                    (SELECT FROM fund_awardshare s WHERE s.award_id = NEW.award_id AND s.agreed_at IS NULL) THEN
                    RAISE EXCEPTION 'not everybody has agreed to the award' {HELD} 'payment_after_all_agreed'; END IF;
                IF NOT EXISTS (SELECT FROM fund_claim c WHERE c.id = NEW.claim_id AND c.award_id = NEW.award_id
                    AND c.status = 'approved' AND NEW.amount_pence =
                    (SELECT sum(t.amount_pence) FROM fund_transaction t WHERE t.claim_id = c.id)) THEN
                    RAISE EXCEPTION 'the claim is not approved, or of another amount'
                    {HELD} 'payment_of_an_approved_claim'; END IF;
                IF NEW.amount_pence + (SELECT coalesce(sum(p.amount_pence), 0) FROM fund_payment p
                    WHERE p.award_id = NEW.award_id) > most THEN
                    RAISE EXCEPTION 'more than the award' {HELD} 'payments_within_the_award'; END IF;
                RETURN NEW;
                END;
                """,  # noqa: S608  our own words only
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount_pence}"
