"""What composed papers show on the board's pages, and what they ask before clearance."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from board.models import Paper
from board.states import PAPER
from programme import rules
from programme.models import BoundValue, Composition
from wlga_portal.kernel.panels import Panel, panel

from .actions import refuse_old_figures

PAPER.before("clear")(refuse_old_figures)


@panel("board.drafts")
def compose_panel(request: HttpRequest, _thing: Any) -> Panel | None:
    """The way to compose an update."""
    if not rules.update_compose(request.user):
        return None
    return Panel(_("Compose an update"), "programme/panel_compose.html")


@panel("board.work")
def composition_panel(request: HttpRequest, paper: Paper) -> Panel | None:
    """How many values are bound, and whether one changed."""
    if not Composition.objects.filter(paper=paper).exists():
        return None
    values = BoundValue.objects.filter(block__composition__paper=paper)
    context = {
        "count": values.count(),
        "changed": values.filter(changed_at__isnull=False).exists(),
        "url": reverse("programme:composition_page", kwargs={"slug": paper.slug}),
    }
    return Panel(_("Figures from the data"), "programme/panel_composition.html", context)


@panel("board.paper")
def since_panel(request: HttpRequest, paper: Paper) -> Panel | None:
    """On a published paper: the way to what has changed since."""
    if not Composition.objects.filter(paper=paper).exists():
        return None
    url = reverse("programme:composition_since", kwargs={"slug": paper.slug})
    return Panel(_("The figures today"), "programme/panel_since.html", {"url": url})
