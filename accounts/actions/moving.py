"""A person moves: roles end on a day, others begin on the next, and somebody takes the work over."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited

from ..models import Membership, User
from ..roles import Role
from ..rules import fits
from .memberships import CannotBe, end_role, give_role


def move_person(
    person: User,
    *,
    by: Any,
    leaving: Iterable[Membership],
    organisation: Organisation,
    roles: Iterable[Role],
    starts: date,
    heir: User | None = None,
) -> None:
    """All of it or nothing: `leaving` end on the day before `starts`, `roles` begin in `organisation` on it.

    `heir` holds each role that ends from that day on, where they do not already: whoever has the role finds its open
    work. A deputy's place is nobody's to inherit. Raises CannotBe.
    """
    last = starts - timedelta(days=1)
    with audited(by=by, why="moved"):
        ending = sorted(leaving, key=lambda one: (one.deputy_for_id is None, one.pk))
        for role in roles:
            if not fits(role, organisation):
                raise CannotBe(_("“%(role)s” is a role of councils alone.") % {"role": role.label})
        for membership in ending:
            end_role(membership, by=by, ends=last, why="moved to another place")
            if heir is not None and membership.deputy_for_id is None:
                hand_on(membership, heir, starts, by=by)
        for role in roles:
            give_role(by=by, organisation=organisation, email=person.email, role=role, starts=starts, ends=None)


def hand_on(membership: Membership, heir: User, starts: date, *, by: Any) -> None:
    """The role goes on with somebody else, until the day on which it would have ended."""
    held = Membership.objects.filter(user=heir, organisation=membership.organisation, role=membership.role)
    if held.on(starts).exists() or (membership.ends is not None and membership.ends < starts):
        return
    role = Role(membership.role)
    give_role(
        by=by, organisation=membership.organisation, email=heir.email, role=role, starts=starts, ends=membership.ends
    )
