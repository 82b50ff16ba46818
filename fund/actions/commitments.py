"""Commitments of money, and the people who sign for bodies that are no councils."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund import emails
from fund.clock import Closed, closed_commitment, demand_open
from fund.models import Commitment, Happening, Partner, Signatory
from fund.secrets import new_token
from fund.states import Consent
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import in_both
from wlga_portal.kernel.workflow import Refused, advance

from .partners import ChangedMeanwhile, commitment_void, locked

HOLDS_DAYS = 60  # how long a signatory's link opens the page


def commitment_make(
    *,
    partner: Partner,
    version: int,
    values: dict[str, Any],
    by: Any = None,
    signatory: Signatory | None = None,
    at: datetime | None = None,
) -> Commitment:
    """Commit the share that was read (`version` of the partner). One that held before is replaced, and says so.

    Raises Refused: too late, no share, not agreed in principle, or changed meanwhile.
    """
    at = at or timezone.now()
    with audited(by=by, why="share of money committed"):
        bid = partner.bid.lock()
        demand_in_time(bid, at)
        row = locked(partner)
        if row.version != version:
            raise ChangedMeanwhile(_("The role or the share changed while you were reading. Read them again."))
        if not row.share_pence:
            raise Refused(_("This partner has no share of the cost, so there is nothing to commit."))
        if row.status != Consent.AGREED:
            raise Refused(_("The partner has to agree in principle first."))
        commitment_void(row, by=by, why=in_both(lambda: _("A newer commitment stands in its place.")), at=at)
        commitment = Commitment.objects.create(
            partner=row,
            role=row.role,
            share_pence=row.share_pence,
            recorded_at=at,
            recorded_by=by,
            signatory=signatory,
            **values,
        )
        Happening.record(bid, "committed", by=by, about=row.organisation.name, why=commitment.reference, at=at)
        emails.tell_committed(row)
    return commitment


def demand_in_time(bid: Any, at: datetime) -> None:
    reason = closed_commitment(bid, at)
    if reason:
        raise Closed(reason)


def signatory_invite(
    *, partner: Partner, name: str, email: str, language: str, by: Any, at: datetime | None = None
) -> Signatory:
    """Mail a link to the person who signs for a body that is not a council. A link sent before no longer opens.

    Raises Refused for a council: there the digital lead and the finance approver have accounts.
    """
    at = at or timezone.now()
    token, sha256 = new_token()
    with audited(by=by, why="signatory asked"):
        bid = partner.bid.lock()
        demand_in_time(bid, at)
        row = locked(partner)
        if row.organisation.is_council:
            raise Refused(_("For a council its digital lead and its finance approver answer, with their accounts."))
        row.signatories.filter(revoked_at=None).update(revoked_at=at)
        signatory = Signatory.objects.create(
            partner=row,
            name=name,
            email=email,
            language=language,
            sha256=sha256,
            invited_by=by,
            expires_at=at + timedelta(days=HOLDS_DAYS),
        )
        Happening.record(bid, "signatory", by=by, about=row.organisation.name, at=at)
        emails.ask_signatory(signatory, token)
    return signatory


def signatory_decide(
    *, signatory: Signatory, event: str, version: int, why: str = "", at: datetime | None = None
) -> Partner:
    """Agree in principle (`sign`) or decline (`refuse_by_link`) for the body. Raises Refused."""
    at = at or timezone.now()

    def write(row: Partner) -> None:
        if row.version != version:
            raise ChangedMeanwhile(_("The role or the share changed while you were reading. Read them again."))
        row.decided_at, row.decided_by, row.signatory = at, None, signatory

    with audited(by=None, why=why or event):
        demand_open(signatory.partner.bid.lock(), at)
        held = Signatory.objects.select_for_update(of=("self",)).filter(pk=signatory.pk).holding(at)
        if not held.exists():
            raise Refused(_("This link no longer holds."))
        partner: Partner = advance(locked(signatory.partner), event, by=None, why=why, also=write)
        if event == "refuse_by_link":
            commitment_void(partner, by=None, why=in_both(lambda: _("The partner declined.")), at=at)
        emails.tell_lead(partner)
    return partner
