"""Councils' identity providers: listed, closed; and which of their accounts is whose."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils import timezone

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited

from ..models import Tenant, User
from ..sealing import seal


class AlreadyListed(Exception):
    """The key, the client or the council has a tenant already."""


def open_tenant(
    *, by: Any, key: str, organisation: Organisation, issuer: str, origin: str, client_id: str, secret: str
) -> Tenant:
    """People of the council sign in with this tenant from now on. Raises AlreadyListed."""
    try:
        with audited(by=by, why="tenant opened"):
            return Tenant.objects.create(
                key=key,
                organisation=organisation,
                issuer=issuer,
                origin=origin,
                client_id=client_id,
                sealed_secret=seal(secret),
            )
    except IntegrityError as error:
        raise AlreadyListed from error


def renew_secret(tenant: Tenant, *, by: Any, secret: str) -> None:
    """The provider gave a new secret."""
    with audited(by=by, why="tenant has a new secret"):
        tenant.sealed_secret = seal(secret)
        tenant.save(update_fields=["sealed_secret"])


def close_tenant(tenant: Tenant, *, by: Any) -> None:
    """Nobody signs in with it any more; its people sign in by code."""
    with audited(by=by, why="tenant closed"):
        tenant.closed_at = timezone.now()
        tenant.save(update_fields=["closed_at"])


def person_of(tenant: Tenant, uid: str) -> User | None:
    """The person who showed before that this account of the tenant is theirs."""
    account = SocialAccount.objects.select_related("user").filter(provider=tenant.key, uid=uid).first()
    return account.user if account else None


def link_identity(*, user: User, tenant: Tenant, uid: str) -> bool:
    """The person signs in with this account from now on; False where it is another person's."""
    with transaction.atomic():
        account, _made = SocialAccount.objects.get_or_create(provider=tenant.key, uid=uid, defaults={"user": user})
    return bool(account.user_id == user.pk)


def unlink_identity(*, user: User, pk: int) -> None:
    SocialAccount.objects.filter(user=user, pk=pk).delete()
