"""What each row of a file is: a new person, a known one, a doubtful one, something held already, or wrong and why.

Nothing is written here. Whoever has the row's address is matched. Who has none in the file is matched by name and
council with one who came by such a file before. Somebody of the same name in the same council, whose address is not
the row's, is doubtful: the row goes in as a new person, and the pair waits for a review.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.utils import timezone

from organisations.models import Organisation

from .comparing import FACTS, words_of
from .fields import NO_TIME, READERS, REQUIRED, Wrong
from .models import Booking, Course, ImportSource, LearnerAddress, Outcome, Session, Standing
from .states import BookingStatus, SessionStatus

Key = tuple[Any, ...]


@dataclass(slots=True)
class Found:
    """What one row says, read; and what was found for it."""

    values: dict[str, Any] = field(default_factory=dict)
    council: int = 0
    course: int = 0
    session: int | None = None
    learner: int | None = None
    person: Key = ()
    outcome: Outcome = Outcome.NEW
    problems: list[list[str]] = field(default_factory=list)
    before: str = ""

    @property
    def status(self) -> BookingStatus:
        """Present or absent. Who came for no part of it did not come."""
        if self.values.get("percent") == 0:
            return BookingStatus.ABSENT
        return BookingStatus(self.values.get("attended") or BookingStatus.ATTENDED)

    @property
    def percent(self) -> int | None:
        """The part attended, from 1 to 99; None for the whole."""
        percent = self.values.get("percent")
        return percent if self.status == BookingStatus.ATTENDED and percent and percent < 100 else None

    @property
    def standing(self) -> Standing:
        return Standing(self.values.get("standing") or Standing.STAFF)


def folded(texts: Iterable[str]) -> list[str]:
    """Texts without accents and case, by the database's own function."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kernel_plain(text) FROM unnest(%s::text[]) WITH ORDINALITY AS t(text, n) ORDER BY n", [list(texts)]
        )
        return [" ".join(row[0].split()) for row in cursor.fetchall()]


