"""Where a person is signed in, and ending it."""

from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from ..models import User

store: Any = import_module(settings.SESSION_ENGINE).SessionStore


def end_session(session: UserSession) -> None:
    """Sign out one browser; its next request is a stranger's."""
    with transaction.atomic():
        store().delete(session.session_key)
        session.delete()


def end_all_sessions(user: User) -> None:
    """Sign out everywhere, also where no session was noted: the value that every session is checked against changes."""
    with transaction.atomic():
        for session in UserSession.objects.filter(user=user):
            end_session(session)
        user.set_unusable_password()
        user.save(update_fields=["password"])
