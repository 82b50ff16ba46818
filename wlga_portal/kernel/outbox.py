"""Where mail goes when no mail server is set: a table, which the demonstration shows at `demo/outbox/`."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .service_models import OutboxMessage

KEPT = 500  # the oldest go


class EmailBackend(BaseEmailBackend):
    """Keeps each mail as a row."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = [OutboxMessage.objects.create(**row_of(message)) for message in email_messages]
        oldest = OutboxMessage.objects.values_list("pk", flat=True)[KEPT : KEPT + 1].first()
        if oldest is not None:
            OutboxMessage.objects.filter(pk__lte=oldest).delete()
        return len(kept)


def row_of(message: EmailMessage) -> dict[str, Any]:
    alternatives = getattr(message, "alternatives", [])
    return {
        "to": ", ".join(message.recipients()),
        "sender": message.from_email,
        "subject": message.subject,
        "text": message.body,
        "html": next((str(content) for content, kind in alternatives if kind == "text/html"), ""),
        "headers": {str(name): str(value) for name, value in message.extra_headers.items()},
    }
