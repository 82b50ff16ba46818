"""Private words, sealed before they reach the database and opened for their owner alone.

The key is made from `SECRET_KEY` and the owner's id, so that a row moved to another person opens for nobody. Sealed
words stand in no log: neither in a statement that the database writes down when it fails, nor in a backup, nor in a
history. A new `SECRET_KEY` opens what was sealed before only while the old one stands in `SECRET_KEY_FALLBACKS`.
"""

import base64
import functools
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@functools.lru_cache(maxsize=256)
def box(secret: str, owner: int) -> Fernet:
    made = HKDF(SHA256(), length=32, salt=None, info=f"board.notes:{owner}".encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(made))


def boxes(owner: int) -> MultiFernet:
    """The one that seals, then those that only open."""
    return MultiFernet([box(secret, owner) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def seal(owner: int, words: Any) -> str:
    """Words as JSON, sealed for one person."""
    return boxes(owner).encrypt(json.dumps(words, ensure_ascii=False).encode()).decode()


def unseal(owner: int, sealed: str) -> Any:
    """The words, or None where no key of the portal opens them."""
    try:
        return json.loads(boxes(owner).decrypt(sealed.encode()))
    except InvalidToken:
        return None
