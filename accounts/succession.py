"""What becomes of roles when their organisation ends."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from organisations.succession import Part, copied, end_and_begin, end_at, not_ended, register

from .models import Membership, Tenant
from .roles import Role
from .rules import fits


def open_roles(ended: Organisation) -> models.QuerySet[Any]:
    """Those that go on; a principal before the deputies."""
    found = Membership.objects.filter(not_ended(ended), organisation=ended).select_related("user", "deputy_for")
    return found.order_by(models.F("deputy_for").asc(nulls_first=True), "pk")


def carry_role(row: Membership, ended: Organisation) -> None:
    """The same role in the successor from the day after, where that kind of body has it; a deputy's with its own."""
    if ended.successor is not None and not fits(Role(row.role), ended.successor):
        end_at(row, ended)
    elif row.deputy_for is None:
        end_and_begin(row, ended)
    else:
        carry_deputy(row, row.deputy_for, ended)


def carry_deputy(row: Membership, principal: Membership, ended: Organisation) -> None:
    following = copied(row, ended)
    own = Membership.objects.filter(
        user=principal.user_id, organisation=ended.successor, role=row.role, deputy_for=None
    ).order_by("-starts")
    end_at(row, ended)
    following.deputy_for = own.first()
    if following.deputy_for is not None:
        following.save()


def open_tenants(ended: Organisation) -> models.QuerySet[Any]:
    return Tenant.objects.filter(organisation=ended, closed_at=None)


def close_tenant(row: Tenant, _ended: Organisation) -> None:
    """Nobody signs in by it any more."""
    row.closed_at = timezone.now()
    row.save()


register(
    Part("accounts.Membership.organisation", _("People’s roles"), open_roles, carry_role, alone=end_at),
    Part(
        "accounts.Tenant.organisation", _("Ways of signing in with its own account"), open_tenants, alone=close_tenant
    ),
)
