"""An award, how it is shared, and when it is to be paid. The sums are held by the database."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.querysets.awards import AwardQuerySet
from fund.states.awards import AWARD, AWARD_COLOURS, AwardStatus
from organisations.models import Organisation
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from .bids import HELD, Bid
from .decisions import Decision

UNSIGNED, SIGNED = (AwardStatus.OFFERED, AwardStatus.TURNED_DOWN), (AwardStatus.ACCEPTED, AwardStatus.CLOSED)
BOTH = pgtrigger.Insert | pgtrigger.Update
SHARES_ADD_UP = f"""
    IF EXISTS (SELECT FROM fund_award a WHERE a.id = {{award}} AND a.amount_pence <>
        (SELECT coalesce(sum(s.amount_pence), 0) FROM fund_awardshare s WHERE s.award_id = a.id)) THEN
        RAISE EXCEPTION 'the shares do not add up to the award' {HELD} 'award_shares_add_up'; END IF;
    RETURN NULL;
"""  # noqa: S608  our own words only


@tracked()
class Award(WorkflowModel, VersionedModel):
    """Money awarded to a bid. `amount_pence` is the sum of the shares; all awards of a round that were not turned down
    stay within its budget, and what is paid stays within the award."""

    workflow = AWARD
    status = AWARD.field()
    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="award")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="given")
    amount_pence = models.BigIntegerField(_("Amount awarded"))
    conditions = models.TextField(_("Conditions of the award"), blank=True)
    awarded_on = models.DateField(_("Awarded on"))
    ends_on = models.DateField(_("Last day of the work"), null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-awarded_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            AWARD.constraint("award_status_known"),
            models.CheckConstraint(name="award_amount_above_nothing", condition=Q(amount_pence__gt=0)),
            models.CheckConstraint(
                name="award_accepted_when_and_by_whom",
                condition=(~Q(status__in=UNSIGNED) | Q(accepted_at=None, accepted_by=None))
                & (~Q(status__in=SIGNED) | Q(accepted_at__isnull=False, accepted_by__isnull=False)),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="within_the_budget",
                when=pgtrigger.Before,
                operation=BOTH,
                func=f"""
                DECLARE most bigint; given bigint;
                BEGIN
                SELECT r.budget_pence INTO most FROM fund_round r JOIN fund_bid b ON b.round_id = r.id
                    WHERE b.id = NEW.bid_id FOR NO KEY UPDATE OF r;
                SELECT coalesce(sum(a.amount_pence), 0) INTO given FROM fund_award a JOIN fund_bid b ON b.id = a.bid_id
                    WHERE a.id <> NEW.id AND a.status <> 'turned_down'
                    AND b.round_id = (SELECT round_id FROM fund_bid WHERE id = NEW.bid_id);
                IF NEW.status <> 'turned_down' AND most IS NOT NULL AND given + NEW.amount_pence > most THEN
                    RAISE EXCEPTION 'the awards of the round pass its budget' {HELD} 'award_within_the_budget'; END IF;
                IF NEW.amount_pence < (SELECT coalesce(sum(p.amount_pence), 0) FROM fund_payment p
                    WHERE p.award_id = NEW.id) THEN
                    RAISE EXCEPTION 'more is paid than that' {HELD} 'award_covers_what_is_paid'; END IF;
                IF NEW.amount_pence < (SELECT coalesce(sum(i.amount_pence), 0) FROM fund_instalment i
                    WHERE i.award_id = NEW.id) THEN
                    RAISE EXCEPTION 'more is planned than that' {HELD} 'award_covers_what_is_planned'; END IF;
                RETURN NEW;
                END;
                """,  # noqa: S608  our own words only
            ),
            pgtrigger.Trigger(
                name="shares_add_up",
                when=pgtrigger.After,
                operation=BOTH,
                timing=pgtrigger.Deferred,
                func=SHARES_ADD_UP.format(award="NEW.id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid.reference}: {self.amount_pence}"

    def get_absolute_url(self) -> str:
        return reverse("fund:award_page", kwargs={"slug": self.bid.slug})

    @property
    def shown_url(self) -> str:
        """Its page for everybody."""
        return reverse("fund:award_shown", kwargs={"slug": self.bid.slug})

    @property
    def status_colour(self) -> str:
        return AWARD_COLOURS[AwardStatus(self.status)]

    @property
    def is_demo(self) -> bool:
        return self.bid.is_demo

    @property
    def is_open(self) -> bool:
        """Whether claims, reports and changes can be made."""
        return bool(self.status == AwardStatus.ACCEPTED)


@tracked()
class AwardShare(models.Model):
    """What one organisation gets of an award; nothing is paid before each of them has agreed to its share."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="award_shares")
    amount_pence = models.BigIntegerField(_("Share of the award"))
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["award", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="award_share_not_negative", condition=Q(amount_pence__gte=0)),
            models.CheckConstraint(
                name="award_share_agreed_when_and_by_whom",
                condition=Q(agreed_at=None, agreed_by=None) | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
            models.UniqueConstraint(name="award_share_one_to_a_body", fields=["award", "organisation"]),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="adds_up",
                when=pgtrigger.After,
                operation=BOTH,
                timing=pgtrigger.Deferred,
                func=SHARES_ADD_UP.format(award="NEW.award_id"),
            ),
            pgtrigger.Trigger(
                name="taken_away_adds_up",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=SHARES_ADD_UP.format(award="OLD.award_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.amount_pence}"


@tracked()
class Instalment(models.Model):
    """When how much of an award is expected to be paid."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="instalments")
    due_on = models.DateField(_("Expected on"))
    amount_pence = models.BigIntegerField(_("Amount"))

    class Meta:
        ordering: ClassVar[list[str]] = ["award", "due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="instalment_above_nothing", condition=Q(amount_pence__gt=0)),
            models.UniqueConstraint(name="instalment_one_a_day", fields=["award", "due_on"]),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="within_the_award",
                when=pgtrigger.Before,
                operation=BOTH,
                func=f"""
                DECLARE most bigint;
                BEGIN
                SELECT a.amount_pence INTO most FROM fund_award a WHERE a.id = NEW.award_id FOR NO KEY UPDATE;
                IF NEW.amount_pence + (SELECT coalesce(sum(i.amount_pence), 0) FROM fund_instalment i
                    WHERE i.award_id = NEW.award_id AND i.id <> NEW.id) > most THEN
                    RAISE EXCEPTION 'the schedule passes the award' {HELD} 'instalments_within_the_award'; END IF;
                RETURN NEW;
                END;
                """,  # noqa: S608  our own words only
            )
        ]

    def __str__(self) -> str:
        return f"{self.due_on}: {self.amount_pence}"
