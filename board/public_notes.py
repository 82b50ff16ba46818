"""The public note of a meeting: what it says, what stops its publication, and when it is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.workflow import Refused

from .editions import canonical, pair, sha256_of
from .models import AgendaItem, Attendance, Declaration, Meeting, Outcome, Paper, PublicNote
from .recommendations import recommendations_of
from .working_days import is_working

FORMAT = 1
WORKING_DAYS = 7  # from the meeting to its public note


@dataclass(frozen=True, slots=True)
class NoteGap:
    """A sentence, and the address where it is mended."""

    sentence: str
    url: str

    def __str__(self) -> str:
        return self.sentence


class NoteGaps(Refused):
    """The note cannot be published; `gaps` says what is missing and where."""

    def __init__(self, gaps: list[NoteGap]) -> None:
        super().__init__(_("The public note cannot be published yet: %(gap)s") % {"gap": gaps[0]})
        self.gaps = gaps


def note_due(meets: date) -> date:
    """The seventh working day after the meeting; the day of the meeting does not count."""
    day, left = meets, WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return day


def working_days_left(due: date, today: date | None = None) -> int:
    """How many working days are left after today up to the due day; less than 0 once it is past."""
    today = today or timezone.localdate()
    first, last, sign = (today, due, 1) if due >= today else (due, today, -1)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sign * (sum(is_working(day) for day in days) or int(due < today))


def note_content(meeting: Meeting) -> dict[str, Any]:
    """Attendance, declarations and decisions as they are recorded. A restricted item has its title and reason alone."""
    outcomes: dict[int, list[Outcome]] = {}
    for outcome in Outcome.objects.filter(item__meeting=meeting).with_place().of_agenda():
        outcomes.setdefault(outcome.item_id, []).append(outcome)
    items = list(meeting.items.order_by("position"))
    attendances = Attendance.objects.filter(meeting=meeting).with_people().in_order()
    return {
        "format": FORMAT,
        "board": pair(meeting.board, "name"),
        "meeting": {"date": meeting.date.isoformat(), "title": pair(meeting, "title"), "place": pair(meeting, "place")},
        "attendance": [attended(one) for one in attendances],
        "declarations": [declared(one) for one in Declaration.objects.of_meeting(meeting)],
        "items": [decided(item, outcomes.get(item.pk, [])) for item in items],
    }


def attended(one: Attendance) -> dict[str, Any]:
    return {
        "person": one.person_id,
        "capacity": one.capacity,
        "presence": one.presence,
        "role": pair(one.seat, "role") if one.seat and one.capacity == "member" else None,
        "for": one.seat.person_id if one.seat and one.capacity == "substitute" else None,
        "movements": [
            {
                "kind": move.kind,
                "item": move.item.position,
                "at": move.at.strftime("%H:%M") if move.at else None,
            }
            for move in one.movements.all()
        ],
    }


def declared(one: Declaration) -> dict[str, Any]:
    """A declaration; of a restricted item without its nature, which may say what the item holds."""
    hidden = one.item.restricted
    return {
        "person": one.person_id,
        "item": one.item.position,
        "kind": one.kind,
        "nature": None if hidden else pair(one, "nature"),
        "granted": one.granted,
    }


def decided(item: AgendaItem, outcomes: list[Outcome]) -> dict[str, Any]:
    said = {"position": item.position, "title": pair(item, "title"), "restricted": item.restricted}
    if item.restricted:
        return said | {"reason": pair(item, "reason"), "outcomes": []}
    return said | {"reason": None, "outcomes": [outcome_said(outcome) for outcome in outcomes]}


def outcome_said(outcome: Outcome) -> dict[str, Any]:
    vote = getattr(outcome, "vote", None)
    return {
        "paper": outcome.edition.paper.number if outcome.edition else None,
        "edition": outcome.edition.number if outcome.edition else None,
        "uid": str(outcome.uid) if outcome.uid else None,
        "number": outcome.number,
        "words": {"en": outcome.read.en, "cy": outcome.read.cy},
        "result": outcome.result,
        "detail": pair(outcome, "detail"),
        "vote": {
            "for": vote.in_favour,
            "against": vote.against,
            "abstained": vote.abstained,
            "casting": vote.casting,
        }
        if vote
        else None,
    }


def note_gaps(meeting: Meeting) -> list[NoteGap]:
    """What stops the note: no attendance, a recommendation without its outcome, a text in one language only."""
    return [*attendance_gaps(meeting), *declaration_gaps(meeting), *item_gaps(meeting)]


def attendance_gaps(meeting: Meeting) -> Iterator[NoteGap]:
    if not meeting.attendances.exists():
        yield NoteGap(_("No attendance is recorded."), reverse("board:attendance_edit", kwargs={"slug": meeting.slug}))


def item_url(meeting: Meeting, item: AgendaItem) -> str:
    return reverse("board:day_item", kwargs={"slug": meeting.slug, "position": item.position})


def declaration_gaps(meeting: Meeting) -> Iterator[NoteGap]:
    for one in Declaration.objects.of_meeting(meeting).filter(item__restricted=False):
        if one.nature.missing:
            sentence = _("Item %(item)s: the interest of %(person)s is written in one language only.")
            given = {"item": one.item.position, "person": one.person}
            yield NoteGap(sentence % given, item_url(meeting, one.item))


def item_gaps(meeting: Meeting) -> Iterator[NoteGap]:
    outcomes: dict[int, list[Outcome]] = {}
    for outcome in Outcome.objects.filter(item__meeting=meeting).of_agenda():
        outcomes.setdefault(outcome.item_id, []).append(outcome)
    papers: dict[int, list[Paper]] = {}
    for paper in Paper.objects.filter(meeting=meeting, agenda_item__isnull=False).published():
        papers.setdefault(paper.agenda_item_id or 0, []).append(paper)
    for item in meeting.items.order_by("position"):
        known = outcomes.get(item.pk, [])
        answered = {str(outcome.uid) for outcome in known}
        for one in recommendations_of(papers.get(item.pk, [])):
            if one.uid not in answered:
                sentence = _("Item %(item)s: recommendation %(number)s has no outcome.")
                yield NoteGap(sentence % {"item": item.position, "number": one.number}, item_url(meeting, item))
        for outcome in known:
            if not item.restricted and (outcome.words.missing or (outcome.detail and outcome.detail.missing)):
                sentence = _("Item %(item)s: an outcome is written in one language only.")
                yield NoteGap(sentence % {"item": item.position}, item_url(meeting, item))


def note_write(meeting: Meeting, *, by: Any, why: str = "") -> PublicNote:
    """The next note of the meeting, or the last one where it would say the same. Raises NoteGaps."""
    gaps = note_gaps(meeting)
    if gaps:
        raise NoteGaps(gaps)
    return note_next(meeting, by=by, why=why)


def note_next(meeting: Meeting, *, by: Any, why: str) -> PublicNote:
    """The same, whatever is missing: also where words that it repeats were withdrawn."""
    text = canonical(note_content(meeting))
    last = PublicNote.objects.filter(meeting=meeting).order_by("-number").first()
    if last is not None and last.content == text:
        return last
    number = PublicNote.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    return PublicNote.objects.create(
        meeting=meeting, number=number + 1, content=text, sha256=sha256_of(text), why=why, published_by=by
    )
