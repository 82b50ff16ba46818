"""Giving an answer to a person, and calling it complete."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from fund import emails, rules
from fund.clock import demand_open
from fund.models import Answer, Assignment, Happening
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused


def answer_assign(*, answer: Answer, person: User | None, by: Any, at: datetime | None = None) -> Assignment:
    """Say who writes an answer (None: nobody in particular); they get a message. Raises Refused."""
    with audited(by=by, why="answer given to a person"):
        bid = answer.bid.lock()
        demand_open(bid, at or timezone.now())
        if person is not None and not rules.bid_write(person, bid):
            raise Refused(_("%(person)s cannot write in this bid.") % {"person": person})
        assignment, _made = Assignment.objects.select_for_update(of=("self",)).get_or_create(answer=answer)
        if assignment.person_id == (person.pk if person else None):
            return assignment
        assignment.person = person
        assignment.save()
        Happening.record(bid, "assigned", by=by, about=answer.question.label)
        if person is not None and person != by:
            emails.tell_assigned(answer, person)
    return assignment


def mark_complete(answer: Answer, *, complete: bool, by: Any, at: datetime) -> None:
    """Inside the transaction that saves the answer: what its writer says of it now."""
    assignment = Assignment.objects.filter(answer=answer).first()
    if (assignment.completed_at is not None if assignment else False) == complete:
        return
    assignment = assignment or Assignment(answer=answer)
    assignment.completed_at, assignment.completed_by = (at, by) if complete else (None, None)
    assignment.save()
    if complete:
        Happening.record(answer.bid, "complete", by=by, about=answer.question.label)