class Matcher:
    """Everything that rows are compared with, read once for a file."""

    def __init__(self, source: ImportSource, texts: Iterable[str]) -> None:
        self.source = source
        plain = sorted(set(texts))
        self.plain = dict(zip(plain, folded(plain), strict=True))
        self.councils = self.names(Organisation.objects.all(), "name", "full_name", "short_name", "slug")
        self.councils |= {one.gss_code.lower(): one.pk for one in Organisation.objects.exclude(gss_code="")}
        self.courses = self.names(Course.objects.filter(is_demo=source.is_demo), "title", "slug")
        self.read_sessions()
        self.read_people()
        self.read_bookings()
        self.fresh: set[Key] = set()
        self.seen: set[tuple[Key, Key]] = set()

    def names(self, rows: Any, *columns: str) -> dict[str, int]:
        pairs = [(getattr(one, f"{name}_{side}"), one.pk) for one in rows for name in columns for side in ("en", "cy")]
        known = folded(text for text, _pk in pairs)
        return {text: pk for text, (_raw, pk) in zip(known, pairs, strict=True) if text}

    def read_sessions(self) -> None:
        self.sessions: dict[tuple[int, date], list[tuple[int, str]]] = defaultdict(list)
        rows = Session.objects.filter(course__is_demo=self.source.is_demo).exclude(status=SessionStatus.CANCELLED)
        for pk, course, starts_at, status in rows.values_list("pk", "course", "starts_at", "status"):
            self.sessions[course, timezone.localtime(starts_at).date()].append((pk, status))

    def read_people(self) -> None:
        """Addresses and names of the same world: the demonstration's stay apart."""
        world = LearnerAddress.objects.filter(learner__is_demo=self.source.is_demo)
        self.addresses = {email.lower(): pk for email, pk in world.values_list("email", "learner")}
        self.other_world = {
            email.lower()
            for email in LearnerAddress.objects.exclude(learner__is_demo=self.source.is_demo).values_list(
                "email", flat=True
            )
        }
        with_address = set(self.addresses.values())
        self.named: dict[Key, list[int]] = defaultdict(list)
        self.nameless: dict[Key, list[int]] = defaultdict(list)
        self.words: dict[int, frozenset[str]] = {}
        self.root: dict[int, int] = {}
        with connection.cursor() as cursor:
            cursor.execute(FACTS)
            for pk, is_demo, name, _locals, councils in cursor.fetchall():
                if is_demo != self.source.is_demo:
                    continue
                words = words_of(name)
                self.words[pk] = frozenset(words)
                for council in councils:
                    key = (tuple(sorted(words)), council)
                    (self.named if pk in with_address else self.nameless)[key].append(pk)
            cursor.execute("SELECT id, coalesce(person_id, id) FROM training_learner")
            self.root = dict(cursor.fetchall())

    def read_bookings(self) -> None:
        """By session and person: the booking that is there, and its status."""
        rows = Booking.objects.standing().filter(session__course__is_demo=self.source.is_demo)
        self.bookings = {
            (session, self.root[learner]): status
            for session, learner, status in rows.values_list("session", "learner", "status")
        }

    def learn(self, found: Found, learner: int) -> None:
        """A row made this learner: later rows find them."""
        self.root[learner] = learner
        email = found.values.get("email")
        if email:
            self.addresses[email] = learner
            self.words[learner] = frozenset()
        else:
            self.nameless[found.person[1:]].append(learner)

    def match(self, data: dict[str, str]) -> Found:
        """What one row is. Every fault of it is named, not only the first."""
        found = Found()
        for name in REQUIRED:
            if not data.get(name):
                found.problems.append([f"no_{name}", ""])
        for name, read in READERS.items():
            if data.get(name):
                try:
                    found.values[name] = read(data[name])
                except Wrong as wrong:
                    found.problems.append([wrong.code, wrong.text])
        self.match_council(found, data)
        self.match_course(found, data)
        if not found.problems:
            self.match_session(found, data)
        if found.problems:
            found.outcome = Outcome.WRONG
            return found
        self.match_person(found, data)
        self.match_booking(found)
        return found

    def match_council(self, found: Found, data: dict[str, str]) -> None:
        name = data.get("council", "")
        council = self.councils.get(self.plain.get(name, "")) or self.councils.get(name.lower())
        if name and council is None:
            found.problems.append(["unknown_council", name])
        found.council = council or 0

    def match_course(self, found: Found, data: dict[str, str]) -> None:
        name = data.get("course", "")
        course = self.courses.get(self.plain.get(name, ""))
        if name and course is None:
            found.problems.append(["unknown_course", name])
        found.course = course or 0

    def match_session(self, found: Found, data: dict[str, str]) -> None:
        day: date = found.values["day"]
        if day > timezone.localdate():
            found.problems.append(["future_day", data["day"]])
            return
        there = self.sessions.get((found.course, day), [])
        if len(there) > 1:
            found.problems.append(["several_sessions", data["day"]])
        elif there:
            found.session, status = there[0]
            if status not in {SessionStatus.HELD, SessionStatus.CLOSED}:
                found.problems.append(["register_not_started", data["day"]])
        else:
            mode = found.values.get("mode") or self.source.mode
            if not mode:
                found.problems.append(["no_mode", ""])
            elif mode == "in_person" and not data.get("place"):
                found.problems.append(["no_place", ""])
            if not (found.values.get("language") or self.source.language):
                found.problems.append(["no_language", ""])

    def match_person(self, found: Found, data: dict[str, str]) -> None:
        words = words_of(self.plain[data["name"]])
        name = (tuple(sorted(words)), found.council)
        email = found.values.get("email", "")
        if email and email in self.other_world:
            found.problems.append(["other_world", email])
            found.outcome = Outcome.WRONG
            return
        found.person = ("email", email) if email else ("name", *name)
        alike = self.named.get(name, []) + self.nameless.get(name, [])
        if email in self.addresses:
            found.learner, found.outcome = self.addresses[email], Outcome.MATCHED
            if self.words[found.learner] and not self.words[found.learner] & set(words):
                found.outcome = Outcome.DOUBTFUL
                found.problems.append(["other_name", data["name"]])
        elif not email and len(self.nameless.get(name, [])) == 1:
            found.learner, found.outcome = self.nameless[name][0], Outcome.MATCHED
        elif found.person in self.fresh:
            found.outcome = Outcome.MATCHED
        elif alike:
            found.outcome = Outcome.DOUBTFUL
            found.problems.append(["same_name", data["name"]])
        if found.learner is not None:
            found.person = ("learner", self.root[found.learner])
        self.fresh.add(found.person)

    def match_booking(self, found: Found) -> None:
        if found.outcome == Outcome.WRONG:
            return
        session: Key = ("session", found.session) if found.session else ("new", found.course, found.values["day"])
        if (session, found.person) in self.seen:
            found.outcome, found.problems = Outcome.HELD, [["twice", ""]]
            return
        self.seen.add((session, found.person))
        if found.session is None:
            return
        there = self.bookings.get((found.session, self.root[found.learner])) if found.learner else None
        closed = dict(self.sessions[found.course, found.values["day"]])[found.session] == SessionStatus.CLOSED
        if there == found.status or (closed and there is not None):
            found.outcome = Outcome.HELD
            found.problems = [] if there == found.status else [["closed_differs", ""]]
            if closed and there != found.status:
                found.outcome = Outcome.WRONG
        elif closed:
            found.outcome, found.problems = Outcome.WRONG, [["register_closed", ""]]
        elif there is not None:
            found.before = there
            found.problems.append(["marks", ""])
            if there not in {BookingStatus.BOOKED, BookingStatus.ATTENDED, BookingStatus.ABSENT}:
                found.outcome, found.problems = Outcome.WRONG, [["still_waiting", ""]]


def starts_at(day: date, when: time | None) -> datetime:
    """The first moment of a session of a file, by the clock in Wales."""
    return datetime.combine(day, when or NO_TIME, tzinfo=timezone.get_default_timezone())
