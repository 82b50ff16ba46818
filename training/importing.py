"""The worker's part of an import: checking a file, putting its good rows in, and taking them back.

Each goes in steps of some hundred rows, each step its own transaction, with the progress written along: a worker that
is killed leaves whole steps, and the next one goes on after them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any, cast

from django.db.models import ProtectedError
from django.utils import timezone

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import advance

from . import reading
from .actions.doubles import find_doubles
from .matching import Found, Key, Matcher, starts_at
from .models import (
    Booking,
    Course,
    Import,
    ImportRow,
    Learner,
    LearnerAddress,
    LearnerMembership,
    Outcome,
    Session,
)
from .states import BookingStatus, ImportStatus, SessionStatus

STEP = 500
WRITTEN = (
    "outcome",
    "problems",
    "before",
    "learner",
    "session",
    "booking",
    "made_learner",
    "made_session",
    "applied_at",
)
Good = list[tuple[ImportRow, Found]]
MARK = {BookingStatus.ATTENDED: "attend", BookingStatus.ABSENT: "miss"}


def steps(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while step := list(islice(rows, STEP)):
        yield step


def progress(batch: Import, done: int, total: int | None = None) -> None:
    """How far the work is, for the page that shows it."""
    values = {"done": done} if total is None else {"done": done, "total": total}
    Import.objects.filter(pk=batch.pk).update(**values)


def texts_of(batch: Import) -> list[tuple[int, dict[str, str]]]:
    """The rows of the file as texts of the fields. Raises Unreadable."""
    with batch.file.open("rb") as file:
        content = file.read()
    headings, rows = reading.table_of(content, batch.format)
    places = {name: headings.index(heading) for name, heading in batch.source.columns.items() if heading in headings}
    return [
        (number, {name: cells[place] for name, place in places.items() if place < len(cells)}) for number, cells in rows
    ]


def check(batch: Import) -> None:
    """Say of each row what it is; nothing enters the register."""
    if batch.status != ImportStatus.READING:
        return
    batch.rows.all().delete()
    try:
        rows = texts_of(batch)
        if not rows:
            raise reading.Unreadable("no_rows")
    except (reading.Unreadable, FileNotFoundError) as error:
        fail(batch, str(error) if isinstance(error, reading.Unreadable) else "no_file")
        return
    progress(batch, 0, len(rows))
    matcher = Matcher(batch.source, (data.get(name, "") for _n, data in rows for name in ("name", "council", "course")))
    done = 0
    for step in steps(iter(rows)):
        ImportRow.objects.bulk_create([row_of(batch, number, data, matcher.match(data)) for number, data in step])
        done += len(step)
        progress(batch, done)
    batch.refresh_from_db()
    advance(batch, "check", by=None, why="checked")


def row_of(batch: Import, number: int, data: dict[str, str], found: Found) -> ImportRow:
    return ImportRow(
        batch=batch,
        number=number,
        data=data,
        outcome=found.outcome,
        problems=found.problems,
        learner_id=found.learner,
        session_id=found.session,
        before=found.before,
    )


def fail(batch: Import, problem: str) -> None:
    """The worker could not do it; `problem` is a code of `wording.PROBLEMS`."""

    def note(row: Import) -> None:
        row.problem = problem

    advance(batch, "fail", by=None, why=problem, also=note)


class Writer:
    """Puts rows in. Each is matched once more, so that what happened since the check is seen."""

    def __init__(self, batch: Import) -> None:
        self.batch = batch
        texts = [row.data.get(name, "") for row in batch.rows.waiting() for name in ("name", "council", "course")]
        self.matcher = Matcher(batch.source, texts)
        self.courses = Course.objects.in_bulk()
        self.ours = set(batch.rows.filter(made_session=True).values_list("session", flat=True))
        self.made: list[int] = list(batch.rows.filter(made_learner=True).values_list("learner", flat=True))

    def write(self, rows: list[ImportRow]) -> None:
        """One step, in one transaction. A row that meanwhile became wrong, or is held by now, stays out."""
        with audited(by=self.batch.asked_by, why="import"):
            good = []
            for row in rows:
                found = self.matcher.match(row.data)
                if found.outcome in {Outcome.WRONG, Outcome.HELD}:
                    row.outcome, row.problems = found.outcome, found.problems
                else:
                    good.append((row, found))
            self.make_people(good)
            self.make_sessions(good)
            self.make_bookings(good)
            # one statement: Django's bulk_update takes ten times as long
            ImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)

    def make_people(self, good: Good) -> None:
        """A learner for each who is not known, with the address and where they belonged on that day."""
        fresh: dict[Key, tuple[ImportRow, Found]] = {}
        for row, found in good:
            if found.learner is None:
                fresh.setdefault(found.person, (row, found))
        made = Learner.objects.bulk_create(
            Learner(name=row.data["name"][:120], is_demo=self.batch.source.is_demo) for row, _found in fresh.values()
        )
        people = {key: learner.pk for key, learner in zip(fresh, made, strict=True)}
        for key, (row, found) in fresh.items():
            row.made_learner = True
            self.matcher.learn(found, people[key])
        firsts = [(people[key], found) for key, (_row, found) in fresh.items()]
        LearnerAddress.objects.bulk_create(
            LearnerAddress(learner_id=pk, email=found.values["email"])
            for pk, found in firsts
            if found.values.get("email")
        )
        LearnerMembership.objects.bulk_create(
            LearnerMembership(
                learner_id=pk, organisation_id=found.council, standing=found.standing, starts=found.values["day"]
            )
            for pk, found in firsts
        )
        self.made += people.values()
        for row, found in good:
            row.learner_id = found.learner or people[found.person]

    def make_sessions(self, good: Good) -> None:
        """A session for each course and day that has none, its register open, with a place for each who came."""
        made: dict[tuple[int, date], int] = {}
        places: Counter[int] = Counter()
        for row, found in good:
            key = (found.course, found.values["day"])
            if found.session is None and key not in made:
                made[key] = self.make_session(row, found).pk
                self.matcher.sessions[key] = [(made[key], SessionStatus.HELD)]
                self.ours.add(made[key])
            row.session_id = found.session or made[key]
            row.made_session = row.session_id in self.ours
            if row.made_session:
                places[row.session_id] += 1
        for session in Session.objects.select_for_update().filter(pk__in=places).order_by("pk"):
            taken = 0 if session.pk in made.values() else session.capacity
            Session.objects.filter(pk=session.pk).update(capacity=taken + places[session.pk])

    def make_session(self, row: ImportRow, found: Found) -> Session:
        source, course = self.batch.source, self.courses[found.course]
        begins = starts_at(found.values["day"], found.values.get("time"))
        place = row.data.get("place", "")[:200]
        return Session.objects.create(
            course=course,
            starts_at=begins,
            ends_at=begins + timedelta(minutes=course.length_minutes),
            cut_off_at=begins,
            mode=found.values.get("mode") or source.mode,
            language=found.values.get("language") or source.language,
            place_en=place,
            place_cy=place,
            capacity=1,
            status=SessionStatus.HELD,
        )

    def make_bookings(self, good: Good) -> None:
        """The attendance. Who had booked is marked; who had not is added to the register."""
        root, sessions = self.matcher.root, {row.session_id for row, _found in good}
        there = {
            (booking.session_id, root[booking.learner_id]): booking
            for booking in Booking.objects.standing().filter(session__in=sessions)
        }
        fresh, now = [], timezone.now()
        for row, found in good:
            session, learner = cast(int, row.session_id), cast(int, row.learner_id)
            person = (session, root[learner])
            known = there.get(person)
            if known is not None:
                row.before, row.booking, row.learner_id = known.status, known, known.learner_id
                advance(known, MARK[found.status], by=self.batch.asked_by, why="import")
            else:
                row.before, row.booking = "", self.booking(session, learner, row, found)
                fresh.append(row.booking)
            row.applied_at = now
            self.matcher.bookings[person] = found.status
        Booking.objects.bulk_create(fresh)

    def booking(self, session: int, learner: int, row: ImportRow, found: Found) -> Booking:
        return Booking(
            session_id=session,
            learner_id=learner,
            organisation_id=found.council,
            standing=found.standing,
            booked_by=self.batch.asked_by,
            status=found.status,
            attended_percent=found.percent,
            walk_in=not row.made_session,
        )


def put_in(batch: Import) -> None:
    """Write the good rows; those that a run before a stop has written are left alone."""
    if batch.status != ImportStatus.RUNNING:
        return
    writer, done = Writer(batch), batch.rows.exclude(applied_at=None).count()
    for step in steps(iter(list(batch.rows.waiting().order_by("number")))):
        writer.write(step)
        done += len(step)
        progress(batch, done)
    find_doubles(among=writer.made)
    batch.refresh_from_db()
    advance(batch, "finish", by=None, why="all rows are in")


def take_back(batch: Import) -> None:
    """Remove what the file brought: bookings, then the sessions and people that nothing else needs."""
    if batch.status != ImportStatus.UNDOING:
        return
    done = 0
    written = batch.rows.exclude(applied_at=None).filter(booking__isnull=False)
    try:
        for step in steps(iter(list(written.select_related("booking").order_by("number")))):
            with audited(by=batch.asked_by, why="import undone"):
                for row in step:
                    if row.before:
                        unmark(row.booking, row.before, by=batch.asked_by)
                Booking.objects.filter(pk__in=[row.booking_id for row in step if not row.before]).delete()
                batch.rows.filter(pk__in=[row.pk for row in step]).update(applied_at=None, booking=None)
            done += len(step)
            progress(batch, done)
        with audited(by=batch.asked_by, why="import undone"):
            forget(batch)
            batch.refresh_from_db()
            advance(batch, "unmade", by=None, why="undone")
    except ProtectedError:
        fail(batch, "used_since")


def unmark(booking: Booking, before: str, *, by: Any) -> None:
    """Back to what the register said before the file marked it."""
    row = advance(booking, "unmark", by=None, why="import undone")
    if before in MARK:
        advance(row, MARK[BookingStatus(before)], by=by, why="import undone")


def forget(batch: Import) -> None:
    """Sessions of the file without bookings, and people of the file whom nothing else knows."""
    sessions = Session.objects.filter(pk__in=batch.rows.filter(made_session=True).values("session"), bookings=None)
    sessions.delete()
    people = Learner.objects.filter(pk__in=batch.rows.filter(made_learner=True).values("learner"))
    unknown = people.filter(bookings=None, user=None, privacy_requests=None, skill_assessments=None, erased_at=None)
    Learner.objects.filter(pk__in=list(unknown.values_list("pk", flat=True))).delete()
    batch.rows.update(made_session=False, made_learner=False, before="")
