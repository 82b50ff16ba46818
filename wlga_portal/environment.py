"""Configuration from the environment: a missing or wrong value is a sentence, not a traceback."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of `name`; without a default, its absence stops the start."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}; see docs/configuration.md.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """A yes/no value: 1, true, yes, on; 0, false, no, off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"Set {name} to 1 or 0; it is now {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"Set {name} to a whole number; it is now {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in (os.environ.get(name) or default).split(",") if word.strip()]


def database(name: str, url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name`; a socket folder goes in `?host=`."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"Set {name} to postgresql://user:password@host:5432/name; it is now not such an address."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(options.pop("port", None) or port or ""),
        "OPTIONS": options,
    }


def bucket(name: str) -> dict[str, Any]:
    """Settings of django-storages for a private bucket: nothing in it is public, and no name is written over.

    Without a key, what the machine is given by its provider (an instance's or a pod's role) is used.
    """
    options: dict[str, Any] = {
        "bucket_name": name,
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
    }
    for option, variable in (
        ("endpoint_url", "PORTAL_S3_ENDPOINT"),
        ("region_name", "PORTAL_S3_REGION"),
        ("access_key", "PORTAL_S3_KEY"),
        ("secret_key", "PORTAL_S3_SECRET"),
    ):
        value = text(variable, " ").strip()
        if value:
            options[option] = value
    if ("access_key" in options) != ("secret_key" in options):
        raise ImproperlyConfigured("Set both PORTAL_S3_KEY and PORTAL_S3_SECRET, or neither.")
    return options
