"""The key by which the portal signs badges: RSA of 2,048 bits, as Open Badges 3.0 asks at least (RS256).

`PORTAL_BADGE_KEY` holds it (PEM); without that it is made on first use and kept in `var/keys`, readable by the
portal alone. A key that is replaced stays there under another name, so that what it signed can still be checked.
"""

import base64
import functools
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

ALGORITHM = "RS256"
BITS = 2048
OWN = "badges.pem"


@dataclass(frozen=True)
class Key:
    """A key and its public half as a JSON Web Key; `name` is that key's thumbprint (RFC 7638)."""

    private: RSAPrivateKey

    @property
    def public(self) -> dict[str, str]:
        numbers = self.private.public_key().public_numbers()
        return {"e": as_text(numbers.e), "kty": "RSA", "n": as_text(numbers.n)}

    @functools.cached_property
    def name(self) -> str:
        written = json.dumps(self.public, sort_keys=True, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(hashlib.sha256(written).digest()).rstrip(b"=").decode()

    @property
    def address(self) -> str:
        """Where its public half is found: the `kid` of what it signed."""
        return f"{settings.BASE_URL}/credentials/keys/{self.name}.json"

    @property
    def jwk(self) -> dict[str, str]:
        return {**self.public, "alg": ALGORITHM, "use": "sig", "kid": self.address}


def as_text(number: int) -> str:
    """A whole number as Base64url without padding (RFC 7518)."""
    octets = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def all_keys() -> list[Key]:
    """Every key of the portal; the first signs."""
    folder = settings.VAR_DIR / "keys"
    if not settings.BADGE_KEY and not (folder / OWN).exists():
        make(folder)
    found = [read(settings.BADGE_KEY, "PORTAL_BADGE_KEY")] if settings.BADGE_KEY else []
    paths = sorted(folder.glob("badges*.pem"), key=lambda path: (path.name != OWN, path.name))
    return found + [read(path.read_text("ascii"), str(path)) for path in paths]


@functools.lru_cache(maxsize=16)
def read(pem: str, source: str) -> Key:
    """Raises ImproperlyConfigured where it is no RSA key of 2,048 bits or more."""
    try:
        private: Any = load_pem_private_key(pem.replace("\\n", "\n").encode(), password=None)
    except ValueError as error:
        raise ImproperlyConfigured(f"{source} holds no private key in PEM.") from error
    if not isinstance(private, RSAPrivateKey) or private.key_size < BITS:
        raise ImproperlyConfigured(f"{source} must hold an RSA key of {BITS} bits or more.")
    return Key(private)


def make(folder: Path) -> None:
    """Write a new key, whole or not at all; where two processes make one at once, the first stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = generate_private_key(public_exponent=65537, key_size=BITS)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle, name = tempfile.mkstemp(dir=folder)  # for its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        os.link(name, folder / OWN)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
