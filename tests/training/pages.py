"""Opening pages as somebody, and reading what they say."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories.training import BookingFactory, close_register, held
from training.models import Session
from training.states import BookingStatus

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def get(user: User | None, name: str, *, query: str = "", **parts: Any) -> Any:
    return signed_in(user).get(reverse(f"training:{name}", kwargs=parts or None) + query)


def post(user: User | None, name: str, data: dict[str, Any] | None = None, **parts: Any) -> Any:
    return signed_in(user).post(reverse(f"training:{name}", kwargs=parts or None), data or {})


def text(response: Any) -> str:
    """What the page says, its white space evened."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def lines(response: Any) -> str:
    """A calendar file, its folded lines put together."""
    return str(response.content.decode().replace("\r\n ", ""))


def attended_by(number: int, **fields: Any) -> Session:
    """A closed session to which so many came."""
    session = held(capacity=50)
    for _number in range(number):
        BookingFactory(session=session, status=BookingStatus.ATTENDED, **fields)
    return close_register(session)


def edited(session: Session, **changes: Any) -> dict[str, Any]:
    """The form of a session as the page sends it, changed."""

    def moment(value: Any) -> str:
        return timezone.localtime(value).isoformat()

    return {
        "starts_at": moment(session.starts_at),
        "ends_at": moment(session.ends_at),
        "cut_off_at": moment(session.cut_off_at),
        "mode": session.mode,
        "place_en": session.place_en,
        "place_cy": session.place_cy,
        "joining_url": session.joining_url,
        "language": session.language,
        "capacity": session.capacity,
        "version": session.version,
        **changes,
    }
