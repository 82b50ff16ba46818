"""A called meeting of today with an open item, a restricted one and one without a paper: ready to be recorded."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from board import actions
from board.models import AgendaItem, Edition, Lateness, Meeting, Seat
from board.recommendations import Recommendation, recommendations_in
from tests.factories.board import AgendaItemFactory, MeetingFactory, PersonFactory, SeatFactory
from tests.factories.board_day import recommendation_of
from tests.factories.people import person

REASON = {"reason_en": "Names a company.", "reason_cy": "Yn enwi cwmni."}


class Day:
    """`member` sits on the board, so do a chair and somebody without an account; nothing is recorded yet."""

    def __init__(self, people: Any) -> None:
        self.people, self.by = people, people.secretary
        self.meeting: Meeting = MeetingFactory(date=timezone.localdate(), status="called", quorum=2)
        self.chair = person(Role.BOARD_MEMBER, organisation=people.home)
        self.seats = [self.seat(people.member, 1), self.seat(self.chair, 2, role_kind="chair"), self.seat(None, 3)]
        self.member_seat, self.chair_seat, self.other_seat = self.seats
        self.open = self.item(1, "Bins", "Biniau")
        self.restricted = self.item(2, "A supplier", "Cyflenwr", restricted=True, **REASON)
        self.oral = self.item(3, "Dates", "Dyddiadau")

    def seat(self, user: Any, position: int, **fields: Any) -> Seat:
        holder = PersonFactory(user=user, public_name="") if user else PersonFactory(public_name="Eleri Named")
        seat: Seat = SeatFactory(board=self.meeting.board, person=holder, position=position, votes=True, **fields)
        return seat

    def item(self, position: int, en: str, cy: str, **fields: Any) -> AgendaItem:
        made: AgendaItem = AgendaItemFactory(
            meeting=self.meeting, position=position, title_en=en, title_cy=cy, **fields
        )
        return made

    def publish(self, item: AgendaItem, *asks: tuple[str, str], **fields: Any) -> list[Recommendation]:
        """A published paper of the item with these recommendations (English, Welsh)."""
        paper = self.people.paper(("Why.", "Pam."), agenda_item=item, **fields)
        for en, cy in asks:
            recommendation_of(paper, en, cy)
        actions.paper_step(paper, "submit", by=self.people.author)
        actions.paper_step(paper, "clear", by=self.people.clearer)
        edition = self.published(paper)
        return recommendations_in(Edition.objects.select_related("paper").get(pk=edition.pk))

    def published(self, paper: Any) -> Any:
        """Its edition, out as late as it comes: the meeting is today."""
        said = {"reason_en": "It came late.", "reason_cy": "Daeth yn hwyr."}
        Lateness.objects.create(paper=paper, due=self.meeting.date, **said)
        return actions.paper_publish(paper, by=self.by)

    def mark(self, *marks: str) -> None:
        """Attendance of the seats in their order."""
        given = {seat.pk: ("", mark) for seat, mark in zip(self.seats, marks, strict=False)}
        actions.attendance_record(self.meeting, given, by=self.by)

    def hold(self) -> None:
        actions.meeting_move(self.meeting, "hold", by=self.by)
        self.meeting.refresh_from_db()

    def url(self, name: str, item: AgendaItem | None = None, **parts: Any) -> str:
        if item is not None:
            parts["position"] = item.position
        return reverse(f"board:{name}", kwargs={"slug": self.meeting.slug, **parts})


def answers(day: Day, browse: Any, url: str, method: str = "get", data: Any = None) -> dict[str, int]:
    """What each is answered: who is not signed in, who sits on the board, who does not, who runs it."""
    people = day.people
    everybody = {
        "anonymous": None, "stranger": people.stranger, "officer": people.officer, "member": people.member,
        "chair": day.chair, "author": people.author, "clearer": people.clearer, "translator": people.translator,
        "secretary": people.secretary,
    }  # fmt: skip
    return {who: getattr(browse(user), method)(url, data or {}).status_code for who, user in everybody.items()}
