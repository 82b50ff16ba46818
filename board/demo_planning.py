"""What the demonstration's secretariat has planned: standing items, a moved meeting with answers, a decision by
correspondence, the forward work programme."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from . import actions
from .loading import sides
from .models import (
    AgendaItem,
    Board,
    Interpretation,
    Meeting,
    MeetingKind,
    PlannedItem,
    Response,
    Seat,
    StandingItem,
    Substitute,
)


def load_planning(board: Board, said: dict[str, Any], people: dict[str, Any]) -> None:
    """`said`: the part `board_planning` of the demonstration. Made by the demonstration's own secretariat."""
    secretary = people["secretariat"]
    board.quorum = 2
    board.save()
    for row in said["standing"]:
        standing = StandingItem(board=board, kind=row["kind"], minutes=row["minutes"], at_end=row["at_end"])
        standing.title = (row["title"]["en"], row["title"]["cy"])
        actions.standing_save(standing, by=secretary)
    seats = {seat.person.name: seat for seat in board.seats.select_related("person__user")}
    named = said["substitute"]
    seat = seats[str(people[named["seat"]])]
    actions.substitute_save(
        Substitute(seat=seat, starts=timezone.localdate()),
        by=secretary,
        who={"name": named["name"], "style": (named["style"]["en"], named["style"]["cy"])},
    )
    winter, *_others = [load_meeting(board, row, seats, people) for row in said["meetings"]]
    for row in said["planned"]:
        load_planned(board, row, winter, people)


def load_meeting(board: Board, row: dict[str, Any], seats: dict[str, Seat], people: dict[str, Any]) -> Meeting:
    secretary = people["secretariat"]
    day = timezone.localdate() + timedelta(days=row["in_days"])
    meeting = Meeting(board=board, kind=row["kind"], date=day, **sides("title", row["title"]))
    if meeting.kind == MeetingKind.CORRESPONDENCE:
        meeting.closes_at = timezone.make_aware(datetime.combine(day, time(17)))
    else:
        meeting.date = timezone.localdate() + timedelta(days=row["moved_from_in_days"])
        meeting.starts_at, meeting.ends_at = time.fromisoformat(row["at"]), time.fromisoformat(row["until"])
        meeting.place = (row["place"]["en"], row["place"]["cy"])
        meeting.link, meeting.interpretation = row["link"], Interpretation(row["interpretation"])
    actions.meeting_create(meeting, by=secretary)
    for said in row["items"]:
        reason = said.get("reason")
        item = AgendaItem(
            meeting=meeting,
            kind=said["kind"],
            minutes=said.get("minutes"),
            oral=said.get("oral", False),
            owner=people["author"],
            restricted=bool(reason),
            **sides("title", said["title"]),
            **sides("reason", reason),
        )
        actions.item_add(item, by=secretary)
    actions.meeting_move(meeting, "call", by=secretary)
    if meeting.kind == MeetingKind.SITTING:
        meeting.date = day
        actions.meeting_reschedule(meeting, by=secretary, reason=(row["reason"]["en"], row["reason"]["cy"]))
    for name, answer in row.get("answers", {}).items():
        actions.response_save(Response(meeting=meeting, seat=seats[name], answer=answer), by=secretary)
    return meeting


def load_planned(board: Board, row: dict[str, Any], winter: Meeting, people: dict[str, Any]) -> None:
    """An item of the forward work programme; one of them was planned to the coming meeting before."""
    secretary = people["secretariat"]
    reason = row.get("reason")
    first = winter if row["meeting"] else None
    if row.get("moved"):
        first = board.meetings.exclude(pk=winter.pk).filter(kind=MeetingKind.SITTING).order_by("date").first()
    planned = PlannedItem(
        board=board,
        kind=row["kind"],
        owner=people["author"],
        meeting=first,
        restricted=bool(reason),
        **sides("title", row["title"]),
        **sides("about", row.get("about", {"en": "", "cy": ""})),
        **sides("reason", reason),
    )
    actions.planned_create(planned, by=secretary)
    if row.get("moved"):
        actions.planned_move(planned, winter, by=secretary, why="The results of the survey come in January.")
