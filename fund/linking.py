"""The bids of a project, on its page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, roles_of
from projects.linking import LinkKind, Shown, links_screen, unlink_screen
from projects.models import Project
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.panels import Panel, panel

from .models import Bid, BidProject


def may_link(user: Any) -> bool:
    """The fund manager and the digital team say which bids belong to a project."""
    return roles_of(user).has(Role.FUND_MANAGER, Role.TEAM, Role.HEAD_OF_DELIVERY)


def seen(user: Any) -> Any:
    return Bid.objects.visible_to(user).select_related("round")


def choices(user: Any, project: Project) -> Any:
    """The bids that this person sees, of the demonstration only for its own projects."""
    return seen(user).filter(round__is_demo=project.is_demo).order_by("-round__year", "pk")


def show(bid: Bid) -> Shown:
    """A bid with its round; its title may be in one language alone."""
    lang = "" if bid.heading_lang == page_language() else bid.heading_lang
    return Shown(bid.heading, bid.get_absolute_url(), bid.round.name, lang)


BIDS = LinkKind(
    app="fund",
    noun="bid",
    model=BidProject,
    column="bid",
    heading=_("Bids to the fund"),
    choose=_("Bid"),
    link=_("Link a bid"),
    seen=seen,
    choices=choices,
    label=lambda bid: f"{bid.heading} ({bid.round.name})",
    show=show,
    may=may_link,
)
bid_links, bid_unlink = links_screen(BIDS), unlink_screen(BIDS)


def projects_of(bid: Bid, user: Any) -> list[Project]:
    """The projects that a bid led to or serves, of those that this person may see. One query."""
    linked = BidProject.objects.filter(bid=bid).values("project")
    return list(Project.objects.visible_to(user).filter(pk__in=linked).order_by("pk"))


def projects_to_link(bid: Bid, user: Any) -> Any:
    """The projects that this bid can still be linked to: of its own world."""
    there = BidProject.objects.filter(bid=bid).values("project")
    return Project.objects.visible_to(user).filter(is_demo=bid.round.is_demo).exclude(pk__in=there)


@panel("projects.project", order=10)
def bids_of_project(request: HttpRequest, project: Project) -> Panel | None:
    """The bids that this person may see."""
    return BIDS.panel(request, project)
