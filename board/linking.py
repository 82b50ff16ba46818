"""The board's business that touches a project, on the project's page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, roles_of
from projects.linking import LinkKind, Shown, links_screen, unlink_screen
from projects.models import Project
from wlga_portal.kernel.panels import Panel, panel
from wlga_portal.kernel.wording import day

from .models import AgendaItem, BoardProject, Meeting, Paper


def may_link(user: Any) -> bool:
    """The secretariat and the digital team say what of the board's business touches a project."""
    return roles_of(user).has(Role.SECRETARIAT, Role.TEAM, Role.HEAD_OF_DELIVERY)


def items_seen(user: Any) -> Any:
    """The items of meetings that this person sees. Titles are public, of restricted items too."""
    meetings = Meeting.objects.visible_to(user)
    return AgendaItem.objects.filter(meeting__in=meetings).select_related("meeting__board")


def papers_seen(user: Any) -> Any:
    return Paper.objects.visible_to(user).with_place()


def item_shown(item: AgendaItem) -> Shown:
    """An item leads to its meeting, with the day."""
    return Shown(item.title, item.meeting.get_absolute_url(), day(item.meeting.date))


class WholePaperLinks(LinkKind):
    """Links to a paper as a whole: those to one of its recommendations stand by themselves."""

    def rows(self, project: Project) -> Any:
        return BoardProject.objects.filter(project=project, paper__isnull=False, uid=None).order_by("pk")


ITEMS = LinkKind(
    app="board",
    noun="item",
    model=BoardProject,
    column="item",
    heading=_("On the agendas of the board"),
    choose=_("Item of an agenda"),
    link=_("Link an item of an agenda"),
    seen=items_seen,
    choices=lambda user, project: (
        items_seen(user).filter(meeting__board__is_demo=project.is_demo).order_by("-meeting__date", "position")
    ),
    label=lambda item: f"{day(item.meeting.date)}: {item.title}",
    show=item_shown,
    may=may_link,
)
PAPERS = WholePaperLinks(
    app="board",
    noun="paper",
    model=BoardProject,
    column="paper",
    heading=_("Papers of the board"),
    choose=_("Paper"),
    link=_("Link a paper"),
    seen=papers_seen,
    choices=lambda user, project: papers_seen(user).filter(board__is_demo=project.is_demo).order_by("-pk"),
    label=lambda paper: str(paper.said),
    show=lambda paper: Shown(paper.said, paper.get_absolute_url(), day(paper.meeting.date) if paper.meeting else ""),
    may=may_link,
)
item_links, item_unlink = links_screen(ITEMS), unlink_screen(ITEMS)
paper_links, paper_unlink = links_screen(PAPERS), unlink_screen(PAPERS)


@panel("projects.project", order=30)
def items_of_project(request: HttpRequest, project: Project) -> Panel | None:
    return ITEMS.panel(request, project)


@panel("projects.project", order=40)
def papers_of_project(request: HttpRequest, project: Project) -> Panel | None:
    """Papers that this person may read; what they recommend and what was decided stands there."""
    return PAPERS.panel(request, project)
