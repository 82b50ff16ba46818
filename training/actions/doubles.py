"""Doubtful doubles: found by comparing, said by somebody, decided by a reviewer, and taken back."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from .. import comparing, rules
from ..models import Double, Learner, Reason


def find_doubles(*, among: Collection[int] | None = None) -> int:
    """Note every pair that may be one person and that nobody has reviewed; `among` only with one of these learners.

    Gives how many are new.
    """
    wanted = set(among) if among is not None else None
    pairs = {}
    for people in comparing.known_people().values():
        for pair, reason in comparing.doubts(people).items():
            if wanted is None or wanted & set(pair):
                pairs[pair] = reason
    known = set(Double.objects.values_list("first", "second"))
    fresh = [
        Double(first_id=first, second_id=second, reason=reason)
        for (first, second), reason in sorted(pairs.items())
        if (first, second) not in known
    ]
    with audited(by=None, why="names and addresses compared"):
        Double.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def double_say(*, learner: Learner, other: Learner, by: Any) -> Double:
    """Somebody of the team says that two may be one. Raises Refused: not theirs to say, or no two people."""
    if not rules.team(by):
        raise NotAllowed(_("Doubles are reviewed by the digital team."))
    if learner.pk == other.pk or learner.is_demo != other.is_demo:
        raise Refused(_("Choose another person."))
    first, second = sorted((learner.pk, other.pk))
    with audited(by=by, why="said to be one person"):
        double, _is_new = Double.objects.get_or_create(
            first_id=first, second_id=second, defaults={"reason": Reason.SAID}
        )
    return double


def double_decide(*, double: Double, event: str, by: Any, why: str = "") -> Double:
    """Merge, keep apart or take back. Bookings stay with the row that they were made for. Raises Refused."""
    return advance(double, event, by=by, why=why)
