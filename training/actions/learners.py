"""What is held on a learner: the name, the addresses, and where they belong, with dates."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused

from .. import rules
from ..models import Learner, LearnerAddress, LearnerMembership


def check(by: Any, learner: Learner) -> None:
    if not rules.learner_edit(by, learner):
        raise NotAllowed(_("A learner’s data is corrected by the digital team, or by the coordinator of the council."))


def learner_rename(*, learner: Learner, name: str, language: str, by: Any) -> Learner:
    """Correct the name and the language of somebody without an account. Raises Refused."""
    check(by, learner)
    if learner.user_id is not None:
        raise Refused(_("This person has an account and corrects the name there."))
    with audited(by=by, why="name corrected"):
        learner.name, learner.language = name.strip(), language
        learner.save(update_fields=["name", "language"])
    return learner


def address_add(*, learner: Learner, email: str, by: Any) -> LearnerAddress:
    """A further address of the same person. Raises Refused where it is somebody else's: then they may be one person."""
    check(by, learner)
    other = Learner.objects.of_address(email).first()
    if other is not None:
        raise Refused(_("This address is known already, with another learner. They may be one person."))
    with audited(by=by, why="address added"):
        return LearnerAddress.objects.create(learner=learner, email=email.strip().lower())


def address_remove(*, address: LearnerAddress, by: Any) -> None:
    """An address that is no longer right. Raises Refused."""
    check(by, address.learner)
    with audited(by=by, why="address removed"):
        address.delete()


def learner_move(
    *, learner: Learner, organisation: Organisation, standing: str, starts: date, by: Any
) -> LearnerMembership:
    """From a day the learner belongs elsewhere; where they belonged until then ends on the day before.

    Bookings keep the council for which the person came. Raises Refused where they belong there on that day already.
    """
    check(by, learner)
    day_before = starts - timedelta(days=1)
    with audited(by=by, why="moved"):
        Learner.objects.select_for_update(of=("self",)).get(pk=learner.pk)
        running = LearnerMembership.objects.filter(Q(ends=None) | Q(ends__gte=starts), learner=learner)
        if running.filter(organisation=organisation).exists():
            raise Refused(_("This person belongs there on that day already."))
        running.filter(starts__gt=day_before).delete()
        for membership in running:
            membership.ends = day_before
            membership.save(update_fields=["ends"])
        return LearnerMembership.objects.create(
            learner=learner, organisation=organisation, standing=standing, starts=starts
        )
