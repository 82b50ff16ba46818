"""Who may look after accounts."""

from typing import Any

from organisations.models import Organisation

from .models import Membership, State
from .roles import PROGRAMME_ROLES, Role, roles_of

# What a council's digital lead gives and ends in their own council.
LEAD_GIVES = (Role.OFFICER, Role.COORDINATOR, Role.FINANCE, Role.DIGITAL_LEAD)
COUNCIL_ROLES = frozenset(LEAD_GIVES)


def signed_in(user: Any) -> bool:
    """Anybody with an account, for their own things."""
    return bool(user.is_authenticated and user.is_active)


def people_manage(user: Any) -> bool:
    """Administrators, and digital leads for their councils."""
    return roles_of(user).has(Role.ADMINISTRATOR, Role.DIGITAL_LEAD)


def person_manage(user: Any) -> bool:
    """Closing and opening accounts."""
    return roles_of(user).has(Role.ADMINISTRATOR)


def roles_to_give(user: Any, organisation: Organisation) -> tuple[Role, ...]:
    """The roles that this person gives and ends here."""
    roles = roles_of(user)
    if roles.has(Role.ADMINISTRATOR):
        return tuple(role for role in Role if fits(role, organisation))
    if organisation.is_council and roles.has(Role.DIGITAL_LEAD, organisation=organisation):
        return LEAD_GIVES
    return ()


def fits(role: Role, organisation: Organisation) -> bool:
    """A council's own roles belong to councils; the programme's to whoever works for it."""
    return organisation.is_council or role not in COUNCIL_ROLES


def organisation_people(user: Any, organisation: Organisation) -> bool:
    return bool(roles_to_give(user, organisation))


def membership_manage(user: Any, membership: Membership) -> bool:
    """A role that has not ended, and that this person gives."""
    return membership.state != State.PAST and membership.role in roles_to_give(user, membership.organisation)


def membership_deputise(user: Any, membership: Membership) -> bool:
    """A deputy has no deputy."""
    return membership.deputy_for_id is None and membership_manage(user, membership)


__all__ = [
    "LEAD_GIVES",
    "PROGRAMME_ROLES",
    "fits",
    "membership_deputise",
    "membership_manage",
    "organisation_people",
    "people_manage",
    "person_manage",
    "roles_to_give",
    "signed_in",
]
