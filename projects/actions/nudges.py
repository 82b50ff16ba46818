"""Reminders of statuses that nobody has confirmed: to the lead, then to the head of delivery."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.notify import notify

from ..models import Nudge, NudgedProject, Project, Step
from ..states import Status, oldest_fresh

WEEK = timedelta(days=7)


def nudge_all(*, today: date | None = None) -> int:
    """Remind whom it concerns, each person at most once in seven days; the number of people reminded.

    A lead who still leads hears first. A week after that, or at once where there is no such lead, so does the head.
    """
    today = today or timezone.localdate()
    stale = stale_projects(today)
    asked = asked_leads(stale)
    waiting: dict[int, list[tuple[Project, Step]]] = defaultdict(list)
    heads = holders(Role.HEAD_OF_DELIVERY, on=today)
    leads = heads | holders(Role.TEAM, on=today)
    for project in stale:
        led = project.lead_id in leads
        if led:
            waiting[project.lead_id or 0].append((project, Step.LEAD))
        if not led or (project.pk in asked and asked[project.pk] <= today - WEEK):
            for head in heads - {project.lead_id}:
                waiting[head].append((project, Step.HEAD))
    lately = set(Nudge.objects.filter(day__gt=today - WEEK).values_list("user_id", flat=True))
    people = User.objects.filter(pk__in=set(waiting) - lately, is_active=True).order_by("pk")
    for person in people:
        nudge(person, waiting[person.pk], today=today)
    return len(people)


def stale_projects(today: date) -> list[Project]:
    """The active projects whose status is missing or unconfirmed, by title."""
    unconfirmed = Q(standing=None) | Q(standing__confirmed_on__lt=oldest_fresh(today))
    found = Project.objects.visible_to(None).filter(unconfirmed, status=Status.ACTIVE)
    return list(found.select_related("standing").by_title())


def asked_leads(projects: Iterable[Project]) -> dict[int, date]:
    """When the lead of each was first reminded since its status was last confirmed. One query."""
    confirmed = {project.pk: project.now.confirmed_on if project.now else date.min for project in projects}
    rows = NudgedProject.objects.filter(project__in=confirmed, step=Step.LEAD).values_list("project", "nudge__day")
    first: dict[int, date] = {}
    for project, day in rows.order_by("-nudge__day"):
        if day > confirmed[project]:
            first[project] = day
    return first


def holders(role: Role, *, on: date) -> set[int]:
    """The people who hold a role on a day."""
    return set(Membership.objects.on(on).filter(role=role, user__is_active=True).values_list("user_id", flat=True))


def nudge(person: User, rows: list[tuple[Project, Step]], *, today: date) -> Nudge:
    """One mail about all of them, and a row that says so."""
    with audited(by=None, why="reminder of statuses"):
        made = Nudge.objects.create(user=person, day=today)
        NudgedProject.objects.bulk_create(NudgedProject(nudge=made, project=one, step=step) for one, step in rows)
        context: dict[str, Any] = {
            "own": [one.title for one, step in rows if step == Step.LEAD],
            "others": [one.title for one, step in rows if step == Step.HEAD],
        }
        notify(person, "projects.nudge", url=lambda: reverse("projects:weekly_page"), context=context)
    return made
