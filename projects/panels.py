"""What the projects show on the front page and on an organisation's page, and what waits for the team."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.roles import Role, roles_of
from organisations.models import Organisation
from wlga_portal.kernel.panels import Need, Panel, Press, needs, panel, shared_panel

from . import glance as glance  # registered by being imported
from . import measures as measures  # registered by being imported
from . import news as news  # registered by being imported
from . import rules
from .articles import posts_about
from .contradictions import contradictory
from .forms.weekly import focus_of
from .models import DeliveryPlan, PlanChange, Post, Project, ProjectPartner, Risk
from .querysets import NONE, UNCONFIRMED, in_backlog
from .reading import standing_shown
from .states import FRESH_DAYS, ChangeKind, ChangeStatus, Confidence, Phase, Status, oldest_fresh
from .tables import phase_tag


@shared_panel("programme.front", order=20)
def projects_now(request: HttpRequest, _thing: Any) -> Panel | None:
    """The projects of the current plan by phase and by delivery confidence; each figure leads to its rows."""
    plan = DeliveryPlan.objects.visible_to(None).current()
    if plan is None:
        return None
    today = timezone.localdate()
    found = Project.objects.real().in_plan(plan)
    listed = f"{reverse('projects:project_list')}?plan={plan.slug_en}"
    rows = list(found.values_list("phase", "standing__confidence", "standing__confirmed_on"))
    by_phase = Counter(phase for phase, _word, _confirmed_on in rows)
    phases = [
        (by_phase[phase], label, f"{listed}&phase={phase or NONE}")
        for phase, label in [*Phase.choices, ("", pgettext("of a phase", "phase not published"))]
    ]
    readings = dict.fromkeys([*Confidence.values, UNCONFIRMED, NONE], 0)
    for _phase, word, confirmed_on in rows:
        fresh = confirmed_on is not None and confirmed_on >= oldest_fresh(today)
        readings[word if fresh else UNCONFIRMED if word else NONE] += 1
    labels = {
        **{one.value: one.label for one in Confidence},
        UNCONFIRMED: pgettext("delivery confidence", "Unconfirmed"),
        NONE: pgettext("of delivery confidence", "confidence not published"),
    }
    confidence = [(count, labels[key], f"{listed}&confidence={key}") for key, count in readings.items()]
    context = {
        "plan": plan,
        "total": len(rows),
        "listed": listed,
        "phases": [one for one in phases if one[0]],
        "confidence": [one for one in confidence if one[0]],
    }
    return Panel(_("Projects"), "projects/panel_front.html", context)


@shared_panel("organisations.organisation", order=30)
def projects_of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """Its real projects; what is our reading is marked."""
    parts = ProjectPartner.objects.filter(organisation=organisation, project__is_demo=False)
    rows = [
        (part, phase_tag(part.project.phase), standing_shown(part.project.now, timezone.localdate()))
        for part in parts.select_related("project__standing").order_by("project__title_key_en")
    ]
    if not rows:
        return None
    listed = f"{reverse('projects:project_list')}?council={organisation.slug_en}" if organisation.is_council else ""
    return Panel(_("Projects"), "projects/panel_organisation.html", {"rows": rows, "listed": listed})


@panel("projects.plan", order=10)
def annual_report(request: HttpRequest, plan: DeliveryPlan) -> Panel:
    """Where the annual report of a plan is."""
    url = reverse("projects:report_page", kwargs={"slug": plan.slug})
    return Panel(_("Annual report"), "projects/panel_report.html", {"url": url})


POSTS = 3


@shared_panel("programme.front", order=25)
def newest_posts(request: HttpRequest, _thing: Any) -> Panel:
    """The newest posts, and where the rest is."""
    posts = list(Post.objects.visible_to(None).published().real().newest_first()[:POSTS])
    context = {"posts": posts, "url": reverse("projects:post_list"), "label": _("All posts and feeds")}
    return Panel(_("Working in the open"), "projects/panel_posts.html", context)


@panel("projects.project", order=90)
def posts_of_project(request: HttpRequest, project: Project) -> Panel:
    """The newest posts about the project, and its feed."""
    feed = reverse("projects:feed_project", kwargs={"slug": project.slug})
    posts = posts_about(project, request.user, POSTS)
    context = {"posts": posts, "url": feed, "label": _("Atom feed of this project’s posts and status updates")}
    return Panel(_("Working in the open"), "projects/panel_posts.html", context)


@needs
def statuses_to_confirm(user: Any) -> Iterator[Need]:
    """Active projects whose status is unconfirmed or was never given; each leads to its place on the weekly screen."""
    today, screen = timezone.localdate(), reverse("projects:weekly_page")
    for project in Project.objects.to_confirm(user, today).to_name().by_title():
        standing = project.now
        if standing is None:
            text, due = _("%(project)s: no status yet"), None
        else:
            text, due = _("%(project)s: the status is unconfirmed"), standing.confirmed_on + timedelta(days=FRESH_DAYS)
        start = focus_of(project, standing.confidence if standing else "")
        url = reverse("projects:status_confirm", kwargs={"slug": project.slug})
        press = Press(_("No change, still true"), url) if standing else None
        said = str(Confidence(standing.confidence).label) if standing else ""
        yield Need(text % {"project": project.title}, f"{screen}#{start}", due, said, press=press)


@needs(where="projects_project WHERE lead_id = %(person)s AND status = 'active'")
def statuses_against_their_facts(user: Any) -> Iterator[Need]:
    """A lead's projects that are green while their milestones slip or a red risk waits for its review."""
    if not rules.team(user):
        return
    screen = reverse("projects:weekly_page")
    own = Project.objects.visible_to(user).filter(lead=user, status=Status.ACTIVE)
    for project in own.filter(contradictory(timezone.localdate(), team=True)).to_name().by_title():
        text = _("%(project)s: green, but its facts say otherwise") % {"project": project.title}
        yield Need(text, f"{screen}#{focus_of(project, Confidence.GREEN)}")


