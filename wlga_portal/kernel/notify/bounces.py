"""Mail that came back: at the door (SMTP 5xx) or later (a delivery status notification, RFC 3464).

A hard bounce stops the portal's messages to that address, and the person is told on the portal, until they say that
the address is right or change it. A delivery report counts only when it quotes a Message-ID that the portal signed.
"""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..service_models import Bounce, Notification
from .mails import message_of_id

ADDRESS_SALT = "kernel.notify.bounce"
ENHANCED_STATUS = re.compile(rb"\b([245]\.\d{1,3}\.\d{1,3})\b")


def digest_of(address: str) -> str:
    """What is kept of an address: enough to know it again, not to read it."""
    return salted_hmac(ADDRESS_SALT, address.strip().lower(), algorithm="sha256").hexdigest()


def stopped(address: str) -> bool:
    """Whether mail to this address has come back for good."""
    return Bounce.objects.filter(address_digest=digest_of(address), hard=True, cleared_at=None).exists()


def record(address: str, status: str) -> Bounce:
    """Keep that mail to this address came back; 5.x.x is for good, anything else is not."""
    owner = get_user_model()._default_manager.filter(email__iexact=address.strip()).first()
    hard = status.startswith("5")
    return Bounce.objects.create(user=owner, address_digest=digest_of(address), hard=hard, status=status[:20])


def clear(user: Any) -> int:
    """The person says that their address is right: mail goes again. How many bounces that cleared."""
    held = Bounce.objects.filter(address_digest=digest_of(user.email), hard=True, cleared_at=None)
    return held.update(cleared_at=timezone.now())


def status_of(code: int, words: bytes) -> str:
    """The enhanced status in a server's answer, or the class of its code."""
    found = ENHANCED_STATUS.search(words)
    return found[1].decode() if found else f"{code // 100}.0.0"


def read_report(content: bytes) -> list[Bounce]:
    """Record what a delivery report says of one of our messages; nothing for any other mail."""
    report = message_from_bytes(content, policy=policy.default)
    notification = reported(report)
    if notification is None:
        return []
    made = []
    for action, status, address in recipients(report):
        if action == "failed" and address.lower() == notification.user.email.lower():
            made.append(record(address, status))
    return made


def reported(report: EmailMessage) -> Notification | None:
    """Which of our messages the report quotes."""
    for part in report.walk():
        if part.get_content_type() == "text/rfc822-headers":
            content: Any = part.get_payload(decode=True)
            quoted: Any = message_from_bytes(content or b"", policy=policy.default)
        elif part.get_content_type() == "message/rfc822" and part.is_multipart():
            quoted = part.get_payload(0)
        else:
            continue
        number = message_of_id(str(quoted.get("Message-ID", "")))
        if number is not None:
            return Notification.objects.select_related("user").filter(pk=number).first()
    return None


def recipients(report: EmailMessage) -> list[tuple[str, str, str]]:
    """(action, status, address) of each recipient that the report speaks of."""
    found = []
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        blocks: Any = part.get_payload()
        for block in blocks:
            address = str(block.get("Final-Recipient", "")).rpartition(";")[2].strip()
            if address:
                status = str(block.get("Status", "")).split(" ")[0]
                found.append((str(block.get("Action", "")).strip().lower(), status, address))
    return found
