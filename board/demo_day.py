"""What the demonstration's board has held: a meeting with its public note, one whose note is awaited, one of today.

Made by the demonstration's own people with the same actions as in the browser.
"""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from organisations.models import Organisation
from projects.models import Project

from . import actions
from .lateness import would_be_late
from .loading import sides, write_blocks
from .models import (
    AgendaItem,
    Board,
    Edition,
    Implication,
    ImplicationKind,
    Lateness,
    Meeting,
    Paper,
    Person,
    Response,
    Seat,
)
from .planning import publish_by
from .recommendations import Recommendation, recommendations_in


def text(en: str, cy: str) -> dict[str, str]:
    return {"en": en, "cy": cy}


HELD = text("Autumn meeting of the demonstration board", "Cyfarfod yr hydref y bwrdd enghreifftiol")
AWAITED = text("Extra meeting of the demonstration board", "Cyfarfod ychwanegol y bwrdd enghreifftiol")
NEXT = text("Tomorrow’s meeting of the demonstration board", "Cyfarfod yfory y bwrdd enghreifftiol")
TODAY = text("Today’s meeting of the demonstration board", "Cyfarfod heddiw y bwrdd enghreifftiol")
ONLINE = text("Online", "Ar-lein")
MENUS = text("Menus that parents can read on a phone", "Bwydlenni y gall rhieni eu darllen ar ffôn")
ALLERGENS = text("Naming allergens on school menus", "Enwi alergenau ar fwydlenni ysgolion")
SUMMER = text("Menus of every school online by the summer", "Bwydlenni pob ysgol ar-lein erbyn yr haf")
ORDERS = text("Ordering school meals on a phone", "Archebu prydau ysgol ar ffôn")
SUPPLIER = text("Choice of a supplier", "Dewis cyflenwr")
DATES = text("Dates of the next meetings", "Dyddiadau'r cyfarfodydd nesaf")
REASON = text("Names prices of companies.", "Yn enwi prisiau cwmnïau.")
AGREE = text(
    "The board is asked to agree that **five councils** publish their menus in the new way.",
    "Gofynnir i'r bwrdd gytuno bod **pum cyngor** yn cyhoeddi eu bwydlenni yn y ffordd newydd.",
)
PUT_ONLINE = text(
    "The board is asked to agree that **five councils** put the menus of all their schools online by the summer.",
    "Gofynnir i'r bwrdd gytuno bod **pum cyngor** yn rhoi bwydlenni eu holl ysgolion ar-lein erbyn yr haf.",
)
TRY_ORDERS = text(
    "The board is asked to agree that **five councils** try ordering school meals on a phone for one term.",
    "Gofynnir i'r bwrdd gytuno bod **pum cyngor** yn rhoi cynnig ar archebu prydau ysgol ar ffôn am un tymor.",
)
REPORT = text(
    "The board is asked to agree that the team reports on allergies by the end of the term.",
    "Gofynnir i'r bwrdd gytuno bod y tîm yn adrodd ar alergeddau erbyn diwedd y tymor.",
)
LATE = text("Made for the demonstration after the meeting.", "Gwnaed ar gyfer yr enghraifft ar ôl y cyfarfod.")
NO_CHANGE = text("nothing of it changes.", "nid oes dim yn newid yn hyn o beth.")
WHY = text(
    "Parents open 8 of 10 menus on a phone, and half of them give up.",
    "Mae rhieni'n agor 8 o bob 10 bwydlen ar ffôn, ac mae hanner ohonynt yn rhoi'r gorau iddi.",
)


def load_day(board: Board, people: dict[str, Any]) -> None:
    """Four meetings of the demonstration board, each at another point of its day."""
    held(board, people)
    awaited(board, people)
    today = meeting_of(board, TODAY, ("todays-meeting", "cyfarfod-heddiw"), 0)
    called(today, people, SUMMER, PUT_ONLINE)
    tomorrow = meeting_of(board, NEXT, ("tomorrows-meeting", "cyfarfod-yfory"), 1)
    called(tomorrow, people, ORDERS, TRY_ORDERS)
    answered(tomorrow, people)


