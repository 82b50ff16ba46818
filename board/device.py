"""What a member keeps on their device for reading with no connection: what may be kept, and for whom."""

from typing import Any

from django.utils.crypto import salted_hmac


def person_key(user: Any) -> str:
    """Tells one person's copies on a device from another's, and says nothing about them."""
    return salted_hmac("board.device", str(user.pk), algorithm="sha256").hexdigest()[:24]
