"""What of awards waits for a person."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import roles_of
from wlga_portal.kernel.panels import Need, Press, needs
from wlga_portal.kernel.wording import pounds

from . import exports as exports  # likewise
from .models import Award, AwardShare, Claim, MonitoringReport
from .rules import awards as rules
from .rules import fund_manage
from .states.awards import REPORT_OPEN, AwardStatus, ClaimStatus, ReportStatus


@needs
def awards_to_sign(user: Any) -> Iterator[Need]:
    """Awards that this person's council is to accept, or whose share it is to agree to."""
    bodies = roles_of(user).organisation_ids(*rules.SIGNING)
    if not bodies:
        return
    for award in Award.objects.visible_to(user).filter(bid__lead__in=bodies, status=AwardStatus.OFFERED).with_row():
        yield Need(_("Accept the award %(bid)s") % {"bid": award.bid.reference}, award.get_absolute_url())
    shares = AwardShare.objects.filter(
        award__in=Award.objects.visible_to(user), award__status=AwardStatus.ACCEPTED, organisation__in=bodies
    )
    for share in shares.filter(agreed_at=None).select_related("award__bid"):
        text = _("Agree to your share of the award %(bid)s") % {"bid": share.award.bid.reference}
        url = reverse("fund:share_agree", kwargs={"slug": share.award.bid.slug, "pk": share.pk})
        agree = Press(_("Agree to the share"), url)
        yield Need(text, share.award.get_absolute_url(), detail=pounds(share.amount_pence), press=agree)


@needs
def reports_and_claims(user: Any) -> Iterator[Need]:
    """Reports to write, claims to certify; for the fund manager what has been sent."""
    reports = MonitoringReport.objects.visible_to(user).select_related("award__bid")
    claims = Claim.objects.visible_to(user).select_related("award__bid")
    if fund_manage(user):
        for report in reports.filter(status=ReportStatus.SUBMITTED):
            text = _("Read the report on %(bid)s") % {"bid": report.award.bid.reference}
            yield Need(text, report.get_absolute_url())
        for claim in claims.filter(status__in=[ClaimStatus.SUBMITTED, ClaimStatus.APPROVED]):
            text = _("Check or pay the claim %(claim)s") % {"claim": claim}
            yield Need(text, claim.get_absolute_url())
        return
    bodies = roles_of(user).organisation_ids(*rules.WRITING)
    if not bodies:
        return
    for report in reports.filter(status__in=sorted(REPORT_OPEN), award__bid__lead__in=bodies):
        text = _("Write the report on %(bid)s") % {"bid": report.award.bid.reference}
        yield Need(text, report.get_absolute_url(), report.due_on)
    for claim in claims.filter(is_year_end=True, certified_at=None, award__bid__lead__in=bodies):
        if rules.claim_certify(user, claim):
            yield Need(_("Certify the claim %(claim)s") % {"claim": claim}, claim.get_absolute_url())