def meeting_of(board: Board, title: dict[str, str], slugs: tuple[str, str], days: int) -> Meeting:
    return Meeting.objects.create(
        board=board,
        slug_en=slugs[0],
        slug_cy=slugs[1],
        date=timezone.localdate() + timedelta(days=days),
        starts_at=time(10),
        ends_at=time(12),
        quorum=2,
        **sides("title", title),
        **sides("place", ONLINE),
    )


def item_of(meeting: Meeting, position: int, title: dict[str, str], kind: str, **fields: Any) -> AgendaItem:
    return AgendaItem.objects.create(
        meeting=meeting, position=position, kind=kind, minutes=20, **sides("title", title), **fields
    )


def paper_of(item: AgendaItem, people: dict[str, Any], title: dict[str, str], asks: list[dict[str, str]]) -> Edition:
    """A published paper that asks this."""
    paper: Paper = actions.paper_create(
        item, by=people["secretariat"], authors=[people["author"]], purpose=item.kind, title=(title["en"], title["cy"])
    )
    asked = [{"kind": "recommendation", "text": ask} for ask in asks]
    write_blocks(paper, [*asked, {"kind": "paragraph", "text": WHY}])
    for kind in ImplicationKind:
        Implication.objects.update_or_create(
            paper=paper, kind=kind, defaults={"none": True, **sides("text", NO_CHANGE)}
        )
    if would_be_late(paper):
        due = publish_by(item.meeting.date, item.meeting.board.clear_days)
        Lateness.objects.create(paper=paper, due=due, **sides("reason", LATE))
    actions.paper_move(paper, "submit", by=people["author"])
    actions.paper_move(paper, "clear", by=people["clearer"])
    return actions.paper_publish(paper, by=people["secretariat"])


def seats_of(board: Board) -> list[Seat]:
    return list(board.seats.select_related("person__user").order_by("position"))


def opened(meeting: Meeting, people: dict[str, Any], *, held: bool) -> None:
    actions.meeting_move(meeting, "call", by=people["secretariat"])
    if held:
        actions.meeting_move(meeting, "hold", by=people["secretariat"])
    meeting.refresh_from_db()


def attend(meeting: Meeting, marks: list[str], by: Any) -> None:
    seats = seats_of(meeting.board)
    actions.attendance_record(meeting, {seat.pk: ("", mark) for seat, mark in zip(seats, marks, strict=False)}, by=by)


def asks_of(edition: Edition) -> list[Recommendation]:
    return recommendations_in(Edition.objects.select_related("paper").get(pk=edition.pk))


def owner(user: Any) -> Person:
    person, _made = Person.objects.get_or_create(user=user)
    return person


def held(board: Board, people: dict[str, Any]) -> None:
    """With its public note, draft minutes, a vote, and actions of which one is overdue and one is done."""
    by = people["secretariat"]
    meeting = meeting_of(board, HELD, ("autumn-meeting", "cyfarfod-yr-hydref"), -30)
    first = item_of(meeting, 1, MENUS, "decision")
    second = item_of(meeting, 2, SUPPLIER, "decision", restricted=True, **sides("reason", REASON))
    third = item_of(meeting, 3, DATES, "information")
    edition = paper_of(first, people, MENUS, [AGREE, REPORT])
    secret = paper_of(second, people, SUPPLIER, [text("Take the second offer.", "Derbyn yr ail gynnig.")])
    opened(meeting, people, held=True)
    attend(meeting, ["in_person", "online", "apologies", "in_person"], by)
    seats = seats_of(board)
    actions.attendance_add(meeting, actions.person_named("Heulwen Brynmor"), by=by, seat=seats[2], presence="online")
    actions.declaration_record(
        first,
        seats[1].person,
        by=by,
        kind="personal",
        nature=("A child at a school in the trial.", "Plentyn mewn ysgol yn y treial."),
    )
    actions.declaration_record(
        second,
        seats[3].person,
        by=by,
        kind="prejudicial",
        nature=("Sits on the board of one of the companies.", "Yn aelod o fwrdd un o'r cwmnïau."),
    )
    leaves = meeting.attendances.get(seat=seats[0])
    actions.movement_record(leaves, third, kind="left", at=time(11, 40), by=by)
    asked, told = asks_of(edition)
    agreed = actions.as_recommended(first, [asked], by=by)[0]
    actions.vote_record(agreed, by=by, in_favour=2, against=1, abstained=0)
    changed = actions.outcome_record(
        first,
        by=by,
        asked=told,
        result="changed",
        detail=("The team reports in two steps.", "Mae'r tîm yn adrodd mewn dau gam."),
    )
    actions.as_recommended(second, asks_of(secret), by=by)
    actions.outcome_record(third, by=by, result="noted", words=("The dates were noted.", "Nodwyd y dyddiadau."))
    give(first, agreed, changed, people)
    give_restricted(second, people)
    actions.note_publish(meeting, by=by)
    actions.minutes_draft(meeting, by=by)


