"""Links that stand in for an account: a random token in the address, its hash alone in the database."""

import hashlib
import secrets

BYTES = 32  # of chance in a token


def new_token() -> tuple[str, str]:
    """A token for an address, and what is kept of it."""
    token = secrets.token_urlsafe(BYTES)
    return token, hashed(token)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
