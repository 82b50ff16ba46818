"""What the fund manager does with several awards at once: reminding councils of what they owe, a run of payments."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.emails import awards as emails
from fund.models import Award, AwardShare, Claim, MonitoringReport
from fund.states.awards import REPORT_OPEN, AwardStatus, ClaimStatus
from wlga_portal.kernel.wording import day
from wlga_portal.kernel.workflow import Refused

from .claims import claim_pay

SOON_DAYS = 14  # a report is owed so many days before it is due


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that a council owes: `key` names it in a form, `text` says it, `remind(why=…)` asks for it again."""

    key: str
    award: Award
    text: str
    remind: Callable[..., None]


def owed_by_councils(awards: Any, today: date | None = None) -> Iterator[Owed]:
    """Of these awards: offers to accept, shares to agree to, claims to change, reports that are due in 14 days or late.

    Four queries at any number of awards.
    """
    soon = (today or timezone.localdate()) + timedelta(days=SOON_DAYS)
    related = ("award__bid__lead", "award__bid__round")
    offered = awards.filter(status=AwardStatus.OFFERED).select_related("bid__lead", "bid__round")
    for award in offered.order_by("bid__reference"):
        text = _("%(body)s has not accepted the award") % {"body": award.bid.lead.name}
        yield Owed(f"offer-{award.pk}", award, text, partial(emails.remind_offer, award))
    shares = AwardShare.objects.filter(award__in=awards, award__status=AwardStatus.ACCEPTED, agreed_at=None)
    for share in shares.select_related("organisation", *related).order_by("award__bid__reference", "pk"):
        text = _("%(body)s has not agreed to its share") % {"body": share.organisation.name}
        yield Owed(f"share-{share.pk}", share.award, text, partial(emails.remind_share, share))
    claims = Claim.objects.filter(award__in=awards, status=ClaimStatus.RETURNED)
    for claim in claims.select_related(*related).order_by("award__bid__reference", "number"):
        text = _("claim %(number)s is returned and not sent again") % {"number": claim.number}
        yield Owed(f"claim-{claim.pk}", claim.award, text, partial(emails.remind_claim, claim))
    reports = MonitoringReport.objects.filter(award__in=awards, status__in=sorted(REPORT_OPEN), due_on__lte=soon)
    for report in reports.select_related(*related).order_by("award__bid__reference", "due_on"):
        text = _("the report due on %(day)s is not sent") % {"day": day(report.due_on)}
        late = report.due_on < (today or timezone.localdate())
        yield Owed(
            f"report-{report.pk}",
            report.award,
            text,
            partial(emails.remind, report, late=late),
        )


def remind_of(things: Iterable[Owed], *, why: str) -> int:
    """Ask for these again, with a word of the fund manager's; gives how many were asked for."""
    asked = list(things)
    for one in asked:
        one.remind(why=why)
    return len(asked)


def claims_pay(
    *, claims: Iterable[Claim], paid_on: date, reference: str, by: Any, at: datetime | None = None
) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    """Record one run of payments: gives the claims that were paid, and the others with the reason against each."""
    paid: list[Claim] = []
    left: list[tuple[Claim, str]] = []
    for claim in claims:
        try:
            claim_pay(claim=claim, paid_on=paid_on, reference=reference, by=by, at=at)
        except Refused as error:
            left.append((claim, str(error)))
        else:
            paid.append(claim)
    return paid, left
