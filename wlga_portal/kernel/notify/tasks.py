"""The jobs that send mail: one message at once, a day's messages together, other mail of the portal."""

import smtplib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from ..queue import enqueue, task
from ..service_models import Delivery, Notification
from . import bounces
from .kinds import File
from .mails import digest_mail, notification_mail

NO_SUCH_ADDRESS = "5.1."  # RFC 3463: bad destination
TRIES = 6  # further tries when the mail server is away: over about 19 hours
DIGEST_HOUR = 7  # by the clock of Wales
DIGEST_WINDOW = timedelta(days=7)  # what could not be sent for so long is on the portal only
KEEP = timedelta(days=365)


def deliver(message: EmailMultiAlternatives) -> bool:
    """Hand a mail to the server. False when it refused the address for good, which is recorded; else it raises."""
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        refused = [(address, bounces.status_of(code, words)) for address, (code, words) in refusal.recipients.items()]
        if not all(status.startswith("5") for _address, status in refused):
            raise
    except smtplib.SMTPDataError as refusal:
        status = bounces.status_of(refusal.smtp_code, bytes_of(refusal.smtp_error))
        if not status.startswith(NO_SUCH_ADDRESS):  # the words were refused, or the server is busy: not the address
            raise
        refused = [(address, status) for address in message.to]
    else:
        return True
    for address, status in refused:
        bounces.record(address, status)
    return False


def bytes_of(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


@task("kernel.send_notification", retry=TRIES)
def send_notification(*, notification: int) -> None:
    """One message by mail, once: the row is locked while the server takes it."""
    with transaction.atomic():
        message = (
            Notification.objects.select_for_update(of=("self",))
            .select_related("user")
            .filter(pk=notification, delivery=Delivery.NOW, sent_at=None)
            .first()
        )
        if message is None:
            return
        if not message.user.is_active or bounces.stopped(message.user.email) or not deliver(notification_mail(message)):
            message.delivery = Delivery.NONE
        else:
            message.sent_at = timezone.now()
        message.save(update_fields=["delivery", "sent_at"])


def last_digest_time(now: datetime) -> datetime:
    """The latest seven o'clock in the morning that has passed."""
    local = timezone.localtime(now)
    today = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if local >= today else (today - timedelta(days=1)).replace(hour=DIGEST_HOUR)


def due(now: datetime) -> Any:
    """The messages that belong in a digest by now: also after a morning on which no worker ran."""
    return Notification.objects.filter(
        delivery=Delivery.DAILY, sent_at=None, created_at__lt=last_digest_time(now), created_at__gt=now - DIGEST_WINDOW
    )


@task("kernel.start_digests", every="*/10 * * * *")
def start_digests(*, timestamp: int) -> None:
    """A job for each person who has messages for a digest."""
    for user in due(timezone.now()).order_by("user_id").values_list("user_id", flat=True).distinct():
        enqueue(send_digest, user=user, queueing_lock=f"digest-{user}")


@task("kernel.send_digest", retry=2)
def send_digest(*, user: int) -> None:
    """All that waits for one person, in one mail, once."""
    with transaction.atomic():
        messages = list(due(timezone.now()).select_for_update().filter(user=user).order_by("pk"))
        if not messages:
            return
        person: Any = get_user_model()._default_manager.get(pk=user)
        chosen = Notification.objects.filter(pk__in=[message.pk for message in messages])
        if not person.is_active or bounces.stopped(person.email) or not deliver(digest_mail(person, messages)):
            chosen.update(delivery=Delivery.NONE)
        else:
            chosen.update(sent_at=timezone.now())


@task("kernel.send_mail", retry=TRIES)
def send_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    files: list[list[str]] | None = None,
) -> None:
    """Mail that is no message: a code for signing in. It goes even where other mail came back."""
    made = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [to], headers=headers or {})
    if html:
        made.attach_alternative(html, "text/html")
    for name, content, kind in files or []:
        made.attach(name, content, kind)
    deliver(made)


def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    files: list[File] | None = None,
) -> None:
    """Send this later, so that the page that asks takes as long for a known address as for an unknown one."""
    enqueue(
        send_mail,
        to=to,
        subject=subject,
        text=text,
        html=html,
        headers=headers or {},
        files=[list(file) for file in files or []],
    )


@task("kernel.remove_old_notifications", every="40 3 * * *")
def remove_old_notifications(*, timestamp: int) -> None:
    """Messages are kept for a year."""
    Notification.objects.filter(created_at__lt=timezone.now() - KEEP).delete()
