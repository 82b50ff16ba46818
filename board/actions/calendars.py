"""Writes of the secret address of a member's own calendar."""

import secrets
from typing import Any

from ..models import MeetingsKey


def meetings_key_renew(*, by: Any) -> MeetingsKey:
    """A new secret of 256 bits; the old address ends."""
    return MeetingsKey.objects.update_or_create(user=by, defaults={"key": secrets.token_urlsafe(32)})[0]


def meetings_key_end(*, by: Any) -> None:
    MeetingsKey.objects.filter(user=by).delete()
