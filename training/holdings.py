"""All that training holds on one person, as sections that they can read and take away.

Every model of training that points at a person stands here, or in `NOT_HELD` with the reason; a test compares both.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wlga_portal.kernel.wording import day, moment

from .models import (
    Booking,
    Certificate,
    Correction,
    Double,
    Erasure,
    FeedbackGiven,
    ImportRow,
    Learner,
    LearnerAddress,
    LearnerMembership,
    LearnerNeeds,
    PrivacyRequest,
    Reminder,
    SkillAnswer,
    SkillAssessment,
)

Rows = Iterable[list[Any]]


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of data: its title, its columns, and a row for each piece."""

    key: str
    title: str
    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row with its columns' names beside the cells."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def as_data(self) -> list[dict[str, str]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def learners_of(user: Any) -> list[Learner]:
    """All rows of a person; of somebody who has none yet, those that a file or a coordinator made with the address."""
    people = Learner.objects.select_related("user").order_by("pk")
    own = list(people.of_user(user))
    if own:
        return own
    named = people.of_address(user.email).filter(user=None).first()
    return [] if named is None else list(people.same_as(named))


def of_person(user: Any) -> list[Holding]:
    """Everything, in the page's language; of all rows that are this person."""
    learners = learners_of(user)
    parts: list[tuple[str, str, list[str], Callable[[list[Learner]], Rows]]] = [
        ("learner", _("Name and language"), [_("Name"), _("Language"), _("Account")], names),
        ("address", _("Addresses"), [_("E-mail address")], addresses),
        ("membership", _("Belongs to"), [_("Organisation"), _("Role"), _("From"), _("Until")], memberships),
        (
            "booking",
            _("Bookings"),
            [_("Course"), _("Session"), _("Organisation"), _("Role"), _("Status"), pgettext("booking", "Booked on")],
            bookings,
        ),
        ("correction", _("Corrections of the register"), [_("Course"), _("Attended"), _("Reason")], corrections),
        ("needs", _("Needs"), [_("What you need to take part"), _("Language")], needs),
        ("skills", _("Skills"), [_("Role"), _("Skill"), _("Level"), _("Example"), _("Note of the manager")], skills),
        ("certificate", _("Certificates"), [_("Course"), _("Code")], certificates),
        ("feedback", _("Feedback given"), [_("Course"), _("Session")], feedback),
        ("reminder", _("Reminders that were sent"), [_("Course"), _("Session"), pgettext("mail", "Sent")], reminders),
        ("file", _("Files of attendance"), [_("File"), _("What the row said")], files),
        ("request", _("Requests"), [_("What you asked"), _("Text"), pgettext("privacy", "Answer")], requests),
    ]
    return [
        Holding(key, title, columns, [[str(cell) for cell in row] for row in rows(learners)])
        for key, title, columns, rows in parts
    ]


def names(learners: list[Learner]) -> Rows:
    return [[str(one), one.get_language_display() or "–", one.user.email if one.user else "–"] for one in learners]


def addresses(learners: list[Learner]) -> Rows:
    return [[one.email] for one in LearnerAddress.objects.filter(learner__in=learners).order_by("pk")]


def memberships(learners: list[Learner]) -> Rows:
    rows = LearnerMembership.objects.filter(learner__in=learners).select_related("organisation").order_by("starts")
    return [
        [one.organisation, one.get_standing_display(), day(one.starts), day(one.ends) if one.ends else "–"]
        for one in rows
    ]


def bookings(learners: list[Learner]) -> Rows:
    rows = Booking.objects.filter(learner__in=learners).with_all().order_by("session__starts_at", "pk")
    return [
        [
            one.session.course.title,
            moment(one.session.starts_at),
            one.organisation,
            one.get_standing_display(),
            one.get_status_display(),
            moment(one.created_at),
        ]
        for one in rows
    ]


def corrections(learners: list[Learner]) -> Rows:
    rows = Correction.objects.filter(booking__learner__in=learners).select_related("booking__session__course")
    said = {True: _("Yes"), False: _("No")}
    return [[one.booking.session.course.title, said[one.attended], one.why] for one in rows.order_by("pk")]


def needs(learners: list[Learner]) -> Rows:
    rows = LearnerNeeds.objects.filter(learner__in=learners).order_by("pk")
    return [[one.access or "–", one.get_language_display()] for one in rows]


def skills(learners: list[Learner]) -> Rows:
    rows = SkillAnswer.objects.filter(assessment__learner__in=learners).select_related(
        "assessment__role_level", "skill_entry"
    )
    return [
        [one.assessment.role_level, one.skill_entry, one.level if one.level is not None else "–", one.example, one.note]
        for one in rows.order_by("pk")
    ]


def certificates(learners: list[Learner]) -> Rows:
    rows = Certificate.objects.filter(booking__learner__in=learners).select_related("booking__session__course")
    return [[one.booking.session.course.title, one.code] for one in rows.order_by("pk")]


def feedback(learners: list[Learner]) -> Rows:
    """That it was given. What was said is joined to nobody, so it cannot be shown here."""
    rows = FeedbackGiven.objects.filter(booking__learner__in=learners).select_related("booking__session__course")
    return [[one.booking.session.course.title, moment(one.booking.session.starts_at)] for one in rows.order_by("pk")]


def reminders(learners: list[Learner]) -> Rows:
    rows = Reminder.objects.filter(booking__learner__in=learners).select_related("booking__session__course")
    return [
        [one.booking.session.course.title, moment(one.starts_at), moment(one.sent_at)] for one in rows.order_by("pk")
    ]


def files(learners: list[Learner]) -> Rows:
    rows = ImportRow.objects.filter(learner__in=learners).select_related("batch__source").order_by("pk")
    return [[one.batch, ", ".join(text for text in one.data.values() if text)] for one in rows]


def requests(learners: list[Learner]) -> Rows:
    rows = PrivacyRequest.objects.filter(learner__in=learners).order_by("pk")
    return [[one.get_kind_display(), one.text, one.answer] for one in rows]


HELD = {
    Learner,
    LearnerAddress,
    LearnerMembership,
    Booking,
    Correction,
    LearnerNeeds,
    SkillAssessment,
    SkillAnswer,
    Certificate,
    FeedbackGiven,
    Reminder,
    ImportRow,
    PrivacyRequest,
}
# what points at a person and says nothing of them that is not shown elsewhere
NOT_HELD = {
    Double: "that two rows may be one person: a question to the team, about both of them",
    Erasure: "the tombstone of somebody who is nobody's account any more",
}
