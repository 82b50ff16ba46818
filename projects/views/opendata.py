"""The portfolio as open data: the page with its dictionary, and the files."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.screens import page, screen

from .. import opendata, rules
from ..models import ColumnSet
from .columnsets import as_json


@screen(public=True, methods=("GET", "HEAD"))
def data_page(request: HttpRequest) -> HttpResponse:
    """The files and what every field of them means."""
    titles = {"projects": _("Projects"), **{part.name: str(part.title) for part in opendata.PARTS}}
    tables = [
        (name, titles[name], list(entries)) for name, entries in groupby(opendata.dictionary(), lambda one: one.table)
    ]
    sets = ColumnSet.objects.filter(is_public=True).order_by("title_key_en", "pk")
    context = {
        "tables": tables,
        "parts": opendata.PARTS,
        "sets": sets,
        "schema": opendata.SCHEMA,
        "writes": rules.columnset_edit(request.user),
    }
    return page(request, "projects/data_page.html", context)


@screen(public=True, methods=("GET", "HEAD"))
def data_csv(request: HttpRequest) -> HttpResponse:
    return csv_response(pgettext("name of a file", "portfolio"), opendata.csv_rows())


@screen(public=True, methods=("GET", "HEAD"))
def data_json(request: HttpRequest) -> HttpResponse:
    return as_json(opendata.portfolio())


def find_part(request: HttpRequest, name: str) -> opendata.Part:
    if name not in opendata.PARTS_BY_NAME:
        raise Http404
    return opendata.PARTS_BY_NAME[name]


@screen(public=True, methods=("GET", "HEAD"), find=find_part)
def data_part(request: HttpRequest, part: opendata.Part) -> HttpResponse:
    return csv_response(part.name, opendata.part_rows(part))


@screen(public=True, methods=("GET", "HEAD"))
def data_dictionary(request: HttpRequest) -> HttpResponse:
    """The dictionary as CSV, in the language of the address."""
    headings = [_("Table"), _("Field"), _("Name"), _("Kind"), _("What it means"), _("Words that may stand in it")]
    rows = (
        [one.table, one.key, one.label, one.kind, one.help, "; ".join(f"{code}: {label}" for code, label in one.values)]
        for one in opendata.dictionary()
    )
    return csv_response(pgettext("name of a file", "data-dictionary"), [headings, *rows])
