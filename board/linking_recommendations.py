"""Recommendations and actions of the board that touch a project, and what the project's page shows of them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.drafts import posted
from projects.finders import find_project
from projects.linking import LinkKind, Shown, links_screen, unlink_screen
from projects.models import Project
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.panels import Panel, panel
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.wording import day

from .linking import may_link, papers_seen
from .models import Action, BoardProject, Outcome, Paper
from .recommendations import Recommendation, recommendations_of
from .wording import unmarked

LINKS = "board_boardprojects"  # how a project names its links to the board
SHOWN = 60  # characters of a recommendation in a list of choices


class RecommendationLinks(LinkKind):
    """Links to one recommendation: by its paper and its block's uid."""

    def rows(self, project: Project) -> Any:
        return BoardProject.objects.filter(project=project, uid__isnull=False).order_by("pk")

    def linked(self, user: Any, project: Project) -> list[tuple[Any, Shown]]:
        """The links whose paper this person may read, oldest first. Three queries."""
        links = list(self.rows(project))
        papers = papers_seen(user).filter(pk__in=[link.paper_id for link in links]) if links else []
        known = {(one.paper.pk, one.uid): one for one in recommendations_of(papers)}
        found = ((link, known.get((link.paper_id, str(link.uid)))) for link in links)
        return [(link, recommendation_shown(one)) for link, one in found if one is not None]


def recommendation_shown(one: Recommendation) -> Shown:
    return Shown(unmarked(one.words), one.get_absolute_url(), one.paper.said)


def recommendation_label(one: Recommendation) -> str:
    words = str(unmarked(one.words))
    short = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
    return f"{one.paper.said}, {one.number}: {short}"


def actions_seen(user: Any) -> Any:
    return Action.objects.visible_to(user).with_place()


RECOMMENDATIONS = RecommendationLinks(
    app="board",
    noun="recommendation",
    model=BoardProject,
    column="paper",
    heading=_("Recommendations to the board"),
    choose=_("Recommendation"),
    link=_("Link a recommendation"),
    seen=papers_seen,
    choices=lambda user, project: papers_seen(user).filter(board__is_demo=project.is_demo).published().latest_first(),
    label=str,
    show=lambda paper: Shown(paper.said, paper.get_absolute_url()),
    may=may_link,
)
ACTIONS = LinkKind(
    app="board",
    noun="action",
    model=BoardProject,
    column="action",
    heading=_("Actions of the board"),
    choose=_("Action"),
    link=_("Link an action"),
    seen=actions_seen,
    choices=lambda user, project: (
        actions_seen(user).filter(item__meeting__board__is_demo=project.is_demo).overdue_first()
    ),
    label=lambda action: f"{day(action.due)}: {action.text}",
    show=lambda action: Shown(action.text, action.get_absolute_url(), f"{action.owner}, {day(action.due)}"),
    may=may_link,
)
action_links, action_unlink = links_screen(ACTIONS), unlink_screen(ACTIONS)
recommendation_unlink = unlink_screen(RECOMMENDATIONS)


class RecommendationForm(PortalForm):
    """One recommendation of the papers that may be linked to the project and are not yet."""

    thing = forms.ChoiceField(label=_("Recommendation"))

    def __init__(self, *args: Any, user: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        there = {str(link.uid) for link in RECOMMENDATIONS.rows(project)}
        papers: list[Paper] = list(RECOMMENDATIONS.choices(user, project))
        self.known = {f"{one.paper.pk}:{one.uid}": one for one in recommendations_of(papers) if one.uid not in there}
        field: Any = self.fields["thing"]
        field.choices = [("", _("Choose")), *((key, recommendation_label(one)) for key, one in self.known.items())]

    @property
    def chosen(self) -> Recommendation:
        return self.known[self.cleaned_data["thing"]]


def recommendation_link(project: Project, one: Recommendation, *, by: Any) -> BoardProject:
    """Say that a recommendation touches a project."""
    with audited(by=by, why="linked to a project"):
        return BoardProject.objects.create(project=project, by=by, paper=one.paper, uid=UUID(one.uid))


@screen(find=find_project, may=lambda user, _project: may_link(user))
def recommendation_links(request: HttpRequest, project: Project) -> HttpResponse:
    """The recommendations that touch a project, and the form for one more."""
    set_addresses(request, "board:recommendation_links", slug=project)
    form = RecommendationForm(posted(request), user=request.user, project=project)
    if request.method == "POST" and form.is_valid():
        recommendation_link(project, form.chosen, by=request.user)
        messages.success(request, _("It is linked to the project."))
        return redirect(project)
    name = "board:recommendation_unlink"
    context = {
        "project": project,
        "kind": RECOMMENDATIONS,
        "form": form,
        "links": [
            (shown, reverse(name, kwargs={"slug": project.slug, "number": link.pk}))
            for link, shown in RECOMMENDATIONS.linked(request.user, project)
        ],
        "demonstration": project.is_demo,
    }
    return page(request, "projects/project_links.html", context)


def outcomes_touching(project: Project, user: Any) -> Any:
    """The decisions that touch a project: of a recommendation, a paper or an item that is linked to it, or of a linked
    action."""
    links = BoardProject.objects.filter(project=project)
    whole = links.filter(uid=None)
    touched = (
        Q(uid__in=links.filter(uid__isnull=False).values("uid"))
        | Q(edition__paper__in=whole.filter(paper__isnull=False).values("paper"))
        | Q(item__in=whole.filter(item__isnull=False).values("item"))
        | Q(pk__in=links.filter(action__isnull=False).values("action__outcome"))
    )
    return Outcome.objects.visible_to(user).filter(touched).with_place().latest_first()


def touching(project: Project, user: Any) -> tuple[list[Outcome], list[Action], list[Shown]]:
    """The decisions, the actions and the recommendations that this person sees of a project."""
    linked = BoardProject.objects.filter(project=project, action__isnull=False).values("action")
    return (
        list(outcomes_touching(project, user)),
        list(actions_seen(user).filter(pk__in=linked).overdue_first()),
        [shown for _link, shown in RECOMMENDATIONS.linked(user, project)],
    )


@panel("projects.project", order=45)
def decisions_of_project(request: HttpRequest, project: Project) -> Panel | None:
    """The board's decisions and actions that touch the project, each with the way to the whole chain."""
    may = may_link(request.user) and "as_at" not in request.GET
    outcomes, actions, asked = touching(project, request.user) if LINKS in project.filled else ([], [], [])
    if not (outcomes or actions or asked or may):
        return None
    context = {
        "outcomes": [(one, unmarked(one.read)) for one in outcomes],
        "actions": actions,
        "asked": asked,
        "may": may,
        "project": project,
    }
    return Panel(str(_("Decisions and actions of the board")), "board/panel_project.html", context)
