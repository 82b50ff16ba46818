"""The training in public: courses, their sessions, and how many learned; never who."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training import counting
from training.models import Course, Feedback, Kind, Session, StatedTotal
from training.states import SessionStatus
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.figures import Basis

from . import columns as make
from .sets import NOBODY, DataSet

AREA = _("Training")
NUMBER = make.one("id", _("Number"), "number", lambda row: row.pk)
BASES = {
    Basis.COUNTED.value: _("Counted from the register"),
    Basis.STATED.value: _("Stated by a source"),
}

MARKS = ("useful", "clear", "confident")
IN_GROUPS = _("Only of full groups of answers, so that nobody’s can be told apart.")
AVERAGE = _("The average of marks from 1 to 5.")
OUTCOMES = {"met": _("Target met"), "not_met": _("Target not met")}


def courses(demonstration: bool) -> "QuerySet[Course]":
    """With the averages of the answers that may be read: those of full groups."""
    readable = Q(sessions__feedback__shown=True)
    averages = {f"mark_{name}": Avg(f"sessions__feedback__{name}", filter=readable) for name in MARKS}
    found = Course.objects.shown().filter(is_demo=demonstration).select_related("stream", "provider")
    found = found.annotate(answers=Count("sessions__feedback", filter=readable), **averages)
    return found.order_by("title_key_en", "pk")


def mark(name: str) -> Any:
    """An average to one place; None without an answer."""
    return lambda row: round(float(value), 1) if (value := getattr(row, f"mark_{name}")) is not None else None


def sessions(demonstration: bool) -> "QuerySet[Session]":
    found = Session.objects.visible_to(NOBODY).filter(course__is_demo=demonstration)
    return found.select_related("course").order_by("starts_at", "pk")


@dataclass(frozen=True, slots=True)
class YearOfTraining:
    """What is known of one plan year: counted from the register where it has rows, else as a source states it."""

    id: str
    kind: str
    basis: str
    least: int | None
    most: int | None
    over: int | None
    target: int | None
    outcome: str
    note: Text | None
    source: Text | None


def counts(demonstration: bool) -> list[YearOfTraining]:
    """Two queries, however many years."""
    counted = counting.count_by_year(demonstration=demonstration)
    found = {
        (str(year), kind): YearOfTraining(
            f"{year}-{kind}", kind, Basis.COUNTED, *numbers_of(count, kind), None, None, "", None, None
        )
        for year, count in counted.items()
        for kind in Kind.values
    }
    for total in [] if demonstration else StatedTotal.objects.all():
        told = YearOfTraining(
            f"{total.plan_year}-{total.kind}", total.kind, Basis.STATED, total.value, total.value, total.over,
            total.target, total.outcome, total.note, total.source,
        )  # fmt: skip
        found.setdefault((total.plan_year, total.kind), told)
    return [found[key] for key in sorted(found)]


def numbers_of(count: counting.Count, kind: str) -> tuple[int | None, int]:
    if kind == Kind.OFFICERS:
        return count.officers_least, count.officers
    return count.opportunities, count.opportunities


def year_of(row: YearOfTraining) -> str:
    return row.id.removesuffix(f"-{row.kind}")


def read(name: str) -> Any:
    return lambda row: getattr(row, name)


PUBLIC_STATUSES = {value: label for value, label in SessionStatus.choices if value != SessionStatus.PLANNED}

SETS = (
    DataSet(
        "courses",
        "Course",
        AREA,
        _("Courses"),
        _("What can be learned: for whom, at which level, how long, at what cost."),
        (
            *make.one("id", _("Name in addresses"), "text", lambda row: row.slug_en),
            *make.of(Course, "title", "summary", "outcomes"),
            *make.both("stream", _("Stream"), lambda row: row.stream.title),
            *make.of(Course, "level", "audience", "length_minutes", "cost_pence"),
            *make.one("provider", _("Provider"), "text", lambda row: row.provider.slug_en if row.provider else None),
            *make.one("answers", _("Answers to the feedback form"), "number", read("answers"), IN_GROUPS),
            *(
                column
                for name in MARKS
                for column in make.one(
                    name, make.of(Feedback, name)[0].label, "number", mark(name), AVERAGE
                )
            ),
            *make.addresses(make.page_of),
        ),
        courses,
        only={"stream": "stream__slug_en", "level": "level", "audience": "audience"},
        example={
            "id": "user-research",
            "title": ("User research", "Ymchwil defnyddwyr"),
            "level": "introduction",
            "length_minutes": 180,
            "cost": 0.0,
        },
    ),
    DataSet(
        "sessions",
        "Session",
        AREA,
        pgettext_lazy("data set", "Sessions of courses"),
        _("When and where courses are given, in which language, and until when they can be booked."),
        (
            *NUMBER,
            *make.one("course", _("Course"), "text", lambda row: row.course.slug_en),
            *make.both("title", _("Title"), lambda row: row.course.title),
            *make.of(Session, "starts_at", "ends_at", "cut_off_at", "mode", "place", "language", "capacity"),
            *make.one("status", _("Status"), "choice", read("status"), labels=PUBLIC_STATUSES),
            *make.addresses(make.page_of),
        ),
        sessions,
        key="pk",
        only={"course": "course__slug_en", "status": "status", "language": "language", "mode": "mode"},
        example={
            "id": 7,
            "course": "user-research",
            "starts_at": "2026-12-03T10:00:00+00:00",
            "ends_at": "2026-12-03T13:00:00+00:00",
            "mode": "online",
            "language": "cy",
            "capacity": 20,
            "status": "open",
        },
    ),
    DataSet(
        "training-counts",
        "TrainingCount",
        AREA,
        pgettext_lazy("data set", "Training by year"),
        _(
            "How many officers were trained and how many learning opportunities there were in each plan year: counted"
            " from the register, or stated by a source where it has no rows."
        ),
        (
            *make.one("id", _("Name in addresses"), "text", read("id")),
            *make.one("year", _("Plan year"), "text", year_of),
            *make.one("kind", _("What is counted"), "choice", read("kind"), labels=dict(Kind.choices)),
            *make.one("basis", _("What stands behind it"), "choice", read("basis"), labels=BASES),
            *make.one(
                "least", pgettext_lazy("figure", "At least"), "number", read("least"),
                _("Fewer than at most while the register may hold a person twice."),
            ),
            *make.one("most", pgettext_lazy("figure", "At most"), "number", read("most")),
            *make.one("over", _("More than"), "number", read("over"), _("Where a source says no more than that.")),
            *make.one("target", _("Target"), "number", read("target"), _("As the source states it.")),
            *make.one("outcome", _("Outcome"), "choice", read("outcome"), labels=OUTCOMES),
            *make.both("note", _("Note"), read("note")),
            *make.both("source", _("Source"), read("source")),
        ),
        counts,
        key="id",
        example={
            "id": "2021-22-officers_trained",
            "year": "2021-22",
            "kind": "officers_trained",
            "basis": "stated",
            "least": 255,
            "most": 255,
            "over": None,
            "target": 250,
        },
    ),
)  # fmt: skip
