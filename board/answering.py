"""The link of a message by which an owner answers for an action, with one button and without signing in."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse

from .models import Action

SALT = "board.action"
KEPT = timedelta(days=60)  # how long the link of a message opens


def answer_url(action: Action, user: Any) -> str:
    """The page of this action for this owner, in the language that is active."""
    return reverse("board:action_answer", kwargs={"token": signing.dumps([action.pk, user.pk], salt=SALT)})


def answered(token: str) -> tuple[int, int] | None:
    """The action and the person of a link; None where it is forged or too old."""
    try:
        action, user = signing.loads(token, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    return int(action), int(user)
