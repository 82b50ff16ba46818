"""The directory of councils and partner bodies, and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import Text, page_language
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_languages
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.tilemap import Tile, TileMap

from .filters import CouncilFilter
from .models import Organisation
from .tables import BodyTable, CouncilTable

PLACE = "organisations.organisation"
REGISTER = "https://org-id.guide/list/GB-PLA"  # of the identifiers that 360Giving uses for councils


def map_of(councils: list[Organisation]) -> TileMap:
    """The tile map of Wales, each council on its tile."""
    tiles = [
        Tile(
            label=council.tile_label,
            name=str(council.name),
            url=council.get_absolute_url(),
            column=council.tile_column,
            row=council.tile_row,
        )
        for council in councils
        if council.tile_column and council.tile_row
    ]
    return TileMap(_("The councils of Wales"), tiles, name="map")


@screen(public=True, methods=("GET", "HEAD"))
def council_list(request: HttpRequest) -> HttpResponse:
    """The councils as a map and as a list, and the partner bodies. The search is for both."""
    known = Organisation.objects.visible_to(request.user)
    organisations = known.current()
    councils = list(organisations.councils().by_name())
    found = CouncilFilter(request.GET, queryset=organisations.bodies().by_name(), request=request)
    return list_page(
        request,
        queryset=organisations.councils().by_name(),
        table=CouncilTable,
        filterset=CouncilFilter,
        template="organisations/council_list.html",
        title=_("Councils and partners"),
        map=map_of(councils),
        council_count=len(councils),
        ended=list(known.ended().select_related("successor").by_name()),
        bodies=BodyTable(list(found.qs)),
    )


def find_organisation(request: HttpRequest, slug: str) -> Organisation:
    return Organisation.find(Organisation.objects.visible_to(request.user).select_related("successor"), slug)


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
        "predecessors": organisation.predecessors.visible_to(request.user).by_name(),
        "other_name": Text(names.en, "") if page_language() == "cy" else Text("", names.cy),
        "register": REGISTER,
        "panels": panels_for(PLACE, request, organisation),
    }
    return page(request, "organisations/organisation_page.html", context)
