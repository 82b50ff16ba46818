"""Erasing a person: what is theirs goes, what they did stays with a number and no name.

Histories, decisions and frozen rows hold the ids of people; names and addresses stand in the table of people alone. So
its row stays, emptied, as the tombstone, and whoever reviewed a role, decided or wrote is still somebody. Every row
that belongs to a person (a foreign key that falls with them) is deleted: council accounts, second steps, sessions,
drafts, messages, private notes. Messages to others that named the person stay without the name. Higher apps that keep
names of their own listen to `person_erased`. What people wrote in words of their own is not searched for names.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import LANGUAGES
from wlga_portal.kernel.files import drop_file
from wlga_portal.kernel.notify.context import freeze
from wlga_portal.kernel.service_models import Notification, OutboxMessage

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
                drop_file(getattr(row, name))
        rows.delete()
    SignInCode.objects.filter(email=user.email).delete()
    named = Q(to__icontains=user.email)
    for words in known_by(user):
        named |= Q(subject__contains=words) | Q(text__contains=words)
    OutboxMessage.objects.filter(named).delete()


def known_by(user: User) -> list[str]:
    """The words by which others were told of a person."""
    return [words for words in (user.name, user.email) if words]


def take_name_out(user: User) -> None:
    """In messages to others, where a value is the person's name or address it becomes words that name nobody."""
    words = known_by(user)
    rows = Notification.objects.annotate(said=Cast("context", models.TextField()))
    holds = Q()
    for one in words:
        holds |= Q(said__contains=json.dumps(one, ensure_ascii=False))
    nobody = freeze(_("Erased person"))
    for row in rows.filter(holds):
        Notification.objects.filter(pk=row.pk).update(context=without(row.context, words, nobody))


def without(value: Any, words: list[str], nobody: Any) -> Any:
    """A value of a message, with `nobody` in the place of each part that is one of `words`."""
    if isinstance(value, list):
        return [without(part, words, nobody) for part in value]
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES) and any(part in words for part in value.values()):
            return nobody
        return {key: without(part, words, nobody) for key, part in value.items()}
    return nobody if value in words else value


def empty(user: User) -> None:
    """The tombstone: an address that is nobody's, made from the person's number; it can never sign in."""
    if not user.name:  # they went by their address: what is found by a name is found anew when a name changes
        User.objects.filter(pk=user.pk).update(name=ERASED)
    values: dict[str, Any] = {"name": "", "language": "", "email": f"{user.public_id}{ERASED}", "last_login": None}
    for name, value in values.items():
        setattr(user, name, value)
    user.set_unusable_password()
    user.save()
