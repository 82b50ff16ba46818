"""The councils and bodies that join a bid beside its lead."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.querysets import PartnerQuerySet
from fund.states import CONSENT, CONSENT_COLOURS, Consent
from organisations.models import Organisation
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from .bids import HELD, Bid


@tracked()
class Partner(WorkflowModel, VersionedModel):
    """A council or body that joins a bid beside its lead, with a role and a share, and what it says to them.

    `inferred` and `possible` belong to bids of the past: our reading, and a partner that the source calls possible.
    """

    workflow = CONSENT
    status = CONSENT.field()
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="bid_partnerships", verbose_name=_("Organisation")
    )
    role = models.CharField(_("Role in the bid"), max_length=200, blank=True)
    share_pence = models.BigIntegerField(_("Share of the cost"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    inferred = models.BooleanField(default=False, editable=False)
    possible = models.BooleanField(default=False, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    # who decided by a link, where they have no account
    signatory = models.ForeignKey(
        "fund.Signatory", null=True, blank=True, editable=False, on_delete=models.RESTRICT, related_name="+"
    )

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CONSENT.constraint("partner_consent_known"),
            models.UniqueConstraint(name="partner_once_in_a_bid", fields=["bid", "organisation"]),
            models.CheckConstraint(
                name="partner_share_not_negative", condition=Q(share_pence=None) | Q(share_pence__gte=0)
            ),
            models.CheckConstraint(
                name="partner_decided_when_and_by_whom",
                condition=Q(decided_at=None, decided_by=None, signatory=None)
                | (Q(decided_at__isnull=False) & (Q(decided_by__isnull=False) | Q(signatory__isnull=False))),
            ),
            models.CheckConstraint(
                name="partner_decision_has_its_person",
                condition=~Q(status__in=[Consent.AGREED, Consent.DECLINED])
                | Q(decided_by__isnull=False)
                | Q(signatory__isnull=False),
            ),
            models.CheckConstraint(
                name="partner_flags_only_of_the_past",
                condition=Q(inferred=False, possible=False) | Q(status=Consent.UNKNOWN),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="beside_the_lead",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF EXISTS (SELECT FROM fund_bid b WHERE b.id = NEW.bid_id AND b.lead_id = NEW.organisation_id) THEN
                    RAISE EXCEPTION 'the lead is not its own partner' {HELD} 'partner_is_not_the_lead'; END IF;
                IF NEW.status = 'unknown' AND NOT EXISTS
                    (SELECT FROM fund_bid b WHERE b.id = NEW.bid_id AND b.is_historic) THEN
                    RAISE EXCEPTION 'only a bid of the past has partners whose consent is not known'
                    {HELD} 'partner_consent_asked'; END IF;
                RETURN NEW;
                """,  # noqa: S608  our own words only
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def status_colour(self) -> str:
        return CONSENT_COLOURS[Consent(self.status)]

    def get_absolute_url(self) -> str:
        return reverse("fund:partner_consent", kwargs={"slug": self.bid.slug, "pk": self.pk})
