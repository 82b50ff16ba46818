"""A change of address: asked for by the person, confirmed at the old address and at the new one."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from wlga_portal.kernel.queue import enqueue

from ..models import AddressChange, User


class Taken(Exception):
    """The new address has become another person's."""


def ask_for_address(*, by: User, email: str) -> AddressChange:
    """Send a link to both addresses; what was asked for before is forgotten.

    Whether the new address is somebody's is not said here: its owner is told.
    """
    from ..tasks import send_address_links

    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        AddressChange.objects.filter(user=by, done_at=None).delete()
        change = AddressChange.objects.create(user=by, old_email=by.email, new_email=email)
        enqueue(send_address_links, key=change.key.hex)
    return change


def drop_address(*, by: User) -> None:
    """The person wants no other address after all."""
    AddressChange.objects.filter(user=by, done_at=None).delete()


def confirm_address(change: AddressChange, *, side: str) -> AddressChange:
    """One side confirms; when both have, the address is changed. Raises Taken; then nothing is changed."""
    from ..tasks import send_address_done

    try:
        with transaction.atomic():
            row = AddressChange.objects.select_for_update().get(pk=change.pk)
            if row.is_over or row.confirmed(side):
                return row
            setattr(row, f"{side}_confirmed_at", timezone.now())
            if row.confirmed("old") and row.confirmed("new"):
                row.done_at = timezone.now()
                User.objects.filter(pk=row.user_id).update(email=row.new_email)
                enqueue(send_address_done, key=row.key.hex)
            row.save()
    except IntegrityError as error:
        raise Taken from error
    return row
