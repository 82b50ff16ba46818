"""Writing a message: the row and the job of its mail, in the transaction that causes them."""

from typing import Any

from django.db import transaction

from ..queue import enqueue
from ..service_models import Delivery, Notification, Preference
from .context import addresses, freeze
from .kinds import kind_of
from .mails import subject_of


def notify(
    user: Any, kind: str, *, url: Any, context: dict[str, Any] | None = None, urgent: bool | None = None
) -> Notification:
    """Tell a person something, on the portal and by mail as they chose; `urgent` overrides the kind's own."""
    from .tasks import send_notification

    registered = kind_of(kind)
    hurry = registered.urgent if urgent is None else urgent
    paths = addresses(url)
    with transaction.atomic():
        message = Notification.objects.create(
            user=user,
            kind=kind,
            url_en=paths["en"],
            url_cy=paths["cy"],
            context=freeze(context or {}),
            urgent=hurry,
            delivery=delivery_for(user, kind, urgent=hurry),
        )
        subject_of(message, "en")  # a value that the subject lacks is known now, not when the mail is due
        if message.delivery == Delivery.NOW:
            enqueue(send_notification, notification=message.pk)
    return message


def delivery_for(user: Any, kind: str, *, urgent: bool) -> str:
    """How this person gets this kind by mail. Nobody who may no longer sign in gets any."""
    if not user.is_active:
        return Delivery.NONE
    if urgent:
        return Delivery.NOW
    registered = kind_of(kind)
    chosen = Preference.objects.filter(user=user, group=registered.group).values_list("delivery", flat=True).first()
    return chosen or registered.delivery
