"""What the services put in *what needs you*, and in what happened since somebody was here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ..bilingual import page_language
from ..news import News, happened_to
from ..panels import Need, Press, needs
from ..service_models import Notification
from . import bounces
from .kinds import kind_of, known, label_of
from .mails import subject_of

MOST = 30  # messages that are told; all of them stand on their own page


@needs
def returned_mail(user: Any) -> Iterable[Need]:
    """The person's mail came back: they would not know otherwise."""
    if bounces.stopped(user.email):
        press = Press(_("Send mail to this address again"), reverse("kernel:message_resume"))
        text = _("Mail to your address came back, so no more is sent to it.")
        yield Need(text, reverse("kernel:message_list"), press=press)


@happened_to(where="kernel_notification WHERE user_id = %(person)s AND created_at > %(since)s")
def messages_since(user: Any, since: datetime) -> Iterable[News]:
    """What the portal sent this person."""
    language = page_language()
    sent = Notification.objects.filter(user=user.pk, created_at__gt=since, kind__in=known()).order_by("-pk")[:MOST]
    for message in sent:
        group = str(label_of(kind_of(message.kind).group))
        yield News(message.created_at, subject_of(message, language), getattr(message, f"url_{language}"), group)
