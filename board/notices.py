"""Messages about meetings: who is told what, each in their own language.

The members of the board on the day of the meeting are told everything; who owns an item, writes a paper or comes as a
substitute is told when the meeting is moved or cancelled.
"""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from wlga_portal.kernel.bilingual import in_both
from wlga_portal.kernel.notify import notify

from .models import Meeting, MeetingChange, Paper, Part, Seat
from .querysets import held_on
from .wording import meeting_name, times_of, when_was


def members(meeting: Meeting) -> list[Any]:
    """Those who sit on the board on the day of the meeting and have an account."""
    seats = Seat.objects.filter(held_on(meeting.date), board=meeting.board_id, person__user__is_active=True)
    return list(User.objects.filter(pk__in=seats.values("person__user")).order_by("pk"))


def concerned(meeting: Meeting) -> list[Any]:
    """The members, and whoever else has to do with the meeting."""
    ids = {user.pk for user in members(meeting)}
    ids |= set(meeting.items.exclude(owner=None).values_list("owner", flat=True))
    ids |= set(
        meeting.papers.filter(credits__part=Part.AUTHOR, credits__user__isnull=False).values_list(
            "credits__user", flat=True
        )
    )
    coming = Q(substitutions__responses__meeting=meeting)
    ids |= set(User.objects.filter(board_person__in=persons(coming)).values_list("pk", flat=True))
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("pk"))


def persons(which: Q) -> Any:
    from .models import Person

    return Person.objects.filter(which, user__isnull=False)


def said_of(meeting: Meeting) -> dict[str, Any]:
    """What every message about a meeting says of it."""
    return {
        "meeting": in_both(lambda: meeting_name(meeting)),
        "board": meeting.board.name,
        "date": meeting.date,
        "times": in_both(lambda: times_of(meeting)),
        "closes": meeting.closes_at,
        "place": meeting.place,
        "link_to_join": meeting.link,
    }


def meeting_called(meeting: Meeting) -> None:
    """Each member is asked whether they come, or to answer in writing."""
    name = "written_page" if meeting.by_correspondence else "meeting_answer"
    for user in members(meeting):
        notify(user, "board.meeting_called", url=lambda: to(name, meeting), context=said_of(meeting))


def to(name: str, meeting: Meeting) -> str:
    return reverse(f"board:{name}", kwargs={"slug": meeting.slug})


def meeting_moved(change: MeetingChange) -> None:
    tell_change(change, "board.meeting_moved")


def meeting_cancelled(change: MeetingChange) -> None:
    tell_change(change, "board.meeting_cancelled")


def tell_change(change: MeetingChange, kind: str) -> None:
    """All whom the meeting concerns, with when it was to be and the reason."""
    meeting = change.meeting
    context = {**said_of(meeting), "was": in_both(lambda: when_was(change)), "reason": change.reason}
    for user in concerned(meeting):
        notify(user, kind, url=meeting, context=context)


def papers_out(meeting: Meeting) -> None:
    """The members, with the titles of the papers: all of them may read them."""
    papers = meeting.papers.published().select_related("agenda_item").order_by("number")
    titles = [title_for_mail(paper) for paper in papers]
    for user in members(meeting):
        notify(user, "board.papers_out", url=meeting, context={**said_of(meeting), "papers": titles})


def title_for_mail(paper: Paper) -> Any:
    """Mail goes through many hands: a restricted paper is named by its item, whose title is public."""
    item = paper.agenda_item
    return item.title if item is not None and item.restricted else paper.said


def paper_published(paper: Paper) -> None:
    """The first edition of a paper that comes when the members have been told of the others, or that is late."""
    meeting = paper.meeting
    if meeting is None or paper.is_historic or meeting.status != "called" or paper.editions.count() > 1:
        return
    lateness = getattr(paper, "lateness", None)
    if meeting.papers_out_at is None and lateness is None:
        return
    context = {**said_of(meeting), "title": title_for_mail(paper), "number": paper.number}
    context["reason"] = lateness.reason if lateness else ""
    for user in members(meeting):
        notify(user, "board.paper_late" if lateness else "board.paper_added", url=paper, context=context)
