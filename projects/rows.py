"""A project as a row of a file."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from .models import Project, ProjectPartner
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
