"""Who is told what after an award."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from wlga_portal.kernel.notify import notify, register_kind
from wlga_portal.kernel.service_models import Delivery

from ..models import Award, AwardShare, Claim, MonitoringReport
from . import holders, name_of
from .assessing import managers

BODY = "emails/fund_award_note.txt"
register_kind(
    "fund.award_offered", subject=_("An award to accept: %(reference)s, “%(title)s”"), urgent=True, template=BODY
)
register_kind("fund.award_accepted", subject=_("%(lead)s accepted the award %(reference)s"), template=BODY)
register_kind("fund.award_turned_down", subject=_("%(lead)s turned down the award %(reference)s"), template=BODY)
register_kind("fund.claim_sent", subject=_("A claim of %(lead)s for %(reference)s"), template=BODY)
register_kind("fund.claim_returned", subject=_("Your claim for %(reference)s is returned for changes"), template=BODY)
register_kind("fund.claim_paid", subject=_("Your claim for %(reference)s is paid"), template=BODY)
register_kind("fund.report_sent", subject=_("A report of %(lead)s on %(reference)s"), template=BODY)
register_kind("fund.report_returned", subject=_("Your report on %(reference)s is returned for changes"), template=BODY)
register_kind(
    "fund.report_due",
    subject=_("The report on %(reference)s is due on %(due_on)s"),
    delivery=Delivery.DAILY,  # whoever owes several reports gets one mail
    template=BODY,
)
register_kind("fund.report_late", subject=_("The report on %(reference)s was due on %(due_on)s"), template=BODY)
register_kind("fund.variation_asked", subject=_("%(lead)s asks to change the award %(reference)s"), template=BODY)
register_kind(
    "fund.variation_answered", subject=_("The answer about a change of the award %(reference)s"), template=BODY
)
register_kind(
    "fund.award_waits",
    subject=_("Reminder: the award %(reference)s waits to be accepted"),
    delivery=Delivery.DAILY,
    template=BODY,
)
register_kind(
    "fund.share_waits",
    subject=_("Reminder: your share of the award %(reference)s waits to be agreed to"),
    delivery=Delivery.DAILY,
    template=BODY,
)
register_kind(
    "fund.claim_waits",
    subject=_("Reminder: your claim for %(reference)s was returned for changes"),
    delivery=Delivery.DAILY,
    template=BODY,
)
register_kind(
    "fund.share_changed",
    subject=_("Your share of the award %(reference)s changed: please agree to it"),
    urgent=True,
    template=BODY,
)


def context_of(award: Award, **more: Any) -> dict[str, Any]:
    return {"reference": award.bid.reference, "title": award.bid.title, "lead": name_of(award.bid), **more}


def offer(award: Award) -> None:
    """Who may accept for the lead, and who agrees for each partner."""
    context = context_of(award, amount_pence=award.amount_pence)
    told: dict[int, User] = {}
    for share in award.shares.all():
        told |= signers(share)
    for user in told.values():
        notify(user, "fund.award_offered", url=award, context=context)


def signers(share: AwardShare) -> dict[int, User]:
    """Who agrees to a share, by their keys."""
    roles = (Role.DIGITAL_LEAD, Role.FINANCE)
    return {user.pk: user for role in roles for user in holders(share.organisation_id, role)}


def share_changed(share: AwardShare) -> None:
    """Who agrees to a share of another amount."""
    for user in signers(share).values():
        notify(user, "fund.share_changed", url=share.award, context=context_of(share.award))


def tell_managers(award: Award, kind: str, *, url: Any = None, why: str = "") -> None:
    for user in managers(demonstration=award.is_demo):
        notify(user, kind, url=url or award, context=context_of(award, why=why))


def tell_council(award: Award, kind: str, *, url: Any = None, why: str = "") -> None:
    """The lead's officers."""
    for user in holders(award.bid.lead_id, Role.OFFICER):
        notify(user, kind, url=url or award, context=context_of(award, why=why))


def remind_offer(award: Award, *, why: str) -> None:
    """Who may accept for the lead."""
    for share in award.shares.filter(organisation=award.bid.lead_id):
        for user in signers(share).values():
            notify(user, "fund.award_waits", url=award, context=context_of(award, why=why))


def remind_share(share: AwardShare, *, why: str) -> None:
    for user in signers(share).values():
        notify(user, "fund.share_waits", url=share.award, context=context_of(share.award, why=why))


def remind_claim(claim: Claim, *, why: str) -> None:
    tell_council(claim.award, "fund.claim_waits", url=claim, why=why)


def remind(report: MonitoringReport, *, late: bool, why: str = "") -> None:
    kind = "fund.report_late" if late else "fund.report_due"
    context = context_of(report.award, due_on=report.due_on, why=why)
    for user in holders(report.award.bid.lead_id, Role.OFFICER):
        notify(user, kind, url=report, context=context)
