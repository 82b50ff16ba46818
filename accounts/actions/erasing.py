"""Erasing an account."""

import logging
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited

from ..erasing import empty, person_erased, take_away, take_name_out
from ..models import User
from .memberships import CannotBe
from .sessions import end_all_sessions

logger = logging.getLogger(__name__)


def erase_account(person: User, *, by: Any) -> User:
    """Erase whoever has left; see `accounts/erasing.py` for what goes and what stays. Raises CannotBe."""
    with audited(by=by, why="account erased"):
        user: User = User.objects.select_for_update().get(pk=person.pk)
        if user.is_active:
            raise CannotBe(_("Close the account first: whoever is here is not erased."))
        if user.is_demo:
            raise CannotBe(_("The people of the demonstration are invented: there is nobody to erase."))
        end_all_sessions(user)
        person_erased.send(sender=User, user=user)
        take_away(user)
        take_name_out(user)
        empty(user)
    logger.info("erased: person %s, by %s", user.pk, getattr(by, "pk", None))
    return user