@needs
def backlog_to_review(user: Any) -> Iterator[Need]:
    """Items of the real backlog whose day of review has come, for the head of delivery."""
    if not roles_of(user).has(Role.HEAD_OF_DELIVERY):
        return
    today = timezone.localdate()
    due = (one for one in in_backlog(Project.objects.real()) if one.review_on and one.review_on <= today)
    for project in due:
        text = _("%(project)s: the backlog is to be reviewed") % {"project": project.title}
        yield Need(text, reverse("projects:backlog_review"), project.review_on)


@needs(where="projects_risk WHERE owner_id = %(person)s AND closed_on IS NULL")
def risks_to_review(user: Any) -> Iterator[Need]:
    """A person's open risks and issues whose day of review has come."""
    if not rules.team(user):
        return
    today = timezone.localdate()
    own = Risk.objects.filter(owner=user, closed_on=None, review_on__lte=today).select_related("project")
    for risk in own.filter(project__in=Project.objects.visible_to(user)).order_by("review_on", "pk"):
        text = _("Review “%(risk)s” (%(project)s)") % {"risk": risk.title, "project": risk.project.title}
        address = reverse("projects:risk_edit", kwargs={"slug": risk.project.slug, "number": risk.pk})
        yield Need(text, address, risk.review_on)


@needs
def plan_changes_to_settle(user: Any) -> Iterator[Need]:
    """For the head of delivery: changes of agreed plans that wait for Welsh Government."""
    if not rules.project_close(user, None):
        return
    waiting = PlanChange.objects.visible_to(user).with_things().filter(status=ChangeStatus.PROPOSED)
    for change in waiting.order_by("proposed_on", "pk"):
        kind = ChangeKind(change.kind).label
        yield Need(
            f"{kind}: {change.thing.title}", change.get_absolute_url(), change.proposed_on, str(change.plan.title)
        )
