"""Consent to support that sees what one sees, and what support does with it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from wlga_portal.kernel.audit import audited

from ..emails import tell_viewing
from ..models import Consent, User, Viewing
from ..rules import person_manage


def consent_give(*, by: User, lasts: timedelta) -> Consent:
    """Let administrators see the portal as `by` sees it; a consent that stood before ends."""
    with audited(by=by, why="consent to support given"):
        User.objects.select_for_update().get(pk=by.pk)
        end_open(by)
        now = timezone.now()
        return Consent.objects.create(user=by, given_at=now, until=now + lasts)


def consent_end(*, by: User) -> None:
    """Take it back: whoever looks now sees nothing more at the next request."""
    with audited(by=by, why="consent to support taken back"):
        end_open(by)


def end_open(user: User) -> None:
    now = timezone.now()
    Viewing.objects.filter(consent__user=user, ended_at=None).update(ended_at=now)
    Consent.objects.filter(user=user, ended_at=None).update(ended_at=now)


def viewing_begin(person: User, *, by: Any, why: str) -> Viewing | None:
    """Begin to see the portal as `person`, who is told; None where there is no consent now, or for oneself."""
    if person.pk == by.pk or not person.is_active or not person_manage(by):
        return None
    with audited(by=by, why=why):
        consent = Consent.objects.select_for_update().open().filter(user=person).first()
        if consent is None:
            return None
        viewing = Viewing.objects.create(consent=consent, by=by)
        tell_viewing(viewing, why=why)
    return viewing


def viewing_end(viewing: Viewing, *, by: Any) -> None:
    with audited(by=by, why="viewing ended"):
        Viewing.objects.filter(pk=viewing.pk, ended_at=None).update(ended_at=timezone.now())
