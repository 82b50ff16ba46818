"""From a recommendation to what came of it, and back: every step a link, as far as the reader may see it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from fund.models import Bid
from projects.models import Deliverable, PlanChange, Project
from training.models import Course
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.wording import day

from .models import Action, BoardProject, Evidence, Outcome, Paper
from .recommendations import Recommendation


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a step leads to: what it is, its name, its address ('' where it has no page of its own)."""

    kind: Any
    title: Any
    url: str
    detail: Any = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of evidence with what shows it."""

    evidence: Evidence
    links: list[Link]


@dataclass(frozen=True, slots=True)
class ActionTraced:
    """An action, what it belongs to, and what its owner told of it."""

    action: Action
    links: list[Link]
    told: list[Told]


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole chain of one recommendation (or of a decision without one)."""

    words: Text
    recommendation: Recommendation | None
    outcome: Outcome | None
    paper: Paper | None
    projects: list[Link] = field(default_factory=list)
    actions: list[ActionTraced] = field(default_factory=list)


def trace_of(asked: Recommendation, user: Any) -> Trace:
    found = Outcome.objects.visible_to(user).with_place().filter(uid=asked.uid, edition__paper=asked.paper)
    outcome = found.latest_first().first()
    projects = projects_touched(Q(paper=asked.paper, uid=asked.uid), user)
    return Trace(asked.words, asked, outcome, asked.paper, projects, actions_of(outcome, user))


def trace_of_outcome(outcome: Outcome, user: Any) -> Trace:
    """The chain of a decision; its paper is there only for who may read it."""
    paper = None
    projects: list[Link] = []
    if outcome.edition is not None:
        paper = Paper.objects.visible_to(user).filter(pk=outcome.edition.paper_id).first()
        projects = projects_touched(Q(paper=outcome.edition.paper_id, uid=outcome.uid), user)
    return Trace(outcome.read, None, outcome, paper, projects, actions_of(outcome, user))


def actions_of(outcome: Outcome | None, user: Any) -> list[ActionTraced]:
    if outcome is None:
        return []
    found = Action.objects.visible_to(user).with_place().filter(outcome=outcome).order_by("due", "pk")
    return [action_traced(action, user) for action in found]


def projects_touched(links: Q, user: Any) -> list[Link]:
    """The projects of these links that the person may see."""
    found = Project.objects.visible_to(user).filter(pk__in=BoardProject.objects.filter(links).values("project"))
    return [Link(_("Project"), project.title, project.get_absolute_url()) for project in found.by_title()]


def action_traced(action: Action, user: Any) -> ActionTraced:
    links = projects_touched(Q(action=action), user)
    bid = Bid.objects.visible_to(user).filter(pk=action.bid_id).first() if action.bid_id else None
    if bid is not None:
        links.append(Link(_("Bid"), bid.title, bid.get_absolute_url()))
    course = Course.objects.shown().filter(pk=action.course_id).first() if action.course_id else None
    if course is not None:
        links.append(Link(_("Course"), course.title, course.get_absolute_url()))
    if action.organisation is not None:
        there = action.organisation
        links.append(Link(_("Council or partner body"), there.name, there.get_absolute_url()))
    told = action.evidence.select_related(
        "change__plan", "update__project", "deliverable__plan", "deliverable__project"
    )
    return ActionTraced(action, links, [Told(one, shown_by(one, user)) for one in told.order_by("at", "pk")])


def shown_by(one: Evidence, user: Any) -> list[Link]:
    """What the evidence points at, each only where this person may see it."""
    links = []
    if one.change is not None and PlanChange.objects.visible_to(user).filter(pk=one.change.pk).exists():
        title = one.change.thing.title if one.change.thing else one.change.get_kind_display()
        links.append(Link(_("Change of the delivery plan"), title, one.change.get_absolute_url()))
    if one.update is not None and project_seen(one.update.project, user):
        url = f"{one.update.project.get_absolute_url()}#updates"
        links.append(Link(_("Status update"), one.update.project.title, url, day(one.update.for_date)))
    if one.deliverable is not None and deliverable_seen(one.deliverable, user):
        made = one.deliverable
        url = made.project.get_absolute_url() if made.project else made.plan.get_absolute_url()
        links.append(Link(_("Result"), made.title, url))
    if one.link:
        links.append(Link(_("Evidence"), one.link, one.link))
    return links


def project_seen(project: Project, user: Any) -> bool:
    return Project.objects.visible_to(user).filter(pk=project.pk).exists()


def deliverable_seen(made: Deliverable, user: Any) -> bool:
    """As its project, or as its plan where it has none."""
    if made.project is not None:
        return project_seen(made.project, user)
    return type(made.plan).objects.visible_to(user).filter(pk=made.plan_id).exists()


def back_url(action: Action) -> str:
    """The way back from an action: its decision, or the meeting where no decision stands behind it."""
    if action.outcome is not None:
        return action.outcome.get_absolute_url()
    return reverse("board:meeting_page", kwargs={"slug": action.item.meeting.slug})