def give(item: AgendaItem, agreed: Any, changed: Any, people: dict[str, Any]) -> None:
    """An overdue action, one that is due soon, and one that is done with what shows it."""
    by, now = people["secretariat"], timezone.localdate()
    project = Project.objects.filter(slug_en="demo-school-meals", is_demo=True).first()
    projects = [project] if project else []
    actions.action_create(
        item,
        by=by,
        outcome=agreed,
        text=("Write to the five councils with a timetable.", "Ysgrifennu at y pum cyngor gydag amserlen."),
        owner=owner(people["team"]),
        due=now - timedelta(days=9),
        projects=projects,
    )
    actions.action_create(
        item,
        by=by,
        outcome=agreed,
        text=("Say who publishes Torfaen’s menus.", "Dweud pwy sy'n cyhoeddi bwydlenni Torfaen."),
        owner=owner(people["lead-torfaen"]),
        due=now + timedelta(days=5),
        organisation=Organisation.objects.filter(slug_en="torfaen").first(),
    )
    done = actions.action_create(
        item,
        by=by,
        outcome=changed,
        text=("Count the schools that name allergies.", "Cyfrif yr ysgolion sy'n enwi alergeddau."),
        owner=owner(people["team"]),
        due=now - timedelta(days=2),
        projects=projects,
    )
    shown: dict[str, Any] = {}
    if project:
        shown = {
            "update": project.updates.order_by("-for_date", "-pk").first(),
            "deliverable": project.deliverables.order_by("pk").first(),
        }
    told = ("Counted in all five councils.", "Cyfrifwyd ym mhob un o'r pum cyngor.")
    actions.evidence_add(done, by=people["team"], text=told, done=True, **shown)


def give_restricted(item: AgendaItem, people: dict[str, Any]) -> None:
    actions.action_create(
        item,
        by=people["secretariat"],
        text=("Answer the companies.", "Ateb y cwmnïau."),
        owner=owner(people["board-member"]),
        due=timezone.localdate() + timedelta(days=12),
    )


def awaited(board: Board, people: dict[str, Any]) -> None:
    """Held three days ago; its public note still lacks an outcome."""
    meeting = meeting_of(board, AWAITED, ("extra-meeting", "cyfarfod-ychwanegol"), -3)
    item = item_of(meeting, 1, ALLERGENS, "decision")
    paper_of(item, people, ALLERGENS, [REPORT])
    opened(meeting, people, held=True)
    attend(meeting, ["online", "online"], people["secretariat"])


def called(meeting: Meeting, people: dict[str, Any], title: dict[str, str], ask: dict[str, str]) -> None:
    """Called: to be recorded."""
    item = item_of(meeting, 1, title, "decision")
    item_of(meeting, 2, DATES, "information", oral=True)
    paper_of(item, people, title, [ask, REPORT])
    opened(meeting, people, held=False)


def answered(meeting: Meeting, people: dict[str, Any]) -> None:
    """Three members have said whether they come; one waits."""
    for seat, answer in zip(seats_of(meeting.board), ("in_person", "online", "apologies"), strict=False):
        actions.response_save(Response(meeting=meeting, seat=seat, answer=answer), by=people["secretariat"])
