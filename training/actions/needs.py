"""What somebody needs to take part, and the secret address of their calendar: outside every history."""

import secrets
from typing import Any

from wlga_portal.kernel.audit import audited

from ..models import CalendarKey, Learner, LearnerNeeds
from .people import learner_of


def needs_save(*, learner: Learner, access: str, language: str, by: Any) -> LearnerNeeds:
    """What the person says; what was said before is gone."""
    with audited(by=by, why="needs"):
        said = {"access": access.strip(), "language": language}
        return LearnerNeeds.objects.update_or_create(learner=learner, defaults=said)[0]


def needs_say(*, access: str, language: str, by: Any) -> LearnerNeeds:
    """A person says their own needs."""
    with audited(by=by, why="needs"):
        return needs_save(learner=learner_of(by), access=access, language=language, by=by)


def calendar_key_renew(*, by: Any) -> CalendarKey:
    """A new address for the person's calendar; the old one, if there was one, shows nothing from now on."""
    with audited(by=by, why="calendar address"):
        key = {"key": secrets.token_urlsafe(32)}
        return CalendarKey.objects.update_or_create(user=by, defaults=key)[0]
