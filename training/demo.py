"""Loads the demonstration courses from `programme/facts/demo.yaml`, each marked; a second time adds nothing.

A session that is still to come keeps its day; one whose day passed without a register is moved forward again.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from organisations.models import Organisation
from projects.linking import link_in_demo
from wlga_portal.kernel.audit import audited

from .actions.offers import HELD_FOR
from .demo_maturity import load_maturity
from .demo_people import load_people
from .demo_skills import load_skills
from .linking import COURSES
from .models import (
    Approval,
    Booking,
    Course,
    KeptPlaces,
    Learner,
    LearnerAddress,
    LearnerMembership,
    LearnerNeeds,
    Session,
    SessionPart,
    SessionTrainer,
    Standing,
    Stream,
)
from .states import BookingStatus, SessionStatus

WHY = "loaded with the demonstration"
CUT_OFF = timedelta(days=2)


def load_demo(demo: dict[str, Any], people: dict[str, Any], by: Any = None) -> None:
    """`demo` is the whole file, `people` the demonstration people by slug."""
    training = demo["training"]
    with audited(by=by, why=WHY):
        courses = {facts["slug"]["en"]: load_course(facts) for facts in training["courses"]}
        sessions = {facts["key"]: load_session(facts, courses, people) for facts in training["sessions"]}
        learners = {facts["key"]: load_learner(facts, people) for facts in training["learners"]}
        fresh = [facts for facts in training["bookings"] if sessions[facts["session"]][1]]
        for facts in fresh:
            load_booking(sessions[facts["session"]][0], learners[facts["learner"]], facts["status"])
        link_in_demo(COURSES, list(courses.values())[:1])
        for session, is_new in sessions.values():
            if is_new and session.has_begun and not session.bookings.live().exists():
                close(session)
        load_skills(people)
    load_maturity(people, by)
    load_people(people, by)


def load_course(facts: dict[str, Any]) -> Course:
    course, _is_new = Course.objects.update_or_create(
        slug_en=facts["slug"]["en"],
        defaults={
            "slug_cy": facts["slug"]["cy"],
            "stream": Stream.objects.get(slug_en=facts["stream"]),
            "title_en": facts["title"]["en"],
            "title_cy": facts["title"]["cy"],
            "summary_en": facts["summary"]["en"],
            "summary_cy": facts["summary"]["cy"],
            "length_minutes": facts["minutes"],
            "outcomes_en": facts.get("outcomes", {}).get("en", ""),
            "outcomes_cy": facts.get("outcomes", {}).get("cy", ""),
            "cost_pence": facts.get("cost_pence"),
            "approval": facts.get("approval", Approval.NONE),
            "is_demo": True,
        },
    )
    return course


def load_session(facts: dict[str, Any], courses: dict[str, Course], people: dict[str, Any]) -> tuple[Session, bool]:
    """The session, and whether it is new."""
    day = timezone.localdate() + timedelta(days=facts["in_days"])
    starts_at = datetime.combine(day, time.fromisoformat(facts["at"]), tzinfo=timezone.get_default_timezone())
    lasts = timedelta(minutes=facts["minutes"])
    days = [starts_at + timedelta(days=number) for number in range(facts.get("days", 1))]
    times = {"starts_at": starts_at, "ends_at": days[-1] + lasts, "cut_off_at": starts_at - CUT_OFF}
    place = facts["place"] or {"en": "", "cy": ""}
    session, is_new = Session.objects.get_or_create(
        reference=f"demo-{facts['key']}",
        defaults={
            **times,
            "course": courses[facts["course"]],
            "mode": facts["mode"],
            "place_en": place["en"],
            "place_cy": place["cy"],
            "language": facts["language"],
            "capacity": facts["capacity"],
            "minimum": facts.get("minimum"),
            "status": SessionStatus.OPEN,
        },
    )
    SessionTrainer.objects.get_or_create(session=session, user=people[facts["trainer"]])
    if is_new:
        plan(session, facts, [(day, day + lasts) for day in days])
    elif session.status == SessionStatus.OPEN and session.has_begun and facts["in_days"] > 0:
        SessionPart.objects.filter(session=session).delete()
        Session.objects.filter(pk=session.pk).update(**times)
    return session, is_new


def plan(session: Session, facts: dict[str, Any], stretches: list[tuple[datetime, datetime]]) -> None:
    """The parts of a session of several days, and the places that it keeps."""
    if len(stretches) > 1:
        for number, (starts_at, ends_at) in enumerate(stretches, 1):
            SessionPart.objects.create(session=session, number=number, starts_at=starts_at, ends_at=ends_at)
    for slug, places in facts.get("kept", {}).items():
        council = Organisation.objects.get(slug_en=slug)
        KeptPlaces.objects.create(session=session, organisation=council, places=places)


def load_learner(facts: dict[str, Any], people: dict[str, Any]) -> tuple[Learner, Organisation]:
    user = people[facts["person"]] if facts["person"] else None
    learner = Learner.objects.of_address(facts["email"]).first()
    if learner is None:
        name = "" if user else facts["name"]
        learner = Learner.objects.create(user=user, name=name, language=facts["language"], is_demo=True)
        LearnerAddress.objects.create(learner=learner, email=facts["email"])
    council = Organisation.objects.get(slug_en=facts["organisation"])
    if not LearnerMembership.objects.current().filter(learner=learner, organisation=council).exists():
        LearnerMembership.objects.create(learner=learner, organisation=council, standing=Standing.STAFF)
    if facts.get("needs"):
        LearnerNeeds.objects.get_or_create(learner=learner, defaults={"access": facts["needs"]})
    return learner, council


def load_booking(session: Session, whose: tuple[Learner, Organisation], status: str) -> None:
    learner, council = whose
    Booking.objects.create(
        session=session,
        learner=learner,
        organisation=council,
        standing=Standing.STAFF,
        booked_by=learner.user,
        status=status,
        offer_ends_at=timezone.now() + HELD_FOR if status == BookingStatus.OFFERED else None,
    )


def close(session: Session) -> None:
    """A session of the past in which everybody is marked has its register closed; another waits for its trainer."""
    session.status = SessionStatus.CLOSED
    session.save(update_fields=["status"])
