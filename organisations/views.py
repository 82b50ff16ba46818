"""The directory of councils and partner bodies, and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import Text, page_language
from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_languages
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.unchanged import snapshot

from .comparing import map_of, table_rows
from .filters import CouncilFilter
from .models import Organisation
from .schema import item_of
from .tables import BodyTable, CouncilTable

PLACE = "organisations.organisation"
REGISTER = "https://org-id.guide/list/GB-PLA"  # of the identifiers that 360Giving uses for councils


@screen(public=True, methods=("GET", "HEAD"))
def council_list(request: HttpRequest) -> HttpResponse:
    """The councils as a map and as a list, and the partner bodies. The search is for both."""
    known, asked = Organisation.objects.visible_to(request.user), request.GET.get("show", "")
    organisations = known.current()
    everybody = list(known.select_related("successor").by_name())
    councils = [one for one in everybody if one.is_council and not one.has_ended]
    drawn, offered = map_of(councils, asked, snapshot(), reverse("organisations:council_figures"))
    narrowed = any(request.GET.get(name) for name in CouncilFilter.base_filters)
    found = CouncilFilter(request.GET, queryset=organisations.bodies().by_name(), request=request)
    return list_page(
        request,
        queryset=organisations.councils().by_name(),
        table=CouncilTable,
        filterset=CouncilFilter,
        template="organisations/council_list.html",
        count=None if narrowed else len(councils),
        title=_("Councils and partners"),
        map=drawn,
        measures=offered,
        asked=asked,
        council_count=len(councils),
        ended=[one for one in everybody if one.has_ended],
        bodies=BodyTable(list(found.qs)),
    )


@screen(public=True, methods=("GET", "HEAD"))
def council_figures(request: HttpRequest) -> HttpResponse:
    """Every figure of every council as a file."""
    councils = list(Organisation.objects.visible_to(request.user).current().councils().by_name())
    return csv_response(_("Councils in figures"), table_rows(councils, snapshot()))


def find_organisation(request: HttpRequest, slug: str) -> Organisation:
    known = Organisation.objects.visible_to(request.user).select_related("successor").with_predecessors()
    return Organisation.find(known, slug)


@screen(public=True, find=find_organisation, methods=("GET", "HEAD"))
def organisation_page(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What it is, and what each area of the programme knows of it."""
    url = organisation.get_absolute_url()
    if request.path != url:  # the slug of the other language
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{url}?{query}" if query else url, permanent=True)
    set_languages(request, organisation)
    names = organisation.official_name
    context = {
        "organisation": organisation,
        "predecessors": organisation.predecessors.by_name() if getattr(organisation, "goes_on", False) else (),
        "other_name": Text(names.en, "") if page_language() == "cy" else Text("", names.cy),
        "register": REGISTER,
        "schema": item_of(organisation),
        "panels": panels_for(PLACE, request, organisation),
    }
    return page(request, "organisations/organisation_page.html", context)
