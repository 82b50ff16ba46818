"""How awards and what follows them are read."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from accounts.roles import Role, roles_of

from ..states.awards import AwardStatus, ClaimStatus, ReportStatus, VariationStatus
from . import COUNCIL_ROLES

if TYPE_CHECKING:
    from ..models import Award, Learning


class AwardQuerySet(models.QuerySet["Award"]):
    """Awards: what is public of them; all of an award for its councils and the fund manager."""

    def shown(self) -> "AwardQuerySet":
        return self if settings.DEMO else self.filter(bid__round__is_demo=False)

    def public(self) -> "AwardQuerySet":
        """Those that the lead has accepted; invented ones never."""
        return self.accepted().filter(bid__round__is_demo=False)

    def accepted(self) -> "AwardQuerySet":
        return self.filter(status__in=[AwardStatus.ACCEPTED, AwardStatus.CLOSED])

    def open_ones(self) -> "AwardQuerySet":
        """In which claims and reports can be made."""
        return self.filter(status=AwardStatus.ACCEPTED).order_by("bid__reference")

    def of_councils(self, user: Any) -> "AwardQuerySet":
        """Those in which a council or body of this person has a share."""
        from ..models import AwardShare

        bodies = roles_of(user).organisation_ids(*COUNCIL_ROLES)
        share = AwardShare.objects.filter(award=OuterRef("pk"), organisation__in=bodies)
        return self.shown().filter(Q(bid__lead__in=bodies) | Q(Exists(share)))

    def visible_to(self, user: Any) -> "AwardQuerySet":
        """All that is kept of them: for who has a share, and for the fund manager."""
        return self.shown() if roles_of(user).has(Role.FUND_MANAGER) else self.of_councils(user)

    def with_row(self) -> "AwardQuerySet":
        """What a list shows: one query, with what was paid as `paid_pence`."""
        related = self.select_related("bid__lead", "bid__topic", "bid__round")
        return related.annotate(paid_pence=Coalesce(Sum("payments__amount_pence"), 0))

    def with_shares(self) -> "AwardQuerySet":
        """What the public list shows: two queries at any size."""
        related = self.select_related("bid__lead", "bid__topic", "bid__round")
        return related.prefetch_related("shares__organisation")

    def with_page(self) -> "AwardQuerySet":
        related = self.select_related("bid__lead", "bid__topic", "bid__round", "decision", "accepted_by")
        return related.prefetch_related("shares__organisation", "instalments", "payments", "claims__transactions")


class OfAwardQuerySet(models.QuerySet[Any]):
    """What belongs to awards: seen by who sees the award."""

    def visible_to(self, user: Any) -> "OfAwardQuerySet":
        from ..models import Award

        return self.filter(award__in=Award.objects.visible_to(user))


class LearningQuerySet(models.QuerySet["Learning"]):
    """What was learned: published for everybody, drafts for who sees the award."""

    def published(self) -> "LearningQuerySet":
        shown = self if settings.DEMO else self.filter(award__bid__round__is_demo=False)
        return shown.filter(published_on__isnull=False)

    def visible_to(self, user: Any) -> "LearningQuerySet":
        from ..models import Award

        return self.filter(award__in=Award.objects.visible_to(user))


def waiting() -> dict[str, models.QuerySet[Any]]:
    """What waits for the fund manager: claims that were sent or approved, reports that were sent, changes asked for."""
    from ..models import Claim, MonitoringReport, Variation

    return {
        "claims": Claim.objects.filter(status__in=[ClaimStatus.SUBMITTED, ClaimStatus.APPROVED]),
        "reports": MonitoringReport.objects.filter(status=ReportStatus.SUBMITTED),
        "variations": Variation.objects.filter(status=VariationStatus.ASKED),
    }
