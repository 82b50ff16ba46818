"""An organisation ends: said beforehand, and taken back until its last day is over."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited

from .models import Organisation


class CannotEnd(Exception):
    """It cannot end so; its text is a sentence for the page."""


def end_organisation(
    organisation: Organisation, *, by: Any, ends_on: date, successor: Organisation | None, why: str
) -> None:
    """Say its last day and who goes on in its place. Nothing else changes before that day is over. Raises CannotEnd."""
    with audited(by=by, why=why):
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if row.settled_at is not None:
            raise CannotEnd(_("It has ended, and what was open has gone to its successor."))
        if ends_on < timezone.localdate():
            raise CannotEnd(_("The last day is over already."))
        following = None if successor is None else Organisation.objects.get(pk=successor.pk)
        while following is not None:
            if following.pk == row.pk:
                raise CannotEnd(_("Its successor goes on in it: one of the two must be another body."))
            if following.ends_on is not None and following.ends_on <= ends_on:
                raise CannotEnd(_("The successor ends on that day or before it."))
            following = following.successor
        row.ends_on, row.successor = ends_on, successor
        row.save()


def keep_organisation(organisation: Organisation, *, by: Any, why: str) -> None:
    """Take an end back. Raises CannotEnd once its last day is over."""
    with audited(by=by, why=why):
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if row.settled_at is not None or row.has_ended:
            raise CannotEnd(_("Its last day is over: this cannot be taken back."))
        row.ends_on = row.successor = None
        row.save()
