"""Inviting partners, changing their part, and what they say to it."""

from datetime import datetime
from typing import Any

from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from fund import emails
from fund.clock import demand_open
from fund.models import Bid, Happening, Partner
from fund.states import CONSENT, Consent
from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import Text, in_both
from wlga_portal.kernel.versions import save_version, sent_version
from wlga_portal.kernel.workflow import Refused, advance


class ChangedMeanwhile(Refused):
    """The role or the share is not the one that was read."""


def partner_invite(
    *, bid: Bid, organisation: Organisation, role: str, share_pence: int | None, by: Any, at: datetime | None = None
) -> Partner:
    """Ask an organisation to join the bid. Raises Closed, or Refused where it is the lead or a partner already."""
    at = at or timezone.now()
    with audited(by=by, why="partner invited"):
        demand_open(bid.lock(), at)
        if bid.lead_id == organisation.pk or bid.partners.filter(organisation=organisation).exists():
            raise Refused(_("%(partner)s is in the bid already.") % {"partner": organisation.name})
        partner = Partner.objects.create(
            bid=bid,
            organisation=organisation,
            role=role,
            share_pence=share_pence,
            invited_at=at,
            order=bid.partners.count() + 1,
        )
        Happening.record(bid, "partner_invited", by=by, about=organisation.name, why=role, at=at)
        emails.ask_partner(partner)
    return partner


def partner_change(form: ModelForm, *, by: Any, at: datetime | None = None) -> Partner:
    """Save a partner's role or share. Any change voids an agreement and asks again. Raises Refused or Clash."""
    at = at or timezone.now()
    with audited(by=by, why="part of a partner changed"):
        demand_open(form.instance.bid.lock(), at)
        before = locked(form.instance)
        partner: Partner = save_version(form, by=by, why="part of a partner changed")
        if (before.role, before.share_pence) == (partner.role, partner.share_pence):
            return partner
        Happening.record(
            partner.bid, "partner_changed", by=by, about=partner.organisation.name, why=partner.role, at=at
        )
        reason = _("The role or the share changed.")
        if partner.status == Consent.AGREED:
            partner = advance(partner, "void", by=by, why=reason)
        elif partner.status == Consent.DECLINED:
            partner = advance(partner, "ask_again", by=by, why=reason)
        commitment_void(partner, by=by, why=in_both(lambda: _("The role or the share changed.")), at=at)
        emails.ask_partner(partner)
    return partner


def partner_remove(*, partner: Partner, by: Any, at: datetime | None = None) -> None:
    """Take a partner out of the bid; the history keeps that it was there. Raises Refused."""
    with audited(by=by, why="partner removed"):
        demand_open(partner.bid.lock(), at or timezone.now())
        Happening.record(partner.bid, "partner_removed", by=by, about=partner.organisation.name, at=at)
        locked(partner).delete()


def partner_agree(form: Any, *, by: Any, why: str = "", at: datetime | None = None) -> Partner:
    """Agree in principle to the role and share that were read (the form's version). Raises Refused."""
    return decide(form, "agree", by=by, why=why, at=at or timezone.now())


def partner_decline(form: Any, *, by: Any, why: str = "", at: datetime | None = None) -> Partner:
    """Decline to take part. Raises Refused."""
    return decide(form, "decline", by=by, why=why, at=at or timezone.now())


def decide(form: Any, event: str, *, by: Any, why: str, at: datetime) -> Partner:
    """The bid's row is locked before the partner's, as everywhere, so that it cannot be submitted meanwhile."""

    def write(row: Partner) -> None:
        if row.version != sent_version(form):
            raise ChangedMeanwhile(_("The role or the share changed while you were reading. Read them again."))
        row.decided_at, row.decided_by, row.signatory = at, by, None

    with audited(by=by, why=why or CONSENT.transitions[event].event):
        demand_open(form.partner.bid.lock(), at)
        partner: Partner = advance(locked(form.partner), event, by=by, why=why, also=write)
        if event == "decline":
            commitment_void(partner, by=by, why=in_both(lambda: _("The partner declined.")), at=at)
        emails.tell_lead(partner)
    return partner


def locked(partner: Partner) -> Partner:
    """The partner's row, locked. Raises Refused where a colleague took it out of the bid meanwhile."""
    row = Partner.objects.select_for_update(of=("self",)).filter(pk=partner.pk).first()
    if row is None:
        raise Refused(_("This partner is no longer in the bid."))
    return row


def commitment_void(partner: Partner, *, by: Any, why: Text, at: datetime) -> None:
    """Say of the commitment that holds, if there is one, that it no longer does, and why."""
    for held in partner.commitments.select_for_update(of=("self",)).filter(voided_at=None):
        held.voided_at, held.voided_why_en, held.voided_why_cy = at, why.en, why.cy
        held.save()
        Happening.record(partner.bid, "commitment_void", by=by, about=partner.organisation.name, at=at)
