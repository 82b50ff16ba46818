"""Erasing a person: what is theirs goes, what they did stays with a number and no name.

Histories, decisions and frozen rows hold the ids of people; names and addresses stand in the table of people alone. So
its row stays, emptied, as the tombstone, and whoever reviewed a role, decided or wrote is still somebody. Every row
that belongs to a person (a foreign key that falls with them) is deleted: council accounts, second steps, sessions,
drafts, messages, private notes. Higher apps that keep names of their own listen to `person_erased`.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.dispatch import Signal

from wlga_portal.kernel.service_models import OutboxMessage

from .models import SignInCode, User
from .models.person import ERASED

person_erased = Signal()  # sent with `user` before the row is emptied, inside the transaction


def belonging() -> Iterator[tuple[type[models.Model], str]]:
    """The models whose rows fall with their person, and the field that names the person."""
    for relation in User._meta.related_objects:
        if getattr(relation, "on_delete", None) is models.CASCADE:
            yield relation.related_model, relation.field.name


def take_away(user: User) -> None:
    """Delete what belongs to a person, with its files, and what waits for their address."""
    for model, field in belonging():
        rows = model._base_manager.filter(**{field: user})
        files = [one.name for one in model._meta.concrete_fields if isinstance(one, models.FileField)]
        for row in rows if files else ():
            for name in files:
                getattr(row, name).delete(save=False)
        rows.delete()
    SignInCode.objects.filter(email=user.email).delete()
    OutboxMessage.objects.filter(to__icontains=user.email).delete()


def empty(user: User) -> None:
    """The tombstone: an address that is nobody's, made from the person's number; it can never sign in."""
    values: dict[str, Any] = {"name": "", "language": "", "email": f"{user.public_id}{ERASED}", "last_login": None}
    for name, value in values.items():
        setattr(user, name, value)
    user.set_unusable_password()
    user.save()
