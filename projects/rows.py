"""A project as a row of a file."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from wlga_portal.kernel.bilingual import page_language, sort_column
from wlga_portal.kernel.wording import day

from .models import Milestone, PlanProject, Project, ProjectPartner
from .reading import standing_text
from .states import Status

HEADINGS: list[Promise | str] = [
    gettext_lazy("Title (English)"),
    gettext_lazy("Title (Welsh)"),
    gettext_lazy("Delivery plans"),
    gettext_lazy("Phase"),
    gettext_lazy("Status"),
    gettext_lazy("Delivery confidence"),
    gettext_lazy("Last confirmed"),
    gettext_lazy("Reason (English)"),
    gettext_lazy("Reason (Welsh)"),
    gettext_lazy("Councils and partners"),
    gettext_lazy("Councils, not named"),
    gettext_lazy("Aim (English)"),
    gettext_lazy("Aim (Welsh)"),
    gettext_lazy("Source"),
    gettext_lazy("Address (English)"),
    gettext_lazy("Address (Welsh)"),
]


def fill(projects: list[Project], columns: Collection[str] = ("plan", "councils")) -> None:
    """Give each what these columns show: `years` (of the plans that list it), `councils` (name in the page's language,
    whether inferred), `following` (its next milestone with its day).

    A query for each of them, of plain values: as objects they took a third of the list's time.
    """
    known = {project.pk: project for project in projects}
    for project in projects:
        project.years, project.councils, project.following = [], [], ""
    if "plan" in columns:
        listings = PlanProject.objects.filter(project__in=known).order_by("plan__starts")
        for pk, year in listings.values_list("project", "plan__year"):
            known[pk].years.append(year)
    if "councils" in columns:
        partners = ProjectPartner.objects.filter(project__in=known).order_by(sort_column("organisation__name"))
        for pk, name, inferred in partners.values_list("project", f"organisation__name_{page_language()}", "inferred"):
            known[pk].councils.append((name, inferred))
    if "following" in columns:
        ahead = Milestone.objects.filter(project__in=known, actual=None, dropped_on=None)
        ahead = ahead.annotate(expected=Coalesce("forecast", "baseline")).order_by("-expected", "-pk")
        for pk, title, expected in ahead.values_list("project", f"title_{page_language()}", "expected"):
            known[pk].following = f"{title}, {day(expected)}"


def row_of(project: Project, today: date) -> list[Any]:
    """One row under `HEADINGS`; what no source gives is "not published", a text that is not there is empty."""
    standing = project.now
    partners = [partner_text(partner) for partner in project.partners.all()]
    missing = _("not published")
    return [
        project.title.en,
        project.title.cy,
        "; ".join(listing.plan.year for listing in project.in_plans()) or project.first_year or missing,
        project.get_phase_display() or missing,
        missing if project.status == Status.UNSTATED else project.get_status_display(),
        standing_text(standing, today),
        standing.confirmed_on.isoformat() if standing else missing,
        standing.update.reason.en if standing else "",
        standing.update.reason.cy if standing else "",
        "; ".join(partners) or missing,
        missing if project.councils_stated is None else project.councils_stated,
        project.aim.en,
        project.aim.cy,
        project.source.title if project.source else "",
        *(address(project, language) for language in ("en", "cy")),
    ]


def partner_text(partner: ProjectPartner) -> str:
    """An organisation; what is our reading says so."""
    name = str(partner.organisation.name)
    return f"{name} ({_('not stated by the source')})" if partner.inferred else name


def address(project: Project, language: str) -> str:
    """The path of its page in a language."""
    with override(language):
        return reverse(project.url_name, kwargs={"slug": project.slug})
