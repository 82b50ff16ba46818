"""Who is told what. Every message leads to a page; no link does anything by being opened."""

from typing import Any

from accounts.models import User
from accounts.roles import Role

from .models import Partner, Submission


def leads_of(organisation_id: int) -> list[User]:
    """The digital leads of an organisation today."""
    return holders(organisation_id, Role.DIGITAL_LEAD)


def holders(organisation_id: int, role: Role) -> list[User]:
    from accounts.models import Membership

    held = Membership.objects.current().filter(organisation=organisation_id, role=role, user__is_active=True)
    return [membership.user for membership in held.select_related("user")]


def without_leads(partners: Any) -> set[int]:
    """The organisations of these partners in which nobody can agree: no digital lead is known to the portal."""
    from accounts.models import Membership

    asked = {partner.organisation_id for partner in partners}
    held = Membership.objects.current().filter(organisation__in=asked, role=Role.DIGITAL_LEAD)
    return asked - set(held.values_list("organisation_id", flat=True))


def ask_partner(partner: Partner) -> None:
    """The digital leads of a partner are asked to agree."""


def tell_lead(partner: Partner) -> None:
    """The officers of the lead hear what a partner said."""


def confirm_receipt(submission: Submission) -> None:
    """Whoever submitted gets the receipt."""
