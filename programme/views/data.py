"""Open data for people: what there is, what each field means, the files, and the reference of the API."""

import json
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from board.models import Board
from wlga_portal.kernel.charts import Chart
from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tilemap import TileMap

from ..opendata.api import MOST_PER_PAGE, VERSION, root_url
from ..opendata.catalogue import SETS
from ..opendata.dictionary import dictionary, entries_of
from ..opendata.examples import example_of
from ..opendata.sets import LICENCE, DataSet
from ..pictures import FILES
from ..plan_timeline import PlanTimeline
from ..schema import catalogue_item, set_item
from .api import READ, SECONDS, to_anybody


@screen(public=True, methods=READ)
def data_page(request: HttpRequest) -> HttpResponse:
    """Every data set with its files, the feeds, the API, and under which licence all that may be used."""
    areas = [(area, list(sets)) for area, sets in groupby(SETS.values(), lambda one: one.area)]
    boards = list(Board.objects.visible_to(request.user).filter(is_demo=False).order_by("name_key_en"))
    context = {"areas": areas, "boards": boards, "licence": LICENCE, "schema": catalogue_item(_("Open data"))}
    return page(request, "programme/data_page.html", context)


def find_set(request: HttpRequest, name: str) -> DataSet:
    if name not in SETS:
        raise Http404
    return SETS[name]


@screen(public=True, methods=READ, find=find_set)
def data_set(request: HttpRequest, data: DataSet) -> HttpResponse:
    """One data set: what every field of it means, and a row as the API sends it."""
    tables = [(name, list(entries)) for name, entries in groupby(entries_of(data), lambda one: one.table)]
    context = {
        "data": data,
        "tables": tables,
        "example": pretty(example_of(data)),
        "licence": LICENCE,
        "schema": set_item(data),
        "api_url": root_url() + data.name,
    }
    return page(request, "programme/data_set.html", context)


@screen(public=True, methods=READ, find=find_set)
@to_anybody
def data_csv(request: HttpRequest, data: DataSet) -> HttpResponse:
    return csv_response(data.name, data.csv_rows())


@screen(public=True, methods=READ, find=find_set)
@to_anybody
def data_json(request: HttpRequest, data: DataSet) -> HttpResponse:
    """The whole data set, as the API would send it page by page."""
    rows = [data.json(row) for row in data.prepare(data.read())]
    content = {"name": data.name, "version": VERSION, "licence": LICENCE, "rows": rows}
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/json")


def find_picture(request: HttpRequest, name: str) -> Chart | TileMap | PlanTimeline:
    picture = FILES[name]() if name in FILES else None
    if picture is None:
        raise Http404
    return picture


@screen(public=True, methods=READ, find=find_picture)
@to_anybody
def picture_csv(request: HttpRequest, picture: Chart | TileMap | PlanTimeline) -> HttpResponse:
    """The figures of a picture of the front page."""
    return csv_response(picture.title, picture.csv_rows())


@screen(public=True, methods=READ)
@to_anybody
def data_dictionary(request: HttpRequest) -> HttpResponse:
    """Every field of every data set as CSV, in the language of the address."""
    headings = [_("Table"), _("Field"), _("Name"), _("Kind"), _("What it means"), _("Words that may stand in it")]
    rows = (
        [one.table, one.key, one.label, one.kind, one.help, "; ".join(f"{code}: {label}" for code, label in one.values)]
        for one in dictionary()
    )
    return csv_response(pgettext("name of a file", "data-dictionary"), [headings, *rows])


@screen(public=True, methods=READ)
def api_reference(request: HttpRequest) -> HttpResponse:
    """How to ask the API, with every address, its filters and an example."""
    context = {
        "root": root_url(),
        "sets": [(data, list(data.only), pretty(example_of(data))) for data in SETS.values()],
        "most_per_page": MOST_PER_PAGE,
        "limit": settings.API_LIMIT,
        "seconds": SECONDS,
        "version": VERSION,
    }
    return page(request, "programme/api_reference.html", context)


def pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
