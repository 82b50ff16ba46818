"""What composed papers show on the board's pages, and what they ask before clearance."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from board.models import Paper, PaperKind
from board.states import PAPER
from fund.models import Round
from organisations.models import Organisation
from programme import rules
from programme.models import BoundValue, Composition
from projects.models import DeliveryPlan
from wlga_portal.kernel.panels import Panel, panel

from .actions import refuse_old_figures

PAPER.before("clear")(refuse_old_figures)


def is_composed(paper: Paper) -> bool:
    """Whether the portal composed it: only reports are; no other paper costs a query."""
    return paper.kind == PaperKind.REPORT and Composition.objects.filter(paper=paper).exists()


@panel("board.drafts")
def compose_panel(request: HttpRequest, _thing: Any) -> Panel | None:
    """The way to compose an update."""
    if not rules.update_compose(request.user):
        return None
    return Panel(_("Compose an update"), "programme/panel_compose.html")


@panel("board.work")
def composition_panel(request: HttpRequest, paper: Paper) -> Panel | None:
    """How many values are bound, and whether one changed."""
    if not is_composed(paper):
        return None
    values = BoundValue.objects.filter(block__composition__paper=paper)
    context = {
        "count": values.count(),
        "changed": values.filter(changed_at__isnull=False).exists(),
        "url": reverse("programme:composition_page", kwargs={"slug": paper.slug}),
        "pdf_url": reverse("programme:composition_pdf", kwargs={"slug": paper.slug}),
    }
    return Panel(_("Figures from the data"), "programme/panel_composition.html", context)


@panel("board.paper")
def since_panel(request: HttpRequest, paper: Paper) -> Panel | None:
    """On a published paper: the way to what has changed since."""
    if not is_composed(paper):
        return None
    names = {"url": "composition_since", "pdf_url": "composition_pdf"}
    urls = {name: reverse(f"programme:{view}", kwargs={"slug": paper.slug}) for name, view in names.items()}
    return Panel(_("The figures today"), "programme/panel_since.html", urls)


@panel("projects.plan", order=70)
def team_panel(request: HttpRequest, plan: DeliveryPlan) -> Panel:
    """On a delivery plan: who works on it, as far as that is known."""
    context = {"url": reverse("programme:team_page"), "text": _("The digital team and its posts")}
    return Panel(_("People and posts"), "programme/panel_document.html", context)


@panel("projects.report", order=80)
def annual_panel(request: HttpRequest, plan: DeliveryPlan) -> Panel:
    """On the report of a plan: the same year as a composed document."""
    return document_panel("annual", plan, _("The annual report as page, PDF and Word"))


@panel("organisations.organisation", order=80)
def leaflet_panel(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """On a council's page: its leaflet."""
    if not organisation.is_council:
        return None
    return document_panel("leaflet", organisation, _("The council on two pages, to print or send"))


@panel("fund.round", order=80)
def round_panel(request: HttpRequest, found: Round) -> Panel | None:
    """On a published round: its report."""
    if found.published_at is None:
        return None
    return document_panel("round", found, _("The report of the round as page, PDF and Word"))


def document_panel(name: str, thing: Any, text: str) -> Panel:
    url = reverse(f"programme:{name}_page", kwargs={"slug": thing.slug})
    return Panel(_("As a document"), "programme/panel_document.html", {"url": url, "text": text})
