"""What somebody asks about their own data, and erasure."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.notify import queue_mail
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from .. import rules
from ..models import Ask, Learner, PrivacyRequest
from .people import learner_of


def request_make(*, kind: str, text: str, by: Any) -> PrivacyRequest:
    """A person asks that something be corrected, or that everything be erased. Raises Refused: asked already."""
    with audited(by=by, why="asked about own data"):
        learner = learner_of(by)
        waiting = PrivacyRequest.objects.asked().filter(learner__in=Learner.objects.same_as(learner), kind=kind)
        if kind == Ask.ERASURE and waiting.exists():
            raise Refused(_("You have asked for that already, and will hear from the team."))
        return PrivacyRequest.objects.create(learner=learner, kind=kind, text=text.strip())


def request_answer(*, request: PrivacyRequest, answer: str, by: Any) -> PrivacyRequest:
    """It is done. A wish to be erased is fulfilled with it, and the person told while their address is still known."""

    def note(row: PrivacyRequest) -> None:
        row.answer = answer.strip()

    with audited(by=by, why="answered"):
        row = advance(request, "answer", by=by, also=note)
        if row.kind == Ask.ERASURE:
            tell_erased(row.learner)
            erase(learner=row.learner, reason="asked", by=by)
    return row


def request_decline(*, request: PrivacyRequest, answer: str, by: Any) -> PrivacyRequest:
    """It is not done, and the person reads why. Raises ReasonMissing."""

    def note(row: PrivacyRequest) -> None:
        row.answer = answer.strip()

    return advance(request, "decline", by=by, why="declined" if answer.strip() else "", also=note)


def tell_erased(learner: Learner) -> None:
    """One last mail, in the person's language."""
    user = learner.user
    if user is None or user.demo_slug is not None:
        return
    with override(user.language or "cy"):
        subject = _("What training held on you is erased")
        text = _(
            "Your name and addresses are no longer in the register of training, nor in its history. The counts keep "
            "that somebody came, not who. Your account is not changed by this."
        )
        queue_mail(to=user.email, subject=subject, text=text)


def erase(*, learner: Learner, reason: str, by: Any) -> int:
    """Take a person out of the register, in all their rows and in the history; the counts stay as they are.

    `reason` is `asked` or `retention`; `by` is somebody of the team, or None for the clock. Gives how many rows.
    """
    if by is not None and not rules.team(by):
        raise NotAllowed(_("People are erased by the digital team."))
    with audited(by=by, why="erased"):
        row = Learner.objects.get(pk=learner.pk)
        ids = list(Learner.objects.same_as(row).select_for_update(of=("self",)).values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("SELECT training_erase(%s, %s, %s)", [ids, reason, by.pk if by is not None else None])
            number: int = cursor.fetchone()[0]
    return number
