"""What of planning waits for a person: answers to meetings, papers to begin and to send, what is overdue."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role, roles_of
from wlga_portal.kernel.panels import Need, Press, needs

from .actions.answers import takes_writing
from .chasing import chases, with_work
from .models import AgendaItem, Answer, Meeting, Paper, Response, Seat, WrittenAnswer
from .planning import plan_for, plan_of
from .pressing import step_press
from .querysets import written_by
from .states import MeetingStatus, PaperStatus


@needs
def meetings_to_answer(user: Any) -> Iterator[Need]:
    """Called meetings of the boards on which this person sits, to which they have not answered."""
    if not roles_of(user).has(Role.BOARD_MEMBER):
        return
    seats = {seat.board_id: seat for seat in Seat.objects.held_by(user)}
    called = Meeting.objects.visible_to(user).coming().filter(status=MeetingStatus.CALLED, board__in=seats)
    answered = set(Response.objects.filter(seat__in=seats.values()).values_list("meeting", flat=True))
    answered |= set(WrittenAnswer.objects.filter(seat__in=seats.values()).values_list("item__meeting", flat=True))
    for meeting in called.exclude(pk__in=answered).select_related("board"):
        if not meeting.by_correspondence:
            text = _("Say whether you are coming to “%(meeting)s”") % {"meeting": meeting}
            url = reverse("board:meeting_answer", kwargs={"slug": meeting.slug})
            press = Press(_("I am coming in person"), url, {"answer": Answer.IN_PERSON})
        elif takes_writing(meeting) and seats[meeting.board_id].votes:
            text = _("Answer in writing to “%(meeting)s”") % {"meeting": meeting}
            url, press = reverse("board:written_page", kwargs={"slug": meeting.slug}), None
        else:
            continue
        yield Need(text, url, meeting.date, str(meeting.board.name), press=press)


@needs(where="board_agendaitem WHERE owner_id = %(person)s")
def papers_to_begin(user: Any) -> Iterator[Need]:
    """Items that this person owns and whose paper is not begun, by the day that the planner counts."""
    if not roles_of(user):
        return
    mine = AgendaItem.objects.filter(owner=user, oral=False, standing=None, papers=None)
    mine = mine.filter(meeting__in=Meeting.objects.visible_to(user).coming())
    for item in mine.select_related("meeting__board"):
        text = _("Begin the paper for “%(title)s”") % {"title": item.title}
        url = f"{item.meeting.get_absolute_url()}#item-{item.position}"
        yield Need(text, url, plan_for(item.meeting).begin, str(item.meeting))


@needs
def drafts_to_send(user: Any) -> Iterator[Need]:
    """Drafts of this author, by the day on which they are to be in review."""
    if not roles_of(user).has(Role.AUTHOR):
        return
    drafts = Paper.objects.shown().filter(status=PaperStatus.DRAFT, pk__in=written_by(user), edition_number=None)
    coming = drafts.filter(meeting__in=Meeting.objects.coming())
    for paper in coming.select_related("board", "meeting"):
        if paper.meeting is not None:
            text = _("Send the draft “%(title)s” to review") % {"title": paper.title}
            url = reverse("board:paper_work", kwargs={"slug": paper.slug})
            due = plan_of(paper.meeting.date, paper.board).submit
            yield Need(text, url, due, str(paper.meeting), press=step_press(paper, "submit"))


@needs
def overdue_steps(user: Any) -> Iterator[Need]:
    """For the secretariat: what of the papers of coming meetings is overdue, as one line that leads to the list."""
    if not roles_of(user).has(Role.SECRETARIAT):
        return
    late = [one for one in chases(with_work(Meeting.objects.visible_to(user).coming())) if one.overdue]
    if late:
        text = ngettext("Chase %(count)s step that is overdue", "Chase %(count)s steps that are overdue", len(late)) % {
            "count": len(late)
        }
        yield Need(text, reverse("board:chase_list"), late[0].due, _("Papers of coming meetings"))


@needs
def meetings_to_call(user: Any) -> Iterator[Need]:
    """For the secretariat: meetings whose papers are soon to be out, and that nobody was called to."""
    if not roles_of(user).has(Role.SECRETARIAT):
        return
    for meeting in (
        Meeting.objects.visible_to(user).coming().filter(status=MeetingStatus.PLANNED).select_related("board")
    ):
        due = plan_for(meeting).clear
        if due <= timezone.localdate():
            text = _("Call “%(meeting)s”") % {"meeting": meeting}
            press = step_press(meeting, "call") if meeting.is_ready else None
            yield Need(text, meeting.get_absolute_url(), due, str(meeting.board.name), press=press)
