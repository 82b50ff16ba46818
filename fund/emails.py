"""Who is told what. Every message leads to a page with its button; no link does anything by being opened."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from wlga_portal.kernel.notify import notify, register_group, register_kind

from .models import Bid, Partner, Submission
from .states import Consent

register_group("fund", _("Transformation Fund"))
register_kind("fund.consent_asked", subject=_("%(lead)s asks you to agree to the bid “%(title)s”"))
register_kind("fund.consent_agreed", subject=_("%(partner)s agreed to your bid “%(title)s”"))
register_kind("fund.consent_declined", subject=_("%(partner)s declined your bid “%(title)s”"))
register_kind("fund.bid_received", subject=_("Bid %(reference)s received: “%(title)s”"), urgent=True)


def holders(organisation_id: int | None, role: Role) -> list[User]:
    """Who holds a role in an organisation today."""
    held = Membership.objects.current().filter(organisation=organisation_id, role=role, user__is_active=True)
    return [membership.user for membership in held.select_related("user")]


def without_leads(partners: Iterable[Partner]) -> set[int]:
    """The organisations of these partners in which nobody can agree: no digital lead is known to the portal."""
    asked = {partner.organisation_id for partner in partners}
    held = Membership.objects.current().filter(organisation__in=asked, role=Role.DIGITAL_LEAD, user__is_active=True)
    return asked - set(held.values_list("organisation_id", flat=True))


def ask_partner(partner: Partner) -> None:
    """The partner's digital leads are asked to agree; the page has the button."""
    bid = partner.bid
    context = {
        "lead": name_of(bid),
        "title": bid.title,
        "partner": partner.organisation.name,
        "role": partner.role,
        "share_pence": partner.share_pence,
        "again": partner.decided_at is not None,
    }
    for user in holders(partner.organisation_id, Role.DIGITAL_LEAD):
        notify(user, "fund.consent_asked", url=partner, context=context)


def tell_lead(partner: Partner) -> None:
    """The lead's officers hear what a partner said."""
    kind = "fund.consent_agreed" if partner.status == Consent.AGREED else "fund.consent_declined"
    context = {"partner": partner.organisation.name, "title": partner.bid.title}
    for user in holders(partner.bid.lead_id, Role.OFFICER):
        notify(user, kind, url=partner.bid, context=context)


def confirm_receipt(submission: Submission) -> None:
    """Whoever submitted gets the receipt: the same reference, time and hash as on the page."""
    context = {
        "reference": submission.reference,
        "title": submission.title,
        "received": submission.received_at,
        "sha256": submission.sha256,
    }
    notify(submission.by, "fund.bid_received", url=submission, context=context)


def name_of(bid: Bid) -> object:
    """The lead's name in both languages."""
    return bid.lead.name if bid.lead else ""
