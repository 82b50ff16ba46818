"""The heat map of skills: of Wales for everybody, of a council for its own digital lead and training coordinator."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.roles import Role, roles_of
from organisations.models import Organisation
from wlga_portal.kernel.bilingual import sort_column
from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.screens import page, screen, set_addresses

from .. import heatmap
from ..models import Framework, FrameworkVersion, RoleFamily, SkillEntry

Line = tuple[SkillEntry, heatmap.Row, list[tuple[Any, heatmap.Cell | None]]]
SEES = (Role.COORDINATOR, Role.DIGITAL_LEAD)


def heat_councils(user: Any) -> list[Organisation]:
    """The councils whose own map this person sees: where they are the digital lead or the training coordinator."""
    ids = roles_of(user).organisation_ids(*SEES)
    return list(Organisation.objects.councils().filter(pk__in=ids).by_name()) if ids else []


def find_heat_council(request: HttpRequest, slug: str) -> Organisation:
    ids = roles_of(request.user).organisation_ids(*SEES)
    return Organisation.find(Organisation.objects.councils().filter(pk__in=ids), slug)


def chosen(request: HttpRequest) -> tuple[list[Framework], Framework | None]:
    """The frameworks that have a version, and the one that `?framework=` names, or the first."""
    current = FrameworkVersion.objects.visible_to(None).current().values("framework")
    frameworks = list(Framework.objects.visible_to(request.user).filter(pk__in=current).by_title())
    asked = request.GET.get("framework", "")
    return frameworks, next((one for one in frameworks if asked in (one.slug_en, one.slug_cy)), None) or next(
        iter(frameworks), None
    )


def wants_demonstration(request: HttpRequest) -> bool:
    """The invented assessments are counted by themselves, in demonstration mode alone."""
    asked = request.GET.get("assessments", "")
    return settings.DEMO and (asked == "demonstration" or (asked != "real" and getattr(request.user, "is_demo", False)))


def lines_of_map(framework: Framework | None, rows: Mapping[int, heatmap.Row]) -> tuple[list[RoleFamily], list[Line]]:
    """The families, and each skill with its row and its cells in their order, in the words of the newest version."""
    if framework is None:
        return [], []
    version = FrameworkVersion.objects.current().filter(framework=framework)
    families = list(RoleFamily.objects.filter(version__in=version).order_by("position", "pk"))
    skills = SkillEntry.objects.filter(version__in=version, skill__in=rows).select_related("skill")
    nobody = heatmap.Cell()
    lines = []
    for entry in skills.order_by(sort_column("title")):
        row = rows[entry.skill_id]
        lines.append((entry, row, [(family.title, row.cells.get(family.key, nobody)) for family in families]))
    return families, lines


def said(cell: heatmap.Cell | None) -> str:
    """A cell in words, for the file."""
    if cell is None:
        return _("hidden")
    if not cell.people:
        return ""
    return f"{cell.share}%"


def draw(request: HttpRequest, council: Organisation | None) -> HttpResponse:
    frameworks, framework = chosen(request)
    demonstration = wants_demonstration(request)
    counts = heatmap.counted(framework.pk, demonstration=demonstration) if framework else {}
    rows = heatmap.of_council(counts, council.pk) if council else heatmap.of_wales(counts)
    families, lines = lines_of_map(framework, rows)
    if request.GET.get("format") == "csv":
        header = [_("Skill"), _("All roles"), *(str(family.title) for family in families)]
        body = [[str(told.title), said(row.whole), *(said(cell) for _at, cell in cells)] for told, row, cells in lines]
        return csv_response(pgettext("file", "Heat map of skills"), [header, *body])
    return page(
        request,
        "training/heatmap_page.html",
        {
            "council": council,
            "frameworks": frameworks,
            "framework": framework,
            "families": families,
            "lines": lines,
            "demonstration": demonstration,
            "councils": heat_councils(request.user),
            "wales_url": reverse("training:heatmap_page"),
        },
    )


@screen(public=True)
def heatmap_page(request: HttpRequest) -> HttpResponse:
    """All councils together."""
    return draw(request, None)


@screen(find=find_heat_council)
def heatmap_council(request: HttpRequest, council: Organisation) -> HttpResponse:
    """One council, for its own people."""
    set_addresses(request, "training:heatmap_council", slug=council)
    return draw(request, council)
