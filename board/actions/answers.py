"""Writes of what members answer: whether they come, and to a decision by correspondence."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused

from ..models import Meeting, Response, Seat, WrittenAnswer
from ..rules import holds, secretary
from ..states import MeetingStatus


def response_save(response: Response, *, by: Any) -> Response:
    """What the holder of a seat answers, by themselves or through the secretariat. Raises Refused."""
    meeting, seat, substitute = response.meeting, response.seat, response.substitute
    with audited(by=by, why="answer to a meeting"):
        row = meeting.lock()
        if not (holds(by, seat) or secretary(by)) or seat.board_id != row.board_id:
            raise Refused(_("Members answer for their own seats."))
        if row.status != MeetingStatus.CALLED or row.date < timezone.localdate():
            raise Refused(_("This meeting takes no answers."))
        if substitute is not None and substitute.seat_id != seat.pk:
            raise Refused(_("Choose somebody who is named as a substitute for this seat."))
        response.by, response.at = by, timezone.now()
        response.save()
    return response


def takes_writing(meeting: Meeting) -> bool:
    """Whether members may answer in writing now."""
    open_until = meeting.closes_at
    return meeting.status == MeetingStatus.CALLED and open_until is not None and timezone.now() < open_until


def written_answers(meeting: Meeting, seat: Seat, *, by: Any, answers: dict[int, tuple[str, str]]) -> None:
    """A member's answers to items (by id), each with what they add; until it closes they may change. Raises Refused."""
    with audited(by=by, why="answer by correspondence"):
        row = meeting.lock()
        if not holds(by, seat) or seat.board_id != row.board_id or not seat.votes:
            raise Refused(_("Members with a vote answer for their own seats."))
        if not takes_writing(row):
            raise Refused(_("The time for answers is over."))
        for item in row.items.filter(pk__in=answers):
            answer, comment = answers[item.pk]
            said = {"answer": answer, "comment": comment, "by": by, "at": timezone.now()}
            WrittenAnswer.objects.update_or_create(item=item, seat=seat, defaults=said)
